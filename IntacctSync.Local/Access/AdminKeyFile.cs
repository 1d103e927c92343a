using System.Security.Cryptography;
using IntacctSync.Core.Settings;
using IntacctSync.Local.Settings;

namespace IntacctSync.Local.Access;

/// <summary>The key of the operations where none is configured: made once, and kept for its owner only.</summary>
internal static class AdminKeyFile
{
    private const int Bytes = 32;
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersFolder = OwnersFile | UnixFileMode.UserExecute;

    /// <summary>
    /// Reads the key, and makes it if there is none yet. Modes that let others read it are taken away.
    /// </summary>
    /// <exception cref="WrongSettingsException">The file can't be made or read, or holds no such key.</exception>
    public static string Take(string path)
    {
        try
        {
            MakeFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
            if (!File.Exists(path))
                Make(path);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, OwnersFile);
            var key = File.ReadAllText(path).Trim();
            return AdminKey.Objection(key) is { } objection
                ? throw new WrongSettingsException([
                    $"The key in {Path.GetFullPath(path)} {objection}. Delete the file, and the next start makes a "
                        + $"new one; or set {AdminKey.Setting}.",
                ])
                : key;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WrongSettingsException([
                $"{AdminKey.Setting} is not set, and its file {path} can't be kept ({e.Message}): let this user read "
                    + $"and write it, or set the key.",
            ]);
        }
    }

    private static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnersFolder);
    }

    /// <summary>
    /// Written elsewhere first, so that a file of this name is never half of a key. Of two processes that start at
    /// once, the first one's key counts.
    /// </summary>
    private static void Make(string path)
    {
        var draft = path + "." + RandomNumberGenerator.GetHexString(8, lowercase: true);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnersFile;
        using (var file = new StreamWriter(draft, options))
            file.WriteLine(RandomNumberGenerator.GetHexString(Bytes * 2, lowercase: true));
        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }
}
