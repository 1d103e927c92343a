using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Errors;

namespace IntacctSync.Core.Apps;

/// <summary>The apps that are registered.</summary>
public sealed class AppCatalog(IEnumerable<IApp> apps)
{
    private readonly Dictionary<string, IApp> _apps = apps.ToDictionary(a => a.Profile.Name, StringComparer.Ordinal);

    public IApp Of(Connection connection) => _apps[connection.Settings.App];

    /// <summary>
    /// A problem as the people of a connection are told it: with the app's name, and with a permission that Intacct
    /// refuses as the least role has it.
    /// </summary>
    public Problem Told(Connection connection, Problem problem)
    {
        var told = problem.Naming(connection.Settings.Profile.Title);
        var app = Of(connection);
        return
            IntacctFailures.DeniedObject(problem) is { } denied
            && app.PermissionOf.TryGetValue(denied, out var permission)
            && app.Role(connection.Settings).Where(line => line.Name == permission).ToList() is { Count: > 0 } lines
            ? told with
            {
                Fix = $"{RoleNeed.Fix(lines)} Then retry.",
            }
            : told;
    }

    /// <exception cref="InvalidOperationException">The connection's app has no such flow.</exception>
    public IChangeFeed FeedOf(Connection connection, FlowName flow) =>
        Of(connection).Feeds.FirstOrDefault(f => f.Flow == flow)
        ?? throw new InvalidOperationException($"The app {connection.Settings.App} has no feed of the flow '{flow}'.");
}
