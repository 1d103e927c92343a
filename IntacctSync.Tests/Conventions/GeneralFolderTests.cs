using System.Text.RegularExpressions;

namespace IntacctSync.Tests.Conventions;

/// <summary>What serves every app names none.</summary>
public sealed class GeneralFolderTests
{
    private static readonly string[] General = ["Remote", "Recoverability"];

    [Fact]
    public void Calls_and_failures_are_of_no_app()
    {
        var files = Sources.Code("IntacctSync.Core").Where(f => General.Contains(f.Folder, StringComparer.Ordinal));
        Assert.Empty(files.SelectMany(NamesIn));
    }

    [Fact]
    public void A_name_of_an_app_is_found() =>
        Assert.Single(NamesIn(new SourceFile("IntacctSync.Core/Remote/A.cs", "/// <summary>As Zuper does.</summary>")));

    private static IEnumerable<string> NamesIn(SourceFile file) =>
        Regex
            .Matches(file.Text, "Zuper|Upflow", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(10))
            .Select(m => $"{file.Path} names {m.Value}.");
}
