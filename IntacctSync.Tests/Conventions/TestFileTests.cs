using System.Text.RegularExpressions;

namespace IntacctSync.Tests.Conventions;

/// <summary>A test can fail, runs always, and waits for nothing but what it tests.</summary>
public sealed class TestFileTests
{
    [Fact]
    public void Every_test_file_asserts_and_skips_nothing()
    {
        Assert.Empty(Sources.Code("IntacctSync.Tests").SelectMany(Violations));
        Assert.True(Sources.Code("IntacctSync.Tests").Count(HasTests) > 20);
    }

    [Theory]
    [InlineData("[Fact]\npublic void A() => Run();")]
    [InlineData("[Theory]\n[InlineData(1)]\npublic void A(int b) => Run(b);")]
    [InlineData("[Fact(Sk" + "ip = \"Later\")]\npublic void A() => Assert.True(B);")]
    [InlineData("[Fact]\npublic void A() { Thread.Sl" + "eep(100); Assert.True(B); }")]
    [InlineData("[Fact]\npublic async Task A() { await Task.Del" + "ay(100); Assert.True(B); }")]
    public void A_file_that_breaks_a_rule_is_found(string text) =>
        Assert.Single(Violations(new SourceFile("IntacctSync.Tests/A.cs", text)));

    [Fact]
    public void A_file_that_asserts_passes() =>
        Assert.Empty(
            Violations(new SourceFile("IntacctSync.Tests/A.cs", "[Fact]\npublic void A() => Assert.True(B);"))
        );

    private static bool HasTests(SourceFile file) => Finds(file, @"^\s*\[(Fact|Theory)\b");

    private static IEnumerable<string> Violations(SourceFile file)
    {
        if (HasTests(file) && !Finds(file, @"\bAssert\.\w|\bApproval\.Matches\(|\bCheck\.\w"))
            yield return $"{file.Path} has tests that assert nothing.";
        if (Finds(file, @"\[(Fact|Theory)\([^)]*\bSkip\s*="))
            yield return $"{file.Path} skips a test.";
        if (Finds(file, @"(?<!\.)\bThread\.Sleep\(|(?<!\.)\bTask\.Delay\(\s*\d"))
            yield return $"{file.Path} sleeps; wait for what is to happen.";
    }

    private static bool Finds(SourceFile file, string pattern) =>
        Regex.IsMatch(
            file.Code,
            pattern,
            RegexOptions.Multiline | RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(10)
        );
}
