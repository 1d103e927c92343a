namespace IntacctSync.Tests.Conventions;

/// <summary>A file is read in one go and found by its name.</summary>
public sealed class FileShapeTests
{
    private const int MostLines = 250;

    private static readonly string[] Projects =
        ["IntacctSync.Core", "IntacctSync.Web", "IntacctSync.Local", "IntacctSync.Functions", "IntacctSync.Simulators", "IntacctSync.Benchmarks", "IntacctSync.Tests"];

    [Fact]
    public void A_file_holds_one_type_that_it_is_named_after_and_is_not_long()
    {
        Assert.Empty(Sources.Code(Projects).SelectMany(Violations));
        Assert.True(Sources.Code(Projects).Count() > 300);
    }

    [Fact]
    public void A_file_with_two_types_is_found() =>
        Assert.Single(Violations(new SourceFile("IntacctSync.Core/A.cs", "namespace X;\n\npublic sealed class A;\n\ninternal enum B;\n")));

    [Fact]
    public void A_file_named_after_something_else_is_found() =>
        Assert.Single(Violations(new SourceFile("IntacctSync.Core/A.cs", "public sealed record B(int C);\n")));

    [Fact]
    public void A_long_file_is_found() =>
        Assert.Single(Violations(new SourceFile("IntacctSync.Core/A.cs", string.Concat(Enumerable.Repeat("//\n", MostLines + 1)))));

    [Theory]
    [InlineData("A.cs", "public sealed class A\n{\n    private enum B;\n}\n")]
    [InlineData("A.Log.cs", "public sealed partial class A;\n")]
    [InlineData("A{T}.cs", "internal sealed class A<T>;\n")]
    [InlineData("Program.cs", "return 0;\n")]
    public void A_file_in_good_shape_passes(string name, string text) => Assert.Empty(Violations(new SourceFile("IntacctSync.Core/" + name, text)));

    private static IEnumerable<string> Violations(SourceFile file)
    {
        if (file.Lines > MostLines)
            yield return $"{file.Path} has {file.Lines} lines; {MostLines} are allowed.";
        var types = file.TopLevelTypes.ToList();
        if (types.Count > 1)
            yield return $"{file.Path} declares {string.Join(", ", types)}; give each a file of its own.";
        else if (types is [var type] && file.Name.Split('.', '{')[0] != type)
            yield return $"{file.Path} declares {type}; name the file after it.";
    }
}
