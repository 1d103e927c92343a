using System.Text.Json;
using System.Text.RegularExpressions;
using IntacctSync.Core;
using IntacctSync.Core.Detection;
using IntacctSync.Tests.Conventions;

namespace IntacctSync.Tests.Functions;

/// <summary>docs/configuration.md has one table of all settings, and it says what the code says.</summary>
public sealed partial class SettingsTableTests
{
    /// <summary>Settings of the framework that the table tells of because one meets them first.</summary>
    private static readonly string[] OfTheFramework = ["urls", "Logging:LogLevel:*"];

    /// <summary>Settings that only the platform reads; docs/deploy.md tells of them.</summary>
    private static readonly string[] OfThePlatform =
    [
        "AZURE_CLIENT_ID",
        "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
        "FUNCTIONS_WORKER_RUNTIME",
        "AzureWebJobsStorage",
        "AzureWebJobsStorage:accountName",
        "AzureWebJobsStorage:credential",
        "AzureWebJobsStorage:clientId",
    ];

    private static readonly string[] Table =
    [
        .. Sources
            .Get("docs/configuration.md")
            .Text.Split("## Keys\n")[1]
            .Split("\n## ")[0]
            .Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(line => Keys().Matches(line.Split('|')[1]).Select(m => m.Groups["key"].Value)),
    ];

    [Fact]
    public void The_table_has_every_key_that_a_host_reads_and_no_other()
    {
        var read = ConfigurationKeys
            .OfLocal.Union(ConfigurationKeys.OfAzure, StringComparer.Ordinal)
            .Concat(OfTheFramework)
            .ToHashSet(StringComparer.Ordinal);
        var missing = read.Where(k => !Table.Contains(k, StringComparer.Ordinal)).ToList();
        Assert.True(
            missing.Count == 0,
            $"docs/configuration.md has no row for {string.Join(", ", missing)}: add one under 'Keys', with its "
                + "default and what it does; mark it Local or Azure where only one of the hosts reads it."
        );
        var unread = Table.Where(k => !read.Contains(k)).ToList();
        Assert.True(
            unread.Count == 0,
            $"docs/configuration.md has a row for {string.Join(", ", unread)}, which no host reads: remove it."
        );
        Assert.Equal(Table.Length, Table.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Every_key_that_the_code_reads_is_known() =>
        Assert.Empty(
            Sources
                .Code("IntacctSync.Core", "IntacctSync.Web", "IntacctSync.Local", "IntacctSync.Functions")
                .SelectMany(f => Literals().Matches(f.Code).Select(m => m.Groups["key"].Value))
                .Except(
                    ConfigurationKeys.OfLocal.Union(ConfigurationKeys.OfAzure, StringComparer.Ordinal),
                    StringComparer.Ordinal
                )
        );

    [Fact]
    public void Every_known_key_is_read()
    {
        // The keys of timers are read as a section, whatever their names.
        string[] byTheTriggersAlone = ["ServiceBus:credential", "ServiceBus:clientId"];
        var code = string.Concat(
            Sources
                .Code("IntacctSync.Core", "IntacctSync.Local")
                .Where(f => f.Name != "ConfigurationKeys.cs")
                .Select(f => f.Code)
        );
        Assert.All(
            ConfigurationKeys
                .OfLocal.Union(ConfigurationKeys.OfAzure, StringComparer.Ordinal)
                .Except(byTheTriggersAlone, StringComparer.Ordinal)
                .Where(key => !key.StartsWith(PollingOptions.Section, StringComparison.OrdinalIgnoreCase)),
            key => Assert.Contains($"\"{key}\"", code, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void The_infrastructure_and_the_sample_set_only_what_is_read()
    {
        var set = CompiledTemplate
            .Of("functionApp")
            .Body.GetProperty("variables")
            .GetProperty("settings")
            .EnumerateObject()
            .Select(p => p.Name)
            .Concat(
                JsonDocument
                    .Parse(Sources.Get("local.settings.sample.json").Text)
                    .RootElement.GetProperty("Values")
                    .EnumerateObject()
                    .Select(p => p.Name)
            )
            .Select(name => name.Replace("__", ":", StringComparison.Ordinal))
            .ToList();
        Assert.True(set.Count > 20);
        Assert.Empty(set.Except(ConfigurationKeys.OfAzure.Concat(OfThePlatform), StringComparer.Ordinal));
    }

    [GeneratedRegex(@"`(?<key>[^`]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Keys();

    [GeneratedRegex(
        @"""(?<key>(Storage|Secrets|Intacct|Zuper|Upflow|Apps|Queue|Polling|Admin|Email|ServiceBus):[A-Z][A-Za-z:]+)""",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Literals();
}
