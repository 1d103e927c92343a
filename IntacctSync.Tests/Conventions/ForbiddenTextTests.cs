using System.Text.RegularExpressions;

namespace IntacctSync.Tests.Conventions;

/// <summary>Nothing in the tree points at somebody's machine or puts off a thought.</summary>
public sealed class ForbiddenTextTests
{
    /// <summary>Put together here, so that this file does not hold what it looks for.</summary>
    private static readonly Dictionary<string, string> Forbidden = new(StringComparer.Ordinal)
    {
        ["a path of one machine"] = @"(?<![\w.:/-])/" + @"(work|home|root|Users)/\w|\b[A-Z]:\\" + @"(Users|work|src)\b",
        ["a note to come back"] = @"\b(TO" + @"DO|FIX" + @"ME|HA" + @"CK|XX" + @"X)\b",
    };

    [Fact]
    public void No_file_holds_a_path_of_one_machine_or_a_note_to_come_back()
    {
        Assert.Empty(Sources.All.SelectMany(Violations));
        Assert.True(Sources.All.Count > 300);
    }

    [Theory]
    [InlineData("// See /ho" + "me/someone/notes.txt")]
    [InlineData("var path = \"/wo" + "rk/main/data\";")]
    [InlineData("C:\\Us" + "ers\\someone")]
    [InlineData("// TO" + "DO: later")]
    [InlineData("FIX" + "ME")]
    public void A_file_that_breaks_a_rule_is_found(string text) =>
        Assert.Single(Violations(new SourceFile("README.md", text)));

    [Theory]
    [InlineData("https://example.test/home/page")]
    [InlineData("homework/mastodon")]
    public void Other_text_passes(string text) => Assert.Empty(Violations(new SourceFile("README.md", text)));

    private static IEnumerable<string> Violations(SourceFile file) =>
        from rule in Forbidden
        from Match match in Regex.Matches(file.Text, rule.Value, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10))
        select $"{file.Path} holds {rule.Key}: '{match.Value}'.";
}
