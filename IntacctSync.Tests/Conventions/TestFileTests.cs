using System.Text.RegularExpressions;

namespace IntacctSync.Tests.Conventions;

/// <summary>
/// A test can fail, runs always, waits for nothing but what it tests, and lies where what it tests lies.
/// </summary>
public sealed partial class TestFileTests
{
    private const string Tests = "IntacctSync.Tests";
    private const string Core = "IntacctSync.Core";

    /// <summary>
    /// What makes a test fail: xunit's assertions, approved texts, properties; and methods that assert, which are named
    /// <c>Assert…</c> or listed here.
    /// </summary>
    private const string Assertion =
        @"\bAssert(\.|\w*\()|\bApproval\.Matches\(|\bCheck\.\w|\bRequestSchema\.Check\(|\.Is\("
        + @"|\bExpect\(|\b(Says|Refused|Asked|Require\w*|HoldsAsync|AtEveryStepAsync)\(";

    /// <summary>Waits by real time. A delay without an end waits for nothing but its cancellation.</summary>
    private const string Sleep =
        @"(?<!\.)\bThread\.Sleep\(|\bSpinWait\b|(?<!\.)\bTask\.Delay\(\s*"
        + @"(\d|(?!Timeout\.Infinite)[^;]*\bTimeProvider\.System\b)";

    /// <summary>The limit of every test, and the one place that waits for a process of its own.</summary>
    private static readonly string[] ByRealTime = ["TimeLimit.cs", "Polling.cs"];

    [Fact]
    public void Every_test_asserts_and_skips_nothing()
    {
        Assert.Empty(Sources.Code(Tests).SelectMany(Violations));
        Assert.True(Sources.Code(Tests).Sum(file => Methods(file).Count()) > 1000);
    }

    [Theory]
    [InlineData("    [Fact]\n    public void A() => Run();\n}")]
    [InlineData("    [Fact]\n    public void A() => B();\n\n    [Fact]\n    public void C() => Assert.True(D);\n}")]
    [InlineData("    [Theory]\n    [InlineData(1)]\n    public void A(int b)\n    {\n        Run(b);\n    }\n}")]
    [InlineData("    [Fact]\n    public void A() => Run();\n\n    private void Run() => Assert.True(B);\n}")]
    [InlineData("    [Fact(Sk" + "ip = \"Later\")]\n    public void A() => Assert.True(B);\n}")]
    [InlineData("    [Fact]\n    public void A() { Thread.Sl" + "eep(100); Assert.True(B); }\n}")]
    [InlineData("    [Fact]\n    public async Task A() { await Task.Del" + "ay(100); Assert.True(B); }\n}")]
    [InlineData("    [Fact]\n    public void A() => Assert.True(Spin" + "Wait.SpinUntil(() => B, 10));\n}")]
    [InlineData("    [Fact]\n    public void A() => Assert.Null(Task.Del" + "ay(B, TimeProvider.Sys" + "tem, C));\n}")]
    public void A_file_that_breaks_a_rule_is_found(string text) =>
        Assert.Single(Violations(new SourceFile("IntacctSync.Tests/A.cs", text)));

    [Theory]
    [InlineData("    [Fact]\n    public void A() => Assert.True(B);\n}")]
    [InlineData("    [Fact]\n    public async Task A() =>\n        (await GetAsync(\"b\")).Is(200);\n}")]
    [InlineData("    [Fact]\n    public void A(\n        int b\n    )\n    {\n\n        AssertOrder(b);\n    }\n}")]
    public void A_test_that_asserts_passes(string text) =>
        Assert.Empty(Violations(new SourceFile("IntacctSync.Tests/A.cs", text)));

    [Fact]
    public void Tests_of_a_type_of_the_core_lie_in_the_folder_that_its_own_is()
    {
        var homes = Homes(Sources.Code(Core));
        Assert.Empty(Sources.Code(Tests).Select(file => Misplaced(file, homes)).OfType<string>());
        Assert.True(Sources.Code(Tests).Count(file => Subject(file) is { } type && homes.Contains(type)) > 50);
    }

