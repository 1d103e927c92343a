using IntacctSync.Core.Domain;
using IntacctSync.Core.Storage;

namespace IntacctSync.Core.Cursors;

/// <summary>
/// Stores cursors. A place is stored only after the envelopes of all that lies before it are durable.
/// </summary>
public sealed class CursorStore(ITable table)
{
    public async Task<Cursor> GetAsync(ConnectionId connection, string feed, CancellationToken cancellationToken)
    {
        var row = await table.GetAsync(Partition(connection), TableKey.Escape(feed), cancellationToken);
        return row is null ? new Cursor() : Read(row);
    }

    /// <returns>The cursor as it is now.</returns>
    public async Task<Cursor> ChangeAsync(
        ConnectionId connection,
        string feed,
        Func<Cursor, Cursor> change,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var cursor = change(await GetAsync(connection, feed, cancellationToken));
            var row = new TableRow(
                Partition(connection),
                TableKey.Escape(feed),
                new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    ["Position"] = cursor.Position,
                    ["LastRunAt"] = cursor.LastRunAt,
                    ["LastSuccessAt"] = cursor.LastSuccessAt,
                    ["WaitingPoll"] = cursor.WaitingPoll,
                    ["WaitingSince"] = cursor.WaitingSince,
                }
            );
            try
            {
                var etag = await table.WriteAsync(
                    cursor.ETag.Length == 0 ? TableWrite.Insert(row) : TableWrite.Replace(row, cursor.ETag),
                    cancellationToken
                );
                return cursor with { ETag = etag };
            }
            catch (TableConflictException)
            {
                // Another worker moved the cursor at the same time, so the change is made again on its result.
            }
        }
    }

    internal static string Partition(ConnectionId connection) => TableKey.Join(connection.Value, "cursor");

    private static Cursor Read(TableRow row) =>
        new()
        {
            Position = row.Text("Position"),
            LastRunAt = row.Time("LastRunAt"),
            LastSuccessAt = row.Time("LastSuccessAt"),
            WaitingPoll = row.Text("WaitingPoll"),
            WaitingSince = row.Time("WaitingSince"),
            ETag = row.ETag,
        };
}
