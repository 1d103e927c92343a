using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Apps;

/// <summary>The apps that are registered.</summary>
public sealed class AppCatalog(IEnumerable<IApp> apps)
{
    private readonly Dictionary<string, IApp> _apps = apps.ToDictionary(a => a.Profile.Name, StringComparer.Ordinal);

    public IApp Of(Connection connection) => _apps[connection.Settings.App];

    /// <exception cref="InvalidOperationException">The connection's app has no such flow.</exception>
    public IChangeFeed FeedOf(Connection connection, FlowName flow) =>
        Of(connection).Feeds.FirstOrDefault(f => f.Flow == flow)
        ?? throw new InvalidOperationException($"The app {connection.Settings.App} has no feed of the flow '{flow}'.");
}
