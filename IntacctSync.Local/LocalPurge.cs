using IntacctSync.Core.Domain;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Storage;
using IntacctSync.Core.Storage.Sqlite;
using IntacctSync.Local.Queue;

namespace IntacctSync.Local;

/// <summary>Leaves nothing of a connection in the queue, and no bytes of what was removed in the files.</summary>
internal sealed class LocalPurge(SqliteEnvelopeQueue queue, ITable table) : IPurgeable
{
    public async Task PurgeAsync(
        ConnectionId connection,
        IReadOnlyCollection<CompanyId> companies,
        CancellationToken cancellationToken
    )
    {
        await queue.PurgeAsync(connection, cancellationToken);
        foreach (var company in companies)
            await queue.ForgetSessionAsync(company, cancellationToken);
        await queue.EraseDeletedAsync(cancellationToken);

        // Azure Tables shows no bytes of what was removed.
        if (table is SqliteTable file)
            await file.EraseDeletedAsync(cancellationToken);
    }
}
