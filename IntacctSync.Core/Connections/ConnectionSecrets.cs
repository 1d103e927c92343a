using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Secrets;

namespace IntacctSync.Core.Connections;

/// <summary>The secrets of connections, by the fields of their documents.</summary>
/// <remarks>
/// A store may hold in memory what it has read. Whenever the connection's row says that it was put, by whatever
/// instance, its secrets are read anew.
/// </remarks>
public sealed class ConnectionSecrets(ISecretStore secrets)
{
    /// <summary>An entry holds several secrets and has to fit where one does.</summary>
    private static readonly JsonSerializerOptions Short = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly ConcurrentDictionary<ConnectionId, ReadUnder> _readUnder = new();

    /// <summary>The secret that counts, wherever it lies; see <see cref="ConnectionPut"/>.</summary>
    public async Task<string?> GetAsync(Connection connection, string field, CancellationToken cancellationToken)
    {
        DropIfPut(connection);
        if (connection.SecretsEntry is { } entry)
        {
            if (await SetAsideAsync(connection.Id, entry, cancellationToken) is not { } changes)
                secrets.Drop(connection.Id);
            else if (changes.TryGetValue(field, out var value))
                return value;
        }

        return await GetAsync(connection.Id, field, cancellationToken);
    }

    private void DropIfPut(Connection connection)
    {
        var now = new ReadUnder(connection.CreatedAt, connection.Revision, connection.SecretsEntry);
        if (_readUnder.TryGetValue(connection.Id, out var before) && before == now)
            return;
        secrets.Drop(connection.Id);
        _readUnder[connection.Id] = now;
    }

    /// <summary>What lies under the secret's own name.</summary>
    public Task<string?> GetAsync(ConnectionId connection, string field, CancellationToken cancellationToken) =>
        secrets.GetAsync(new SecretName(connection, field), cancellationToken);

    /// <exception cref="SecretMissingException">It has no value.</exception>
    public async Task<string> RequireAsync(Connection connection, string field, CancellationToken cancellationToken) =>
        await GetAsync(connection, field, cancellationToken) ?? throw new SecretMissingException(connection.Id, field);

    /// <summary>The field of the secret that was in the place of another one before.</summary>
    internal static string Replaced(string field) => field + ".replaced";

    /// <summary>Which secrets of a connection have a value.</summary>
    public async Task<IReadOnlySet<string>> SetAsync(Connection connection, CancellationToken cancellationToken)
    {
        var set = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in connection.Settings.Profile.Secrets.All)
        {
            if (await GetAsync(connection, field, cancellationToken) is not null)
                set.Add(field);
        }

        return set;
    }

    /// <summary>Which secrets have a value.</summary>
    /// <param name="connection">Whose secrets.</param>
    /// <param name="app">The app of the connection, which says what secrets there are.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<IReadOnlySet<string>> SetAsync(
        ConnectionId connection,
        IAppProfile app,
        CancellationToken cancellationToken
    )
    {
        Drop(connection);
        var set = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in app.Secrets.All)
        {
            if (await GetAsync(connection, field, cancellationToken) is not null)
                set.Add(field);
        }

        return set;
    }

    public async Task ApplyAsync(
        ConnectionId connection,
        IReadOnlyDictionary<string, SecretChange> changes,
        CancellationToken cancellationToken
    )
    {
        foreach (var (field, change) in changes)
        {
            if (change.Value is { } value)
                await secrets.SetAsync(new SecretName(connection, field), value, cancellationToken);
            else if (change.Clears)
                await secrets.DeleteAsync(new SecretName(connection, field), cancellationToken);
        }
    }

    /// <summary>Keeps new values in one entry, where they count for nothing yet; null clears.</summary>
    internal Task SetAsideAsync(
        ConnectionId connection,
        string entry,
        IReadOnlyDictionary<string, string?> changes,
        CancellationToken cancellationToken
    ) => secrets.SetAsync(Aside(connection, entry), JsonSerializer.Serialize(changes, Short), cancellationToken);

    /// <summary>Puts each value of an entry under its own name.</summary>
    /// <param name="connection">Whose secrets.</param>
    /// <param name="entry">The entry.</param>
    internal async Task PutInPlaceAsync(ConnectionId connection, string entry, CancellationToken cancellationToken)
    {
        if (await SetAsideAsync(connection, entry, cancellationToken) is not { } changes)
            return;
        foreach (var (field, value) in changes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var name = new SecretName(connection, field);
            if (value is null)
                await secrets.DeleteAsync(name, cancellationToken);
            else
                await secrets.SetAsync(name, value, cancellationToken);
        }
    }

    internal Task DropAsync(ConnectionId connection, string entry, CancellationToken cancellationToken) =>
        secrets.DeleteAsync(Aside(connection, entry), cancellationToken);

    private async Task<Dictionary<string, string?>?> SetAsideAsync(
        ConnectionId connection,
        string entry,
        CancellationToken cancellationToken
    ) =>
        await secrets.GetAsync(Aside(connection, entry), cancellationToken) is { } json
            ? JsonSerializer.Deserialize<Dictionary<string, string?>>(json)
            : null;

    private static SecretName Aside(ConnectionId connection, string entry) =>
        new(connection, "change." + string.Concat(entry.Where(char.IsAsciiLetterOrDigit)));

    public Task DeleteAllAsync(ConnectionId connection, CancellationToken cancellationToken) =>
        secrets.DeleteAllAsync(connection, cancellationToken);

    /// <summary>The next reading asks the store itself, whatever is held in memory.</summary>
    public void Drop(ConnectionId connection) => secrets.Drop(connection);

    /// <summary>
    /// The next reading asks the store itself and not the memory; see <see cref="ISecretStore.Forget"/>.
    /// </summary>
    public void Forget(ConnectionId connection) => secrets.Forget(connection);

    /// <summary>What of a connection's row changes with each put.</summary>
    private readonly record struct ReadUnder(DateTimeOffset CreatedAt, int Revision, string? Entry);
}

/// <summary>A secret that a connection needs has no value.</summary>
public sealed class SecretMissingException(ConnectionId connection, string field)
    : Exception($"The connection '{connection}' has no {field}."),
        ILogText
{
    public string LogText => Message;

    public string Field { get; } = field;
}
