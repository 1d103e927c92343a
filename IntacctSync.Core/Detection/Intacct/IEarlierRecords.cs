using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Intacct;

namespace IntacctSync.Core.Detection.Intacct;

/// <summary>
/// Finds the records of a flow that concern what was linked while the flow was off. They may be older than the
/// connection, and no feed shows them then.
/// </summary>
internal interface IEarlierRecords
{
    /// <summary>Reads one page.</summary>
    /// <param name="connection">Whose records.</param>
    /// <param name="credentials">With what Intacct is called.</param>
    /// <param name="after">What the page before gave as the next; null for the first page.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    Task<BackfillChunk> ReadAsync(
        Connection connection,
        IntacctCredentials credentials,
        string? after,
        CancellationToken cancellationToken
    );
}
