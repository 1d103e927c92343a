using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Conventions;

/// <summary>The files of the source tree, without what a build makes.</summary>
internal static class Sources
{
    private static readonly string[] Made =
    [
        "bin",
        "obj",
        ".git",
        ".data",
        ".vs",
        ".idea",
        "node_modules",
        "TestResults",
        "BenchmarkDotNet.Artifacts",
    ];

    private static readonly string[] Texts =
    [
        ".cs",
        ".csproj",
        ".props",
        ".targets",
        ".json",
        ".md",
        ".txt",
        ".xml",
        ".yml",
        ".yaml",
        ".bicep",
        ".sln",
        ".html",
        ".razor",
        ".css",
        ".js",
        ".sh",
    ];

    public static IReadOnlyList<SourceFile> All { get; } = [.. Read(new DirectoryInfo(RepositoryFiles.Root), "")];

    public static IEnumerable<SourceFile> Code(params string[] projects) =>
        All.Where(f =>
            f.Name.EndsWith(".cs", StringComparison.Ordinal) && projects.Contains(f.Project, StringComparer.Ordinal)
        );

    /// <summary>What of a project is sent to a browser, or makes what is sent there.</summary>
    public static IEnumerable<SourceFile> Pages(string project) =>
        All.Where(f => f.Project == project && (Path.GetExtension(f.Name) is ".razor" or ".css" or ".js"));

    public static SourceFile Get(string path) => All.Single(f => f.Path == path);

    private static IEnumerable<SourceFile> Read(DirectoryInfo folder, string path)
    {
        foreach (
            var file in folder
                .EnumerateFiles()
                .Where(f =>
                    Texts.Contains(f.Extension, StringComparer.Ordinal)
                    || f.Name is ".editorconfig" or ".gitignore" or "run"
                )
        )
        {
            if (!file.Name.Contains(".received.", StringComparison.Ordinal))
                yield return new SourceFile(path + file.Name, File.ReadAllText(file.FullName));
        }

        foreach (var inner in folder.EnumerateDirectories().Where(d => !Made.Contains(d.Name, StringComparer.Ordinal)))
        {
            foreach (var file in Read(inner, $"{path}{inner.Name}/"))
                yield return file;
        }
    }
}
