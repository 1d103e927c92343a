using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Runs;

/// <summary>
/// A place of one host that keeps something of connections beside the rows that <see cref="ConnectionPurge"/> removes:
/// its queue, or the bytes that a file still holds of what was removed from it.
/// </summary>
public interface IPurgeable
{
    /// <summary>Leaves nothing of a connection behind. Broken off, it can be asked for again.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="company">Its company; null where another connection uses that too.</param>
    /// <param name="cancellationToken">Stops before what has not begun.</param>
    Task PurgeAsync(ConnectionId connection, CompanyId? company, CancellationToken cancellationToken);
}
