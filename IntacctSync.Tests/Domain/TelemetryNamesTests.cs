using System.Text.RegularExpressions;
using IntacctSync.Tests.Conventions;

namespace IntacctSync.Tests.Domain;

/// <summary>docs/telemetry.md names every span and metric of the code, and nothing else.</summary>
public sealed class TelemetryNamesTests
{
    private const string Spans = @"StartActivity\(\s*""(?<name>[\w. ]+)""";
    private const string Metrics = @"Meter\.Create\w+<\w+>\(\s*""(?<name>[\w.]+)"",\s*""(?<unit>[^""]+)""";

    [Fact]
    public void The_spans_of_the_code_are_those_of_the_document() =>
        Assert.Equal(
            InCode(Spans).Select(m => m.Groups["name"].Value).Order(StringComparer.Ordinal),
            InDocument("Spans").Select(r => r[0]).Order(StringComparer.Ordinal)
        );

    [Fact]
    public void The_metrics_of_the_code_are_those_of_the_document_with_their_units() =>
        Assert.Equal(
            InCode(Metrics)
                .Select(m => $"{m.Groups["name"].Value} in {m.Groups["unit"].Value}")
                .Order(StringComparer.Ordinal),
            InDocument("Metrics").Select(r => $"{r[0]} in {r[1]}").Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Alerts_and_workbook_ask_for_metrics_that_exist()
    {
        var known = InDocument("Metrics").Select(r => r[0]).ToHashSet(StringComparer.Ordinal);
        var asked = Sources
            .All.Where(f => f.Path.StartsWith("infra/", StringComparison.Ordinal))
            .SelectMany(f =>
                Regex.Matches(
                    f.Text,
                    @"name == \\?'(?<name>intacctsync\.[\w.]+)'",
                    RegexOptions.ExplicitCapture,
                    TimeSpan.FromSeconds(10)
                )
            )
            .Select(m => m.Groups["name"].Value)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        Assert.True(asked.Count >= 5);
        Assert.Empty(asked.Except(known, StringComparer.Ordinal));
    }

    private static IEnumerable<Match> InCode(string pattern) =>
        Sources
            .Code("IntacctSync.Core", "IntacctSync.Web")
            .SelectMany(f => Regex.Matches(f.Code, pattern, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10)));

    /// <summary>The rows of the table under a heading, cell by cell, without back quotes.</summary>
    private static IEnumerable<string[]> InDocument(string heading) =>
        Sources
            .Get("docs/telemetry.md")
            .Text.Split($"## {heading}\n")[1]
            .Split("\n## ")[0]
            .Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim().Trim('`')).ToArray());
}
