using System.Text.RegularExpressions;

namespace IntacctSync.Tests.Conventions;

/// <summary>
/// A file of the source tree, or a made-up one that breaks a rule so that the rule is seen to find it.
/// </summary>
/// <param name="Path">From the root of the tree, with '/'.</param>
/// <param name="Text">All of it.</param>
public sealed partial record SourceFile(string Path, string Text)
{
    /// <summary>The project's name: the first folder.</summary>
    public string Project => Path.Split('/')[0];

    /// <summary>The folder inside the project; empty for files beside the project file.</summary>
    public string Folder => Path.Split('/') is { Length: > 2 } parts ? parts[1] : "";

    public string Name => Path.Split('/')[^1];

    public int Lines => Text.TrimEnd('\n').Split('\n').Length;

    /// <summary>The code without its comments.</summary>
    public string Code => Comments().Replace(Text, "");

    /// <summary>The types that the file declares at its top level, by name.</summary>
    public IEnumerable<string> TopLevelTypes =>
        TypeDeclarations().Matches(Code).Where(m => m.Groups["indent"].Length == 0).Select(m => m.Groups["name"].Value);

    /// <summary>Every type that the file declares, nested ones too.</summary>
    public IEnumerable<string> AllTypes => TypeDeclarations().Matches(Code).Select(m => m.Groups["name"].Value);

    [GeneratedRegex(@"(?<=^|\s)//.*$", RegexOptions.Multiline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Comments();

    [GeneratedRegex(
        @"^(?<indent>[ ]*)(?:(?:public|internal|private|protected|file|"
            + @"static|sealed|abstract|partial|readonly|ref|unsafe)\s+)+"
            + @"(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?)\s+(?<name>\w+)",
        RegexOptions.Multiline,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex TypeDeclarations();
}
