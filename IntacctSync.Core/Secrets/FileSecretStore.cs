using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Secrets;

/// <summary>
/// Secrets in one encrypted file, its keys beside it, both readable by their owner only. Several processes may share
/// the folder.
/// </summary>
/// <param name="folder">Made when first used; what its modes grant to others is taken away.</param>
/// <param name="time">Paces the wait for another process's write.</param>
public sealed class FileSecretStore(string folder, TimeProvider time) : ISecretStore, IDisposable
{
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _writer = new(1, 1);
    private readonly OwnerOnlyFolder _folder = new(folder);
    private readonly SecretsFile _file = new(new OwnerOnlyFolder(folder));

    public async Task<string?> GetAsync(SecretName name, CancellationToken cancellationToken)
    {
        try
        {
            _folder.Tighten();
            var secrets = await _file.ReadAsync(cancellationToken);
            return secrets.GetValueOrDefault(name.Connection.Value)?.GetValueOrDefault(name.Field);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw Unavailable(refused);
        }
    }

    public Task SetAsync(SecretName name, string secret, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(secret))
            throw new ArgumentException($"The secret '{name}' is empty: give its text, or delete it.", nameof(secret));
        return ChangeAsync(
            secrets =>
            {
                if (!secrets.TryGetValue(name.Connection.Value, out var fields))
                    secrets.Add(name.Connection.Value, fields = new Dictionary<string, string>(StringComparer.Ordinal));
                fields[name.Field] = secret;
                return true;
            },
            cancellationToken
        );
    }

    public Task DeleteAsync(SecretName name, CancellationToken cancellationToken) =>
        ChangeAsync(
            secrets => secrets.GetValueOrDefault(name.Connection.Value)?.Remove(name.Field) ?? false,
            cancellationToken
        );

    public Task DeleteAllAsync(ConnectionId connection, CancellationToken cancellationToken) =>
        ChangeAsync(secrets => secrets.Remove(connection.Value), cancellationToken);

    public void Dispose() => _writer.Dispose();

    /// <summary>Reads, changes and writes while nobody else does, in this process or another.</summary>
    private async Task ChangeAsync(
        Func<Dictionary<string, Dictionary<string, string>>, bool> change,
        CancellationToken cancellationToken
    )
    {
        await _writer.WaitAsync(cancellationToken);
        try
        {
            _folder.Tighten();
            await using var held = await LockAsync(cancellationToken);
            var secrets = await _file.ReadAsync(cancellationToken);
            if (change(secrets))
                await _file.WriteAsync(secrets, cancellationToken);
            _folder.Tighten();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw Unavailable(refused);
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <summary>The system frees the lock of a process that dies; the empty file stays.</summary>
    private async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        var path = _folder.File("lock");
        for (var waited = TimeSpan.Zero; ; waited += LockPause)
        {
            try
            {
                return new FileStream(
                    path,
                    OwnerOnlyFolder.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None)
                );
            }
            catch (IOException) when (waited < LockTimeout)
            {
                await Task.Delay(LockPause, time, cancellationToken);
            }
        }
    }

    private SecretsUnavailableException Unavailable(Exception refused) =>
        new(
            $"The secrets in '{_folder.Path}' can't be reached ({refused.Message}). This user must be able to "
                + $"read and write that folder and all in it.",
            refused
        );
}
