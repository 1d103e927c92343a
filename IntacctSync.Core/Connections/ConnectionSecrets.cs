using IntacctSync.Core.Domain;
using IntacctSync.Core.Secrets;

namespace IntacctSync.Core.Connections;

/// <summary>The secrets of connections, by the fields of their documents.</summary>
public sealed class ConnectionSecrets(ISecretStore secrets)
{
    public Task<string?> GetAsync(ConnectionId connection, string field, CancellationToken cancellationToken) =>
        secrets.GetAsync(new SecretName(connection, field), cancellationToken);

    /// <exception cref="SecretMissingException">It has no value.</exception>
    public async Task<string> RequireAsync(
        ConnectionId connection,
        string field,
        CancellationToken cancellationToken
    ) => await GetAsync(connection, field, cancellationToken) ?? throw new SecretMissingException(connection, field);

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

    public Task DeleteAllAsync(ConnectionId connection, CancellationToken cancellationToken) =>
        secrets.DeleteAllAsync(connection, cancellationToken);

    /// <summary>Has the secrets read anew where they are kept; see <see cref="ISecretStore.Forget"/>.</summary>
    public void Forget(ConnectionId connection) => secrets.Forget(connection);
}

/// <summary>A secret that a connection needs has no value.</summary>
public sealed class SecretMissingException(ConnectionId connection, string field)
    : Exception($"The connection '{connection}' has no {field}."),
        ILogText
{
    public string LogText => Message;

    public string Field { get; } = field;
}
