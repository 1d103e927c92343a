namespace IntacctSync.Tests.Support;

/// <summary>Files of the source tree, which the tests read in place.</summary>
public static class RepositoryFiles
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    public static string Tests(params string[] path) => Path.Combine([Root, "IntacctSync.Tests", .. path]);

    private static string Find(DirectoryInfo? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "IntacctSync.sln")))
            folder = folder.Parent;
        return folder?.FullName
            ?? throw new InvalidOperationException("The tests must run below the folder of IntacctSync.sln.");
    }
}
