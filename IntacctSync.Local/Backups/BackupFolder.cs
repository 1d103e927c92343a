using IntacctSync.Core.Storage.Sqlite;
using IntacctSync.Local.Settings;

namespace IntacctSync.Local.Backups;

/// <summary>
/// A copy of what a host keeps on this machine: its tables, its queue, its key, and its secrets if wanted. In it each
/// has a fixed name, whatever the settings call it.
/// </summary>
internal sealed class BackupFolder(string path)
{
    private const string Tables = "intacctsync.db";
    private const string Queue = "intacctsync-queue.db";
    private const string Secrets = "secrets";

    /// <summary>The lock of the secrets is of the process that holds it, and an unfinished write of nobody.</summary>
    private static readonly string[] Passing = ["lock", "secrets.bin.new"];

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>
    /// Fills the folder. It has its name once all of it is there; what was begun is removed if that fails. A host may
    /// run meanwhile.
    /// </summary>
    /// <param name="settings">Where the host keeps what is copied.</param>
    /// <param name="withSecrets">Whether the secrets are copied too, with the keys they are encrypted with.</param>
    /// <exception cref="IOException">The folder is there already; or a file can't be read or written.</exception>
    /// <exception cref="SqliteFaultException">A database can't be copied.</exception>
    public void Take(LocalSettings settings, bool withSecrets)
    {
        if (System.IO.Path.Exists(Path))
            throw new IOException($"{Path} is there already: name a new folder.");
        var begun = Path + ".unfinished";
        if (Directory.Exists(begun))
            Directory.Delete(begun, recursive: true);
        Make(begun);
        try
        {
            SqliteSnapshot.Copy([
                .. Databases(settings, begun).Where(f => File.Exists(f.Kept)).Select(f => (f.Kept, f.Copied)),
            ]);
            Copy(settings.AdminKeyPath, System.IO.Path.Combine(begun, LocalSettings.AdminKeyFile));
            if (withSecrets && settings.Vault is null)
                CopyFolder(settings.SecretsPath, System.IO.Path.Combine(begun, Secrets));
            Directory.Move(begun, Path);
        }
        catch
        {
            Directory.Delete(begun, recursive: true);
            throw;
        }
    }

    /// <summary>Puts the copy where a host with these settings looks for it.</summary>
    /// <exception cref="IOException">The copy is not there; something is in its way; or a file can't be read or
    /// written.</exception>
    /// <exception cref="SqliteFaultException">A database of the copy is damaged.</exception>
    public void PutBack(LocalSettings settings)
    {
        var databases = Databases(settings, Path).Where(f => File.Exists(f.Copied)).ToList();
        if (databases.Count == 0)
            throw new IOException($"{Path} holds no {Tables} and no {Queue}: name a folder that backup has made.");
        var secrets = System.IO.Path.Combine(Path, Secrets);
        var targets = databases.SelectMany(f => (string[])[f.Kept, f.Kept + "-wal", f.Kept + "-shm"]);
        if (Directory.Exists(secrets))
            targets = targets.Append(settings.SecretsPath);
        if (targets.FirstOrDefault(System.IO.Path.Exists) is { } inTheWay)
            throw new IOException(
                $"{System.IO.Path.GetFullPath(inTheWay)} is there already: stop the host, and move what it has "
                    + "kept to another place."
            );
        foreach (var (_, copied) in databases)
            SqliteSnapshot.Check(copied);
        if (Directory.Exists(secrets))
            CopyFolder(secrets, settings.SecretsPath);
        if (!File.Exists(settings.AdminKeyPath))
            Copy(System.IO.Path.Combine(Path, LocalSettings.AdminKeyFile), settings.AdminKeyPath);
        foreach (var (kept, copied) in databases)
            Copy(copied, kept);
    }

    /// <summary>What it holds, with the size of each in bytes, by name.</summary>
    public IReadOnlyList<(string Name, long Bytes)> Files() =>
        [
            .. new DirectoryInfo(Path)
                .EnumerateFiles("*", SearchOption.AllDirectories)
                .Select(f => (System.IO.Path.GetRelativePath(Path, f.FullName), f.Length))
                .OrderBy(f => f.Item1, StringComparer.Ordinal),
        ];

    /// <summary>Tables that are in Azure are not on this machine; the queue always is.</summary>
    private static IEnumerable<(string Kept, string Copied)> Databases(LocalSettings settings, string folder)
    {
        if (settings.Tables is null)
            yield return (settings.StoragePath, System.IO.Path.Combine(folder, Tables));
        yield return (settings.QueuePath, System.IO.Path.Combine(folder, Queue));
    }

    /// <summary>
    /// The encrypted file goes before the keys: a key that is made meanwhile is then copied though nothing needs it
    /// yet.
    /// </summary>
    private static void CopyFolder(string from, string to)
    {
        if (!Directory.Exists(from))
            return;
        Make(to);
        foreach (var file in Directory.EnumerateFiles(from).Where(f => !Passing.Contains(NameOf(f))))
            Copy(file, System.IO.Path.Combine(to, NameOf(file)));
        foreach (var folder in Directory.EnumerateDirectories(from))
            CopyFolder(folder, System.IO.Path.Combine(to, NameOf(folder)));
    }

    private static string NameOf(string path) => System.IO.Path.GetFileName(path);

    private static void Copy(string from, string to)
    {
        if (!File.Exists(from))
            return;
        Make(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(to))!);
        File.Copy(from, to, overwrite: false);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(to, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private static void Make(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(
                folder,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
    }
}
