namespace IntacctSync.Core.Secrets;

/// <summary>
/// A folder that only its owner may enter, with files that only their owner may read, where the system knows modes.
/// </summary>
internal sealed class OwnerOnlyFolder(string path)
{
    private const UnixFileMode ForFolders = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode ForFiles = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Makes the folder, and takes away what its modes, or those of anything in it, grant to others.</summary>
    public void Tighten()
    {
        if (OperatingSystem.IsWindows())
        {
            // A folder below the user's own profile is open to that user only.
            Directory.CreateDirectory(Path);
            return;
        }

        Directory.CreateDirectory(Path, ForFolders);
        System.IO.File.SetUnixFileMode(Path, ForFolders);
        foreach (var folder in Directory.EnumerateDirectories(Path, "*", SearchOption.AllDirectories))
            System.IO.File.SetUnixFileMode(folder, ForFolders);
        foreach (var file in Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories))
            TightenFile(file);
    }

    /// <summary>How to open a file that is made for its owner only from the start.</summary>
    public static FileStreamOptions Options(FileMode mode, FileAccess access, FileShare share)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = access,
            Share = share,
            Options = FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = ForFiles;
        return options;
    }

    /// <summary>Another process may remove its temporary file meanwhile.</summary>
    private static void TightenFile(string file)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && System.IO.File.GetUnixFileMode(file) != ForFiles)
                System.IO.File.SetUnixFileMode(file, ForFiles);
        }
        catch (FileNotFoundException)
        {
            // The file is gone, so nobody can read it.
        }
    }
}
