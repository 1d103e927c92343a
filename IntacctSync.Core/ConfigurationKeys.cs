using IntacctSync.Core.Detection;
using Microsoft.Extensions.Configuration;

namespace IntacctSync.Core;

/// <summary>
/// The keys that the hosts read. A key below one of their sections that is not in these lists is probably a typing
/// mistake, which would be ignored otherwise.
/// </summary>
internal static class ConfigurationKeys
{
    /// <summary>Keys and sections of the framework that may stand on a command line beside ours.</summary>
    private static readonly string[] OfTheFramework =
    [
        "urls",
        "http_ports",
        "https_ports",
        "environment",
        "contentRoot",
        "applicationName",
        "Logging",
        "Kestrel",
        "AllowedHosts",
    ];

    /// <summary>The flat names of the timers' keys.</summary>
    private static string[] Flat { get; } = [.. IntacctSyncRegistration.Timers.Select(PollingOptions.Flat)];

    /// <summary>What the host of one machine reads.</summary>
    public static IReadOnlyList<string> OfLocal { get; } =
    [
        "Sandbox",
        "Storage:Provider",
        "Storage:Path",
        "Storage:ConnectionString",
        "Storage:Endpoint",
        "Secrets:Provider",
        "Secrets:Path",
        "Secrets:VaultUri",
        "Intacct:Endpoint",
        "Intacct:AllowedHosts",
        "Intacct:MaxConcurrency",
        "Intacct:Timeout",
        "Intacct:SettleAfter",
        .. IntacctSyncRegistration.AppKeys,
        "Queue:LockDuration",
        "Polling:LookBack",
        "Reconcile:Times",
        "Reconcile:Days",
        .. Flat,
        "Admin:ApiKey",
        "Email:Smtp:Host",
        "Email:Smtp:Port",
        "Email:Smtp:User",
        "Email:Smtp:Password",
        "Email:Smtp:From",
        "Email:Smtp:StartTls",
        "Email:LinkBase",
        "Log:Path",
        "Log:Days",
        "OTEL_EXPORTER_OTLP_ENDPOINT",
    ];

    /// <summary>What the host in Azure reads: its own way to the queue, and nothing of files.</summary>
    public static IReadOnlyList<string> OfAzure { get; } =
    [
        .. OfLocal.Except(
            ["Sandbox", "Storage:Path", "Secrets:Path", "Log:Path", "Log:Days", "OTEL_EXPORTER_OTLP_ENDPOINT"],
            StringComparer.Ordinal
        ),
        "ServiceBus",
        "ServiceBus:fullyQualifiedNamespace",
        "ServiceBus:credential",
        "ServiceBus:clientId",
        "APPLICATIONINSIGHTS_CONNECTION_STRING",
    ];

    /// <summary>
    /// One line for each configured key that nothing reads. Values are not repeated, since one could be a secret in the
    /// wrong place.
    /// </summary>
    public static IEnumerable<string> Slips(IConfiguration configuration, IReadOnlyList<string> keys) =>
        from section in Sections(keys)
        from pair in configuration.GetSection(section).AsEnumerable()
        where
            pair.Value is not null
            && pair.Key.Contains(':', StringComparison.Ordinal)
            && !keys.Contains(pair.Key, StringComparer.OrdinalIgnoreCase)
        select $"{pair.Key} is no key of this program; allowed under {section} are "
            + $"{string.Join(", ", keys.Where(k => Section(k) == section))}.";

    /// <summary>The same for keys that look like the flat name of a timer.</summary>
    public static IEnumerable<string> FlatSlips(IConfiguration configuration) =>
        from child in configuration.GetChildren()
        where
            child.Value is not null
            && child.Key.StartsWith(PollingOptions.Flat("Polling:"), StringComparison.OrdinalIgnoreCase)
            && !Flat.Contains(child.Key, StringComparer.OrdinalIgnoreCase)
        select $"{child.Key} is no key of this program; allowed are {string.Join(", ", Flat)}.";

    /// <summary>Whether a key may stand on the command line.</summary>
    public static bool Knows(string key) =>
        OfLocal.Contains(key, StringComparer.OrdinalIgnoreCase)
        || Sections(OfLocal)
            .Concat(OfTheFramework)
            .Any(s =>
                key.Equals(s, StringComparison.OrdinalIgnoreCase)
                || key.StartsWith(s + ":", StringComparison.OrdinalIgnoreCase)
            );

    private static IEnumerable<string> Sections(IEnumerable<string> keys) =>
        keys.Where(k => k.Contains(':', StringComparison.Ordinal)).Select(Section).Distinct(StringComparer.Ordinal);

    private static string Section(string key) => key.Split(':')[0];
}
