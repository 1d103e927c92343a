using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Runs;

/// <summary>
/// A place of one host that keeps something of connections beside the rows that <see cref="ConnectionPurge"/> removes:
/// its queue, or the bytes that a file still holds of what was removed from it.
/// </summary>
public interface IPurgeable
{
    /// <summary>
    /// Whether what is wiped there is also of other connections, so that it is left alone where there is no such
    /// connection.
    /// </summary>
    bool IsShared => false;

    /// <summary>Leaves nothing of a connection behind. Broken off, it can be asked for again.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="companies">Those that it has or had, but for those that another connection uses.</param>
    /// <param name="cancellationToken">Stops before what has not begun.</param>
    Task PurgeAsync(
        ConnectionId connection,
        IReadOnlyCollection<CompanyId> companies,
        CancellationToken cancellationToken
    );
}
