using IntacctSync.Local.Settings;

namespace IntacctSync.Local;

/// <summary>Writes to each place that this host needs, before anything is started.</summary>
/// <remarks>
/// This must not be done later: closing a SQLite file that this process has open elsewhere would drop its locks.
/// </remarks>
internal static class WritablePlaces
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <exception cref="WrongSettingsException">A folder can't be made, or a file in it can't be written.</exception>
    public static void Check(LocalSettings settings)
    {
        var lines = new List<string>();

        // The queue's file is here even where the tables are in Azure.
        Try(LocalStorageOptions.PathKey, settings.StoragePath, "a file", Path.GetDirectoryName(settings.StoragePath));
        if (settings.Vault is null)
            Try(LocalSecretsOptions.PathKey, settings.SecretsPath, "a folder", settings.SecretsPath);
        if (settings.LogDays > 0)
            Try(LocalLogOptions.PathKey, settings.LogPath, "a folder", settings.LogPath);
        if (lines.Count > 0)
            throw new WrongSettingsException(lines);

        void Try(string key, string found, string what, string? folder)
        {
            try
            {
                TryWriting(string.IsNullOrEmpty(folder) ? "." : folder);
                if (what == "a file" && Directory.Exists(found))
                    lines.Add($"{key} is '{found}'; allowed is {what}, and this is a folder.");
                else if (File.Exists(found))
                    File.Open(found, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite).Dispose();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
            {
                lines.Add($"{key} is '{found}'; allowed is {what} that can be made and written to ({e.Message}).");
            }
        }
    }

    private static void TryWriting(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerOnly);
        var trial = Path.Combine(folder, Path.GetRandomFileName());
        File.Create(trial, 1, FileOptions.DeleteOnClose).Dispose();
    }
}
