using System.Text.RegularExpressions;

namespace IntacctSync.Tests.Conventions;

/// <summary>The pages that say where something lies name only what is there.</summary>
public sealed partial class PagePathTests
{
    [Theory]
    [InlineData("docs/architecture.md")]
    [InlineData("CONTRIBUTING.md")]
    public void Every_path_that_the_page_names_exists(string page)
    {
        var paths = Paths(Sources.Get(page).Text).ToList();
        Assert.Empty(paths.Where(path => !Exists(path)).Select(path => $"{page} names {path}, which does not exist."));
        Assert.True(paths.Count > 15);
    }

    [Theory]
    [InlineData("Pipeline/FlowRunner.cs", true)]
    [InlineData("IntacctSync.Local/Timers/", true)]
    [InlineData("Waiting/", true)]
    [InlineData("CustomerFields.cs", true)]
    [InlineData("Pipeline/FlowRunners.cs", false)]
    [InlineData("Parents/", false)]
    [InlineData("unner.cs", false)]
    public void A_path_exists_from_the_root_or_inside_a_project_or_as_the_end_of_one(string path, bool exists) =>
        Assert.Equal(exists, Exists(path));

    [Fact]
    public void Paths_are_taken_from_back_quotes_only() =>
        Assert.Equal(["A/", "B.cs"], Paths("See `A/` and `B.cs`, not C.cs and `D` and `/api/e/{f}/`."));

    private static IEnumerable<string> Paths(string text) => Quoted().Matches(text).Select(m => m.Groups["path"].Value);

    private static bool Exists(string path) =>
        Sources.All.Any(file =>
            path.EndsWith('/')
                ? $"/{file.Path}".Contains($"/{path}", StringComparison.Ordinal)
                : $"/{file.Path}".EndsWith($"/{path}", StringComparison.Ordinal)
        );

    [GeneratedRegex(@"`(?<path>[A-Za-z][\w./]*(?:\.cs|/))`", RegexOptions.None, 10_000)]
    private static partial Regex Quoted();
}
