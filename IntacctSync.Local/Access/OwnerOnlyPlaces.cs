using IntacctSync.Local.Settings;

namespace IntacctSync.Local.Access;

/// <summary>
/// Takes from others what they may do with places that were there before: the files of this host, and folders in which
/// nothing but these lies. To be called before anything is opened.
/// </summary>
internal static class OwnerOnlyPlaces
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersFolder = OwnersFile | UnixFileMode.UserExecute;
    private const UnixFileMode Everybody = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
    private const UnixFileMode Group = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute;

    /// <returns>What was tightened, a line for each; no line where all was right.</returns>
    /// <exception cref="WrongSettingsException">Others may put files into a folder that is not this host's alone, or a
    /// mode can't be changed.</exception>
    public static IReadOnlyList<string> Tighten(LocalSettings settings)
    {
        var lines = new List<string>();
        if (OperatingSystem.IsWindows())
            return lines;
        var folder = Path.GetDirectoryName(Path.GetFullPath(settings.StoragePath))!;
        try
        {
            if (Directory.Exists(folder))
                TightenFolder(folder, settings, lines);
            foreach (var file in Files(settings).Where(File.Exists))
                TightenFile(file, file == settings.AdminKeyPath, lines);
            if (settings.Vault is null && Directory.Exists(settings.SecretsPath))
                TightenOwnFolder(settings.SecretsPath, lines);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WrongSettingsException([
                $"{LocalStorageOptions.PathKey} is '{settings.StoragePath}'; others may read what lies there, and that "
                    + $"can't be changed ({e.Message}): let this user own it.",
            ]);
        }

        return lines;
    }

    private static IEnumerable<string> Files(LocalSettings settings)
    {
        yield return settings.AdminKeyPath;
        foreach (var database in new[] { settings.StoragePath, settings.QueuePath })
        {
            yield return database;
            yield return database + "-wal";
            yield return database + "-shm";
        }
    }

    private static void TightenFolder(string folder, LocalSettings settings, List<string> lines)
    {
        if (Directory.EnumerateFileSystemEntries(folder).All(entry => IsOurs(entry, settings)))
        {
            TightenOwnFolder(folder, lines);
            return;
        }

        if (OperatingSystem.IsWindows())
            return;

        // Who may write to it may put another key and other tables in the place of these.
        var mode = File.GetUnixFileMode(folder);
        if ((mode & (UnixFileMode.OtherWrite | UnixFileMode.StickyBit)) == UnixFileMode.OtherWrite)
            throw new WrongSettingsException([
                $"{LocalStorageOptions.PathKey} is '{settings.StoragePath}'; everybody may write to that folder, and "
                    + $"other files lie in it: name a folder of its own, or take the right away (chmod o-w {folder}).",
            ]);
    }

    private static bool IsOurs(string entry, LocalSettings settings) =>
        Files(settings)
            .Append(settings.SecretsPath)
            .Append(settings.LogPath)
            .Append(Sandbox.SandboxFolder.DefaultPath)
            .Select(Path.GetFullPath)
            .Contains(Path.GetFullPath(entry), StringComparer.Ordinal);

    private static void TightenOwnFolder(string folder, List<string> lines)
    {
        if (OperatingSystem.IsWindows() || (File.GetUnixFileMode(folder) & (Everybody | Group)) == UnixFileMode.None)
            return;
        File.SetUnixFileMode(folder, OwnersFolder);
        lines.Add($"Others could enter {Path.GetFullPath(folder)}: now only its owner can.");
    }

    private static void TightenFile(string file, bool isKey, List<string> lines)
    {
        if (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & (Everybody | Group)) == UnixFileMode.None)
            return;
        File.SetUnixFileMode(file, OwnersFile);
        lines.Add(
            $"Others could read {Path.GetFullPath(file)}: now only its owner can."
                + (
                    isKey
                        ? " Who has read the key still has it: delete the file, and the next start makes another."
                        : ""
                )
        );
    }
}
