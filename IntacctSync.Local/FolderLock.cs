using IntacctSync.Local.Settings;

namespace IntacctSync.Local;

/// <summary>
/// A file that one process at a time holds. It is free again when that process ends, however it ends. On a network's
/// file system that has no locks it holds nobody off.
/// </summary>
internal static class FolderLock
{
    private const string HostName = "host.lock";

    /// <returns>Null while another process holds it.</returns>
    /// <exception cref="UnauthorizedAccessException">The file can't be written.</exception>
    public static FileStream? TryTake(string path)
    {
        try
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
            };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            return new FileStream(path, options);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>
    /// Holds the folder of a host's data. Two hosts on the same queue and tables would each work off what the other one
    /// has begun.
    /// </summary>
    /// <exception cref="WrongSettingsException">Another host works on it.</exception>
    public static FileStream TakeHost(LocalSettings settings)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(settings.StoragePath))!;
        return TryTake(Path.Combine(folder, HostName))
            ?? throw new WrongSettingsException([
                $"{LocalStorageOptions.PathKey} is '{settings.StoragePath}', and another host works on the data in "
                    + $"{folder}. Stop that one, or give this one a folder of its own.",
            ]);
    }
}
