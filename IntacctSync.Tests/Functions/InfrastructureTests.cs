using System.Text.Json;
using System.Text.RegularExpressions;
using IntacctSync.Tests.Conventions;

namespace IntacctSync.Tests.Functions;

/// <summary>What can be seen of the infrastructure without a compiler for it.</summary>
public sealed partial class InfrastructureTests
{
    private static readonly IReadOnlyList<SourceFile> Files =
    [
        .. Sources.All.Where(f =>
            f.Path.StartsWith("infra/", StringComparison.Ordinal) && f.Name.EndsWith(".bicep", StringComparison.Ordinal)
        ),
    ];

    private static readonly SourceFile Main = Sources.Get("infra/main.bicep");

    [Fact]
    public void Every_module_is_there_and_every_file_is_a_module_in_use()
    {
        var used = Modules()
            .Matches(Main.Text)
            .Select(m => "infra/" + m.Groups["path"].Value)
            .Order(StringComparer.Ordinal);
        Assert.Equal(Files.Where(f => f != Main).Select(f => f.Path).Order(StringComparer.Ordinal), used);
    }

    [Fact]
    public void Every_module_is_given_the_parameters_that_it_takes() =>
        Assert.All(
            Modules().Matches(Main.Text),
            module =>
            {
                var takes = Parameters()
                    .Matches(Sources.Get("infra/" + module.Groups["path"].Value).Text)
                    .Select(m => m.Groups["name"].Value);
                var given = Given()
                    .Matches(module.Groups["body"].Value.Split("params: {")[1])
                    .Select(m => m.Groups["name"].Value);
                Assert.Equal(takes.Order(StringComparer.Ordinal), given.Order(StringComparer.Ordinal));
            }
        );

    [Fact]
    public void Every_parameter_and_variable_is_used() =>
        Assert.Empty(
            from file in Files
            from Match declared in Declared().Matches(file.Text)
            let name = declared.Groups["name"].Value
            where Regex.Count(file.Text, $@"\b{name}\b", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10)) < 2
            select $"{file.Path}: {name}"
        );

    [Fact]
    public void Every_output_that_is_read_is_there() =>
        Assert.All(
            OutputsRead().Matches(Main.Text),
            read =>
            {
                var path = Modules()
                    .Matches(Main.Text)
                    .Single(m => m.Groups["symbol"].Value == read.Groups["symbol"].Value)
                    .Groups["path"]
                    .Value;
                Assert.Contains(
                    $"\noutput {read.Groups["name"].Value} ",
                    Sources.Get("infra/" + path).Text,
                    StringComparison.Ordinal
                );
            }
        );

    [Fact]
    public void The_parameters_file_sets_parameters_of_the_template()
    {
        var set = JsonDocument
            .Parse(Sources.Get("infra/main.parameters.json").Text)
            .RootElement.GetProperty("parameters")
            .EnumerateObject()
            .Select(p => p.Name)
            .ToList();
        Assert.Empty(
            set.Except(Parameters().Matches(Main.Text).Select(m => m.Groups["name"].Value), StringComparer.Ordinal)
        );
    }

    /// <summary>Secrets come into being in the vault, and stay there.</summary>
    [Fact]
    public void No_secret_is_a_parameter_or_an_output()
    {
        Assert.All(
            Files,
            f => Assert.DoesNotMatch(@"(?i)(param|output) \w*(secret|password|apikey|adminkey|accesskey)", f.Text)
        );
        Assert.All(Files, f => Assert.DoesNotMatch(@"list(Keys|Secrets|AccountSas|ServiceSas)\(", f.Text));
    }

    [Theory]
    [InlineData("storage", "allowSharedKeyAccess: false")]
    [InlineData("serviceBus", "disableLocalAuth: true")]
    [InlineData("serviceBus", "requiresSession: true")]
    [InlineData("serviceBus", "requiresDuplicateDetection: true")]
    [InlineData("serviceBus", "duplicateDetectionHistoryTimeWindow: 'PT10M'")]
    [InlineData("serviceBus", "lockDuration: 'PT5M'")]
    [InlineData("serviceBus", "maxDeliveryCount: 10")]
    [InlineData("serviceBus", "deadLetteringOnMessageExpiration: true")]
    [InlineData("serviceBus", "defaultMessageTimeToLive: 'P14D'")]
    [InlineData("keyVault", "enablePurgeProtection: true")]
    [InlineData("keyVault", "enableRbacAuthorization: true")]
    [InlineData("monitoring", "DisableLocalAuth: true")]
    [InlineData("functionApp", "name: 'FC1'")]
    [InlineData("functionApp", "version: '10.0'")]
    public void The_infrastructure_is_as_the_program_expects(string module, string line) =>
        Assert.Contains(line, Sources.Get($"infra/modules/{module}.bicep").Text, StringComparison.Ordinal);

    [Fact]
    public void Every_alert_has_its_entry_in_the_runbook()
    {
        var alerts = Alerts()
            .Matches(Sources.Get("infra/modules/alerts.bicep").Text)
            .Select(m => m.Groups["name"].Value)
            .ToList();
        var entries = Entries().Matches(Sources.Get("docs/runbook.md").Text).Select(m => m.Groups["name"].Value);
        Assert.Equal(6, alerts.Count);
        Assert.Equal(alerts.Order(StringComparer.Ordinal), entries.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(
        @"^module (?<symbol>\w+) '(?<path>[^']+)' = \{(?<body>.*?)^\}",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Modules();

    [GeneratedRegex(
        @"^param (?<name>\w+) ",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Parameters();

    [GeneratedRegex(
        @"^    (?<name>\w+): ",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Given();

    [GeneratedRegex(
        @"^(param|var) (?<name>\w+) ",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Declared();

    [GeneratedRegex(
        @"\b(?<symbol>\w+)\.outputs\.(?<name>\w+)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex OutputsRead();

    [GeneratedRegex(
        @"^    name: '(?<name>[\w-]+)'\n    text: ",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Alerts();

    [GeneratedRegex(
        @"^## (?<name>[a-z-]+)$",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Entries();
}
