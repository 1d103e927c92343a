using IntacctSync.Local.Settings;

namespace IntacctSync.Local.Sandbox;

/// <summary>The folder of the sandbox's state. It is emptied at the start, and locked by this process.</summary>
internal sealed class SandboxFolder : IDisposable
{
    public const string DefaultPath = ".data/sandbox";

    private const string LockName = "sandbox.lock";

    private readonly FileStream _lock;

    private SandboxFolder(string path, FileStream held) => (Path, _lock) = (path, held);

    public string Path { get; }

    public string StoragePath => System.IO.Path.Combine(Path, "intacctsync.db");

    public string SecretsPath => System.IO.Path.Combine(Path, "secrets");

    public string LogPath => System.IO.Path.Combine(Path, "log.txt");

    /// <summary>
    /// A file with the header that holds the simulator's key, for calls by hand. It lies among the secrets.
    /// </summary>
    public string KeyHeaderPath => System.IO.Path.Combine(SecretsPath, "zuper.header");

    /// <exception cref="WrongSettingsException">The folder holds something that is not the sandbox's, or another
    /// sandbox uses it.</exception>
    public static SandboxFolder Take(string path)
    {
        var folder = new DirectoryInfo(path);
        if (folder.LinkTarget is not null)
            throw Refused(path, "is a link, and what it points at would be emptied: remove it");
        TryMake(path);
        if (folder.EnumerateFileSystemInfos().FirstOrDefault(entry => !IsOurs(entry.Name)) is { } stranger)
            throw Refused(
                path,
                $"holds '{stranger.Name}', which is not the sandbox's, and is emptied at each start: move that "
                    + $"elsewhere"
            );
        var held = Lock(path);
        foreach (var entry in folder.EnumerateFileSystemInfos().Where(entry => entry.Name != LockName))
            Delete(entry);
        return new SandboxFolder(path, held);
    }

    public void Dispose() => _lock.Dispose();

    private static bool IsOurs(string name) =>
        name is "secrets" or "log.txt" or LockName
        || name.StartsWith("intacctsync.db", StringComparison.Ordinal)
        || name.StartsWith("intacctsync-queue.db", StringComparison.Ordinal);

    private static void TryMake(string path)
    {
        try
        {
            MakeOwnersOnly(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refused(path, $"can't be made or written to ({e.Message.TrimEnd('.')}): start it in another folder");
        }
    }

    private static void MakeOwnersOnly(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            Directory.CreateDirectory(path, owner);
            File.SetUnixFileMode(path, owner);
        }
    }

    private static FileStream Lock(string path) =>
        FolderLock.TryTake(System.IO.Path.Combine(path, LockName))
        ?? throw Refused(path, "is in use by another sandbox: stop that one, or start this one in another folder");

    private static void Delete(FileSystemInfo entry)
    {
        if (entry is DirectoryInfo { LinkTarget: null } folder)
            folder.Delete(recursive: true);
        else
            entry.Delete();
    }

    private static WrongSettingsException Refused(string path, string why) =>
        new([
            $"{LocalHostOptions.SandboxKey} needs the folder {path} for itself, and it {why}; or give --sandbox off.",
        ]);
}
