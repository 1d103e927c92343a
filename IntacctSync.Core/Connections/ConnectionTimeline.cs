using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Storage;

namespace IntacctSync.Core.Connections;

/// <summary>
/// What happened to a connection as a whole: stops, resumptions, bodies that could not be read. In partitions named by
/// month.
/// </summary>
public sealed class ConnectionTimeline(ITable table, TimeProvider time, IIdSource ids)
{
    /// <param name="connection">Whose timeline.</param>
    /// <param name="what">A short word for it.</param>
    /// <param name="detail">One sentence.</param>
    /// <param name="body">A copy of what could not be read, cut to what a row takes.</param>
    /// <param name="cancellationToken">Stops the write.</param>
    public async Task AddAsync(
        ConnectionId connection,
        string what,
        string detail,
        string? body,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var key = TableKey.Join(now.ToString("yyyyMMddHHmmssfffffff", CultureInfo.InvariantCulture), ids.NewId());
        await NotedMonths.NoteAsync(table, connection, now, cancellationToken);
        await table.WriteAsync(
            TableWrite.Insert(
                new TableRow(
                    Partition(connection, now),
                    key,
                    new Dictionary<string, object?>(StringComparer.Ordinal)
                    {
                        ["At"] = now,
                        ["What"] = what,
                        ["Detail"] = WholeCharacters.Cut(detail, TableLimits.TextCharacters),
                        ["Body"] = body is null ? null : WholeCharacters.Cut(body, TableLimits.TextCharacters),
                    }
                )
            ),
            cancellationToken
        );
    }

    /// <summary>The entries of the month of <paramref name="month"/>, oldest first.</summary>
    public async Task<IReadOnlyList<(DateTimeOffset At, string What, string Detail, string? Body)>> ReadAsync(
        ConnectionId connection,
        DateTimeOffset month,
        CancellationToken cancellationToken
    )
    {
        var page = await table.QueryAsync(new TableRange(Partition(connection, month)), null, 1000, cancellationToken);
        return [.. page.Rows.Select(r => (r.Time("At")!.Value, r.Text("What")!, r.Text("Detail")!, r.Text("Body")))];
    }

    /// <summary>The newest entries of this month and the one before, newest first.</summary>
    public async Task<IReadOnlyList<(DateTimeOffset At, string What, string Detail)>> NewestAsync(
        ConnectionId connection,
        int count,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var newest = new List<(DateTimeOffset, string, string)>();
        foreach (var month in (DateTimeOffset[])[now, now.AddDays(-now.Day)])
        {
            if (newest.Count >= count)
                break;
            var found = new Queue<TableRow>();
            string? after = null;
            do
            {
                var page = await table.QueryAsync(
                    new TableRange(Partition(connection, month)),
                    after,
                    1000,
                    cancellationToken
                );
                foreach (var row in page.Rows)
                {
                    found.Enqueue(row);
                    if (found.Count > count)
                        found.Dequeue();
                }

                after = page.Continuation;
            } while (after is not null);

            newest.AddRange(found.Reverse().Select(r => (r.Time("At")!.Value, r.Text("What")!, r.Text("Detail")!)));
        }

        return [.. newest.Take(count)];
    }

    internal static string Partition(ConnectionId connection, DateTimeOffset at) =>
        TableKey.Join(connection.Value, "timeline", at.ToString("yyyyMM", CultureInfo.InvariantCulture));
}
