using System.Text.RegularExpressions;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Conventions;

/// <summary>What runs on GitHub runs what was looked at, and may do no more than it must.</summary>
public sealed partial class WorkflowTests
{
    private static readonly string Folder = Path.Combine(RepositoryFiles.Root, ".github", "workflows");

    public static TheoryData<string> Workflows =>
        [.. Directory.EnumerateFiles(Folder, "*.yml").Select(Name).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Each_action_is_named_by_the_hash_of_its_commit_and_says_its_version(string workflow)
    {
        var uses = Lines(workflow).Where(l => l.Contains("uses:", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(uses);
        Assert.All(uses, line => Assert.Matches(Pinned(), line));
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Each_may_read_the_repository_and_what_a_job_may_beside_it_says_itself(string workflow)
    {
        var lines = Lines(workflow);
        var at = Array.IndexOf(lines, "permissions:");
        Assert.True(at >= 0, $"{workflow} does not say what it may do.");
        Assert.Equal(["  contents: read"], lines.Skip(at + 1).TakeWhile(l => l.StartsWith(' ')));
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Each_job_ends_in_time(string workflow) =>
        Assert.Contains(Lines(workflow), l => l.TrimStart().StartsWith("timeout-minutes:", StringComparison.Ordinal));

    [Fact]
    public void The_code_is_looked_through_for_weaknesses() =>
        Assert.Contains(
            Lines("codeql.yml"),
            l => l.Contains("github/codeql-action/analyze@", StringComparison.Ordinal)
        );

    private static string[] Lines(string workflow) => File.ReadAllLines(Path.Combine(Folder, workflow));

    private static string Name(string path) => Path.GetFileName(path);

    [GeneratedRegex(@"uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", RegexOptions.None, 10_000)]
    private static partial Regex Pinned();
}
