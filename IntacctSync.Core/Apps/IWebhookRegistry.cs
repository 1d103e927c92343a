using IntacctSync.Core.Connections;

namespace IntacctSync.Core.Apps;

/// <summary>Lists, registers and removes the webhooks by which an app tells a connection of changes.</summary>
public interface IWebhookRegistry
{
    /// <summary>Every webhook that leads to the connection's path, on whatever host.</summary>
    /// <exception cref="Exception">The app's own: the call was refused.</exception>
    Task<IReadOnlyList<RegisteredWebhook>> ListAsync(
        Connection connection,
        AppAccount account,
        CancellationToken cancellationToken
    );

    /// <summary>Registers those that the connection's flows need and that are not there yet.</summary>
    /// <param name="connection">Whose webhooks.</param>
    /// <param name="account">Where they are registered.</param>
    /// <param name="address">Where they lead to.</param>
    /// <param name="secret">What each carries.</param>
    /// <param name="cancellationToken">Stops before the next.</param>
    /// <returns>How many were registered.</returns>
    /// <exception cref="Exception">The app's own: the call was refused.</exception>
    Task<int> RegisterAsync(
        Connection connection,
        AppAccount account,
        Uri address,
        string secret,
        CancellationToken cancellationToken
    );

    /// <summary>Removes those that lead to the connection's path.</summary>
    /// <returns>How many were removed.</returns>
    /// <exception cref="Exception">The app's own: the call was refused.</exception>
    Task<int> RemoveAsync(Connection connection, AppAccount account, CancellationToken cancellationToken);
}

/// <summary>A webhook that is registered with the app.</summary>
/// <param name="Id">The app's id of it.</param>
/// <param name="Event">What it tells of.</param>
/// <param name="Url">Where it leads to.</param>
/// <param name="Active">Whether it is switched on.</param>
public sealed record RegisteredWebhook(string Id, string Event, string Url, bool Active);
