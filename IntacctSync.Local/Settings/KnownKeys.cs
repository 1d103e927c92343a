namespace IntacctSync.Local.Settings;

/// <summary>The keys that this program reads. A key below one of its sections that is none of them is a slip, and would be passed over in silence.</summary>
internal static class KnownKeys
{
    /// <summary>Keys and sections of the framework that may stand on a command line beside ours.</summary>
    private static readonly string[] OfTheFramework =
        ["urls", "http_ports", "https_ports", "environment", "contentRoot", "applicationName", "Logging", "Kestrel", "AllowedHosts"];

    private static readonly string[] Ours =
    [
        "Sandbox",
        "Storage:Provider", "Storage:Path", "Storage:ConnectionString", "Storage:Endpoint",
        "Secrets:Provider", "Secrets:Path", "Secrets:VaultUri",
        "Intacct:Endpoint", "Intacct:AllowedHosts", "Intacct:MaxConcurrency", "Intacct:Timeout", "Intacct:SettleAfter",
        "Zuper:AccountsEndpoint", "Zuper:Timeout",
        "Upflow:Endpoint",
        "Apps:AllowedHosts",
        "Queue:LockDuration",
        "Polling:Products", "Polling:Payments", "Polling:Zuper", "Polling:Upflow", "Polling:LookBack",
        "Admin:ApiKey",
        "Email:Smtp:Host", "Email:Smtp:Port", "Email:Smtp:User", "Email:Smtp:Password", "Email:Smtp:From", "Email:Smtp:StartTls",
        "Email:LinkBase",
    ];

    private static readonly string[] Sections = [.. Ours.Where(k => k.Contains(':', StringComparison.Ordinal)).Select(Section).Distinct(StringComparer.Ordinal)];

    /// <summary>One line for each configured key that nothing reads. Values are not repeated: one could be a secret in the wrong place.</summary>
    public static IEnumerable<string> Slips(IConfiguration configuration) =>
        from section in Sections
        from pair in configuration.GetSection(section).AsEnumerable()
        where pair.Value is not null && pair.Key.Contains(':', StringComparison.Ordinal) && !Ours.Contains(pair.Key, StringComparer.OrdinalIgnoreCase)
        select $"{pair.Key} is no key of this program; allowed under {section} are {string.Join(", ", Ours.Where(k => Section(k) == section))}.";

    /// <summary>Whether a key may stand on the command line.</summary>
    public static bool Knows(string key) =>
        Ours.Contains(key, StringComparer.OrdinalIgnoreCase)
        || Sections.Concat(OfTheFramework).Any(s => key.Equals(s, StringComparison.OrdinalIgnoreCase) || key.StartsWith(s + ":", StringComparison.OrdinalIgnoreCase));

    private static string Section(string key) => key.Split(':')[0];
}