    [Fact]
    public void A_file_that_lies_elsewhere_is_found()
    {
        var homes = Homes([new SourceFile("IntacctSync.Core/Zuper/Client/Pages.cs", "")]);
        Assert.NotNull(Misplaced(new SourceFile("IntacctSync.Tests/Zuper/PagesTests.cs", ""), homes));
        Assert.Null(Misplaced(new SourceFile("IntacctSync.Tests/Zuper/Client/PagesTests.cs", ""), homes));
        Assert.Null(Misplaced(new SourceFile("IntacctSync.Tests/Zuper/OthersTests.cs", ""), homes));
        Assert.Null(Misplaced(new SourceFile("IntacctSync.Tests/Simulators/Zuper/PagesTests.cs", ""), homes));
    }

    private static IEnumerable<string> Violations(SourceFile file)
    {
        foreach (var (name, text) in Methods(file))
        {
            if (!Finds(text, Assertion))
                yield return $"{file.Path}: {name} asserts nothing; a method that asserts for it is named Assert….";
        }

        if (Finds(file.Code, @"\[(Fact|Theory)\([^)]*\bSkip\s*="))
            yield return $"{file.Path} skips a test.";
        if (Finds(file.Code, Sleep) && !ByRealTime.Contains(Path.GetFileName(file.Path)))
            yield return $"{file.Path} sleeps; wait for what is to happen.";
    }

    /// <summary>The tests of a file. Its formatter has laid it out, so a member ends where the next begins.</summary>
    private static IEnumerable<(string Name, string Text)> Methods(SourceFile file)
    {
        var lines = file.Code.Split('\n');
        for (var at = 0; at < lines.Length; at++)
        {
            if (TestAttribute().Match(lines[at]) is not { Success: true } attribute)
                continue;
            var indent = attribute.Groups["indent"].Value;
            var first = Array.FindIndex(lines, at, line => Begins(line, indent, "public"));
            if (first < 0)
                continue;
            var end = Array.FindIndex(lines, first + 1, line => EndsMember(line, indent));
            at = end < 0 ? lines.Length : end - 1;
            yield return (lines[first].Trim(), string.Join('\n', lines[first..(at < lines.Length ? at + 1 : at)]));
        }
    }

    private static bool EndsMember(string line, string indent) =>
        Begins(line, indent, "public")
        || Begins(line, indent, "private")
        || Begins(line, indent, "protected")
        || Begins(line, indent, "internal")
        || Begins(line, indent, "[")
        || (indent.Length >= 4 && line == indent[4..] + "}");

    private static bool Begins(string line, string indent, string word) =>
        line.StartsWith(indent + word, StringComparison.Ordinal);

    /// <summary>The folders of each type's file, below the project.</summary>
    private static ILookup<string, string> Homes(IEnumerable<SourceFile> files) =>
        files.ToLookup(file => file.Name.Split('.')[0], Below, StringComparer.Ordinal);

    private static string? Misplaced(SourceFile file, ILookup<string, string> homes) =>
        Subject(file) is { } type && homes.Contains(type) && !homes[type].Contains(Below(file), StringComparer.Ordinal)
            ? $"{file.Path} tests {type} of {string.Join(" or ", homes[type])}: move it to the folder of that name."
            : null;

    /// <summary>The type that a file tests; null for files that test a host, a simulator or a story.</summary>
    private static string? Subject(SourceFile file) =>
        file.Folder is not ("Simulators" or "Functions" or "Local" or "Web" or "Scenarios" or "Conventions")
        && file.Name.Split('.')[0] is var name
        && name.EndsWith("Tests", StringComparison.Ordinal)
            ? name[..^"Tests".Length]
            : null;

    private static string Below(SourceFile file) => string.Join('/', file.Path.Split('/')[1..^1]);

    private static bool Finds(string text, string pattern) =>
        Regex.IsMatch(text, pattern, RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10));

    [GeneratedRegex(@"^(?<indent> *)\[\w*(?:Fact|Theory)\b", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex TestAttribute();
}
