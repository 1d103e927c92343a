using System.ComponentModel.DataAnnotations;
using IntacctSync.Core.Settings;
using Microsoft.Extensions.Options;

namespace IntacctSync.Core;

/// <summary>
/// Where the Service Bus namespace of the queue is. The triggers read the same keys by themselves.
/// </summary>
/// <remarks>
/// Keys: learn.microsoft.com, "Azure Service Bus trigger for Azure Functions", identity-based connections.
/// </remarks>
internal sealed class ServiceBusOptions : IValidatableObject
{
    public const string ConnectionKey = "ServiceBus";
    public const string NamespaceKey = "ServiceBus:fullyQualifiedNamespace";

    /// <summary>The namespace's host name, to be entered with an identity.</summary>
    [Setting(NamespaceKey, "a host name such as NAME.servicebus.windows.net")]
    public string? Namespace { get; set; }

    /// <summary>The namespace by its key, in place of <see cref="Namespace"/>.</summary>
    [Setting(ConnectionKey, "a connection string")]
    public string? Connection { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Namespace is null && Connection is null)
            yield return new(
                $"{NamespaceKey} is missing; allowed is NAME.servicebus.windows.net, or a connection string as "
                    + $"{ConnectionKey} instead."
            );
        else if (Namespace is not null && Connection is not null)
            yield return new(
                $"{NamespaceKey} is set beside {ConnectionKey}; allowed is one of them: the namespace by an "
                    + $"identity, or by its key."
            );
        else if (Namespace is { } host && !IsHostName(host))
            yield return new(
                $"{NamespaceKey} is '{host}'; allowed is a host name such as NAME.servicebus.windows.net."
            );
        else if (Connection?.Contains("Endpoint=sb://", StringComparison.OrdinalIgnoreCase) == false)
            yield return new(
                $"{ConnectionKey} is no connection string; allowed is one that begins with Endpoint=sb://, as "
                    + $"the portal shows it."
            );
    }

    private static bool IsHostName(string text) =>
        Uri.CheckHostName(text) == UriHostNameType.Dns && text.Contains('.', StringComparison.Ordinal);
}

[OptionsValidator]
internal sealed partial class ServiceBusOptionsValidator : IValidateOptions<ServiceBusOptions>;
