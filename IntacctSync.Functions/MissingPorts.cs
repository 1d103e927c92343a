using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Secrets;
using IntacctSync.Core.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace IntacctSync.Functions;

/// <summary>What the pipeline needs from its host and was not given. Half a pipeline would take webhooks and lose them.</summary>
internal static class MissingPorts
{
    private static readonly (Type Port, string Name)[] Ports =
    [
        (typeof(ITable), "a store (Azure Tables)"),
        (typeof(IEnvelopeQueue), "a queue (Service Bus)"),
        (typeof(ISecretStore), "a place for secrets (Key Vault)"),
    ];

    /// <returns>One line that names each; null when all are there.</returns>
    public static string? Of(IServiceCollection services)
    {
        var missing = Ports.Where(p => services.All(s => s.ServiceType != p.Port)).Select(p => p.Name).ToList();
        return missing.Count == 0
            ? null
            : $"IntacctSync.Functions can't start: still to come are {string.Join(", ", missing)}; until then run IntacctSync.Local.";
    }
}
