using System.Text.RegularExpressions;
using IntacctSync.Core;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Errors;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Conventions;

/// <summary>The page of the flows names every code that a record can bear, and no other.</summary>
public sealed partial class FlowsPageTests
{
    /// <summary>Where problems are made.</summary>
    private static readonly string[] Folders =
    [
        "Flows",
        "Waiting",
        "Zuper",
        "Upflow",
        "Recoverability",
        "Pipeline",
        "Intacct/Errors",
    ];

    /// <summary>Folders of an app whose codes are of no record: its client, and its part of the doctor.</summary>
    private static readonly string[] NotOfRecords = ["Client", "Doctor"];

    /// <summary>The names of flows look like codes.</summary>
    private static readonly HashSet<string> Flows =
    [
        .. IntacctSyncRegistration.Apps.All.SelectMany(a => a.Flows).Select(f => f.Name.Value),
    ];

    private static readonly string Page = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "docs", "flows.md"));

    [Fact]
    public void Every_code_of_the_code_is_on_the_page_and_every_code_of_the_page_is_in_the_code()
    {
        var written = Rows()
            .SelectMany(row => CodeOfPage().Matches(row.Codes))
            .Select(m => m.Groups[1].Value)
            .ToHashSet(StringComparer.Ordinal);
        var made = Made().ToHashSet(StringComparer.Ordinal);
        Assert.Equal([], made.Except(written).Order(StringComparer.Ordinal));
        Assert.Equal([], written.Except(made).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_Intacct_refuses_has_the_same_fix_on_the_page_and_in_the_record()
    {
        foreach (var code in IntacctCauses.All)
            Assert.Equal(
                new Problem(code, "", IntacctFixes.Of(code)).Naming("Zuper").Fix,
                Assert.Single(Rows(), row => row.Codes == $"`{code}`").Fix
            );
    }

    private static IEnumerable<(string Codes, string Fix)> Rows() =>
        Page[Page.IndexOf("## When a person is needed", StringComparison.Ordinal)..]
            .Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|'))
            .Select(cells => (cells[1].Trim(), cells[2].Trim()));

    private static IEnumerable<string> Made() =>
        from folder in Folders
        from file in Directory.EnumerateFiles(
            Path.Combine(RepositoryFiles.Root, "IntacctSync.Core", folder),
            "*.cs",
            SearchOption.AllDirectories
        )
        where
            !NotOfRecords.Any(part =>
                file.Contains(
                    $"{Path.DirectorySeparatorChar}{part}{Path.DirectorySeparatorChar}",
                    StringComparison.Ordinal
                )
            )
        from match in CodeOfSource().Matches(File.ReadAllText(file))
        from code in Whole(match.Groups[1].Value).SelectMany(OfSystems)
        where !Flows.Contains(code)
        select code;

    /// <summary>One code is made for each kind of line.</summary>
    private static IEnumerable<string> Whole(string code) =>
        code.Contains('{', StringComparison.Ordinal)
            ? new[] { "line", "discount", "tax", "fee", "rounding" }.Select(kind =>
                code.Replace("{Word(kind)}", kind, StringComparison.Ordinal)
            )
            : [code];

    /// <summary>One code is made for each system, of which each app is one.</summary>
    private static IEnumerable<string> OfSystems(string code) =>
        code.StartsWith("{system}", StringComparison.Ordinal)
            ? new[] { "intacct", "zuper", "upflow" }.Select(s => code.Replace("{system}", s, StringComparison.Ordinal))
        : code.StartsWith("{app}", StringComparison.Ordinal)
            ? new[] { "zuper", "upflow" }.Select(a => code.Replace("{app}", a, StringComparison.Ordinal))
        : [code];

    [GeneratedRegex("`([a-z]+(?:-[a-z]+)+)`", RegexOptions.None, 1000)]
    private static partial Regex CodeOfPage();

    [GeneratedRegex(@"""((?:[a-z]+|\{system\}|\{app\})(?:-(?:[a-z]+|\{Word\(kind\)\}))+)""", RegexOptions.None, 1000)]
    private static partial Regex CodeOfSource();
}
