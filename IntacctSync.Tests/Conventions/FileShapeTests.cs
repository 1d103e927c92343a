namespace IntacctSync.Tests.Conventions;

/// <summary>A file holds one idea, is found by its name, and fits beside another one on a screen.</summary>
public sealed class FileShapeTests
{
    private const int WidestLine = 120;

    private static readonly string[] Projects =
    [
        "IntacctSync.Core",
        "IntacctSync.Web",
        "IntacctSync.Local",
        "IntacctSync.Functions",
        "IntacctSync.Simulators",
        "IntacctSync.Benchmarks",
        "IntacctSync.Tests",
    ];

    [Fact]
    public void A_file_is_named_after_a_type_that_it_declares()
    {
        Assert.Empty(Sources.Code(Projects).SelectMany(Misnamed));
        Assert.True(Sources.Code(Projects).Count() > 300);
    }

    [Fact]
    public void No_line_is_wider_than_120_characters()
    {
        Assert.Empty(Sources.Code(Projects).SelectMany(TooWide));
        Assert.Empty(Sources.Pages("IntacctSync.Web").SelectMany(TooWide));
        Assert.Empty(TooWide(Sources.Get(".ci/run")));
        Assert.True(Sources.Pages("IntacctSync.Web").Count() > 30);
    }

    [Theory]
    [InlineData("A.cs", "public sealed record B(int C);\n")]
    [InlineData("A.cs", "namespace X;\n\npublic sealed class B;\n\ninternal enum C;\n")]
    public void A_file_named_after_something_else_is_found(string name, string text) =>
        Assert.Single(Misnamed(new SourceFile("IntacctSync.Core/" + name, text)));

    [Theory]
    [InlineData("A.cs", "public sealed class A\n{\n    private enum B;\n}\n")]
    [InlineData("A.cs", "public sealed class A;\n\npublic enum KindOfA;\n")]
    [InlineData("A.Log.cs", "public sealed partial class A;\n")]
    [InlineData("A{T}.cs", "internal sealed class A<T>;\n")]
    [InlineData("Program.cs", "return 0;\n")]
    public void A_file_in_good_shape_passes(string name, string text) =>
        Assert.Empty(Misnamed(new SourceFile("IntacctSync.Core/" + name, text)));

    [Fact]
    public void A_wide_line_is_found_and_the_text_of_a_raw_string_is_left_as_it_is()
    {
        var wide = new string('x', WidestLine + 1);
        Assert.Equal(
            ["IntacctSync.Core/A.cs:1 has 121 characters; 120 are allowed."],
            TooWide(new SourceFile("IntacctSync.Core/A.cs", wide + "\n"))
        );
        Assert.Empty(TooWide(new SourceFile("IntacctSync.Core/A.cs", wide[1..] + "\n")));
        Assert.Empty(TooWide(new SourceFile("IntacctSync.Core/A.cs", $"var a = \"\"\"\n{wide}\n\"\"\";\n")));
        Assert.Single(TooWide(new SourceFile("IntacctSync.Core/A.cs", $"var a = \"\"\"\nx\n\"\"\";\n{wide}\n")));
    }

    private static IEnumerable<string> Misnamed(SourceFile file)
    {
        var types = file.TopLevelTypes.ToList();
        if (types.Count > 0 && !types.Contains(file.Name.Split('.', '{')[0], StringComparer.Ordinal))
            yield return $"{file.Path} declares {string.Join(", ", types)}; name the file after what it is about.";
    }

    private static IEnumerable<string> TooWide(SourceFile file)
    {
        var raw = false;
        var number = 0;
        foreach (var line in file.Text.Split('\n'))
        {
            number++;
            var quotes = line.Split("\"\"\"").Length - 1;
            if (!raw && quotes == 0 && line.Length > WidestLine)
                yield return $"{file.Path}:{number} has {line.Length} characters; {WidestLine} are allowed.";
            if (quotes % 2 == 1)
                raw = !raw;
        }
    }
}
