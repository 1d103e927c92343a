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

    /// <summary>A job that has permissions of its own has none of the workflow's, so it names that one again.</summary>
    [Theory]
    [InlineData("ci.yml")]
    [InlineData("codeql.yml", "contents: read", "security-events: write")]
    [InlineData("deploy.yml", "contents: read", "id-token: write")]
    public void Each_may_read_the_repository_and_its_job_no_more_than_it_must(string workflow, params string[] ofTheJob)
    {
        var found = Permissions(Lines(workflow)).ToList();
        Assert.Equal(["contents: read"], found[0]);
        Assert.Equal(ofTheJob.Length == 0 ? [] : [ofTheJob], found.Skip(1));
    }

    [Fact]
    public void No_workflow_is_left_out_here() =>
        Assert.Equal(
            ["ci.yml", "codeql.yml", "deploy.yml"],
            Directory.EnumerateFiles(Folder, "*.yml").Select(Name).Order(StringComparer.Ordinal)
        );

    /// <summary>A secret of the repository would be worth stealing; a token of this run is not.</summary>
    [Theory]
    [MemberData(nameof(Workflows))]
    public void None_is_given_a_secret(string workflow) =>
        Assert.DoesNotContain(Lines(workflow), l => l.Contains("secrets.", StringComparison.Ordinal));

    [Theory]
    [InlineData("nuget")]
    [InlineData("github-actions")]
    [InlineData("npm")]
    public void Newer_versions_are_looked_for(string ecosystem) =>
        Assert.Contains(
            $"- package-ecosystem: {ecosystem}\n",
            Sources.Get(".github/dependabot.yml").Text,
            StringComparison.Ordinal
        );

    [Fact]
    public void Whoever_finds_a_weakness_is_told_where_to_report_it() =>
        Assert.Contains("Report a weakness in private", Sources.Get("SECURITY.md").Text, StringComparison.Ordinal);

    /// <summary>Who publishes may do that in the one resource group.</summary>
    [Fact]
    public void The_rights_of_a_deployment_end_at_the_resource_group()
    {
        var page = Sources.Get("docs/deploy.md").Text.Split("## From GitHub")[1].Split("\n## ")[0];
        var grants = page.Split("az role assignment create").Skip(1).ToList();
        Assert.Equal("\"Website Contributor\"", grants.Single().Split("--role ")[1].Split(" \\")[0]);
        Assert.Contains(
            "--scope \"/subscriptions/$AZURE_SUBSCRIPTION_ID/resourceGroups/$AZURE_RESOURCE_GROUP\"",
            grants.Single(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Each_job_ends_in_time(string workflow) =>
        Assert.Contains(Lines(workflow), l => l.TrimStart().StartsWith("timeout-minutes:", StringComparison.Ordinal));

    [Theory]
    [InlineData("github/codeql-action/analyze@")]
    [InlineData("language: [csharp, actions]")]
    [InlineData("schedule:")]
    [InlineData("pull_request:")]
    public void The_code_is_looked_through_for_weaknesses(string part) =>
        Assert.Contains(Lines("codeql.yml"), l => l.Contains(part, StringComparison.Ordinal));

    private static IEnumerable<string[]> Permissions(string[] lines) =>
        from at in Enumerable.Range(0, lines.Length)
        where lines[at].Trim() == "permissions:"
        let deep = lines[at].Length - lines[at].TrimStart().Length
        select lines
            .Skip(at + 1)
            .TakeWhile(l => l.Length - l.TrimStart().Length > deep)
            .Select(l => l.Trim())
            .ToArray();

    private static string[] Lines(string workflow) => File.ReadAllLines(Path.Combine(Folder, workflow));

    private static string Name(string path) => Path.GetFileName(path);

    [GeneratedRegex(@"uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", RegexOptions.None, 10_000)]
    private static partial Regex Pinned();
}
