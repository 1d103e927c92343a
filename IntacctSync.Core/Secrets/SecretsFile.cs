using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace IntacctSync.Core.Secrets;

/// <summary>The one file of the secrets: a JSON object of connections and their fields, encrypted as a whole.</summary>
/// <remarks>
/// The keys lie in the folder <c>keys</c> beside it (ASP.NET Core Data Protection); a backup needs both.
/// </remarks>
internal sealed class SecretsFile(OwnerOnlyFolder folder)
{
    private const string Application = "IntacctSync";
    private const string Purpose = "IntacctSync.Secrets";

    private readonly Lock _gate = new();
    private (IDataProtector Protector, string Keys)? _read;
    private volatile bool _known;

    private string Path => folder.File("secrets.bin");

    private string Keys => folder.File("keys");

    /// <summary>All secrets, by connection and field; empty where there is no file.</summary>
    /// <exception cref="SecretsUnavailableException">The file can't be decrypted with the keys that lie on the disk
    /// now, or it was there and is gone.</exception>
    public async Task<Dictionary<string, Dictionary<string, string>>> ReadAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(Path))
        {
            if (_known)
                throw Gone();
            if (KeysOnDisk().Length > 0)
                Encrypt([]);
            return new(StringComparer.Ordinal);
        }

        _known = true;
        var encrypted = await File.ReadAllBytesAsync(Path, cancellationToken);
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(Decrypt(encrypted))!;
        }
        catch (Exception unreadable)
            when (unreadable is not (IOException or UnauthorizedAccessException or OutOfMemoryException))
        {
            throw Undecryptable(unreadable);
        }
    }

    /// <summary>
    /// Puts the secrets in the place of those before: either all of the old or all of the new file is there, whatever
    /// happens.
    /// </summary>
    public async Task WriteAsync(
        Dictionary<string, Dictionary<string, string>> secrets,
        CancellationToken cancellationToken
    )
    {
        var encrypted = Encrypt(JsonSerializer.SerializeToUtf8Bytes(secrets));
        var temporary = Path + ".new";
        await using (
            var stream = new FileStream(
                temporary,
                OwnerOnlyFolder.Options(FileMode.Create, FileAccess.Write, FileShare.None)
            )
        )
        {
            await stream.WriteAsync(encrypted, cancellationToken);
            await stream.FlushAsync(cancellationToken);
            RandomAccess.FlushToDisk(stream.SafeFileHandle);
        }

        File.Move(temporary, Path, overwrite: true);
        _known = true;
    }

    /// <summary>
    /// Another process may have made a key since the keys were read here, so they are read once more before giving up;
    /// Data Protection does that by itself only in the first two minutes of a provider's life (KeyRingProvider of
    /// dotnet/aspnetcore).
    /// </summary>
    private byte[] Decrypt(byte[] encrypted)
    {
        try
        {
            return Protector(fresh: false).Unprotect(encrypted);
        }
        catch (CryptographicException)
        {
            return Protector(fresh: true).Unprotect(encrypted);
        }
    }

    /// <exception cref="SecretsUnavailableException">A key that lies there is damaged.</exception>
    private byte[] Encrypt(byte[] plain)
    {
        try
        {
            return Protector(fresh: false).Protect(plain);
        }
        catch (Exception unusable)
            when (unusable is not (IOException or UnauthorizedAccessException or OutOfMemoryException))
        {
            throw Undecryptable(unusable);
        }
    }

    /// <summary>
    /// What was read of the keys holds only while the same files lie there: without them, what is encrypted now could
    /// not be read after the next start.
    /// </summary>
    private IDataProtector Protector(bool fresh)
    {
        lock (_gate)
        {
            var keys = KeysOnDisk();
            if (!fresh && _read is { } read && read.Keys == keys)
                return read.Protector;
            var provider = DataProtectionProvider.Create(
                new DirectoryInfo(Keys),
                builder => builder.SetApplicationName(Application)
            );
            var protector = provider.CreateProtector(Purpose);
            _read = (protector, keys);
            return protector;
        }
    }

    /// <summary>Names the files of the keys with what changes when they do.</summary>
    private string KeysOnDisk()
    {
        var keys = new DirectoryInfo(Keys);
        return keys.Exists
            ? string.Join(
                '|',
                keys.EnumerateFiles("*.xml")
                    .Select(f => FormattableString.Invariant($"{f.Name} {f.Length} {f.LastWriteTimeUtc.Ticks}"))
                    .Order(StringComparer.Ordinal)
            )
            : "";
    }

    private SecretsUnavailableException Undecryptable(Exception why) =>
        new(
            $"The secrets in '{Path}' can't be used with the keys in '{Keys}'. Restore that folder of keys as it was, "
                + "or stop the host, delete both, start it again and enter the secrets of every connection again.",
            why
        );

    private SecretsUnavailableException Gone() =>
        new(
            $"The secrets file '{Path}' was there and is gone. Restore its folder from a backup, or start the host "
                + "again and enter the secrets of every connection again."
        );
}
