using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Storage;

namespace IntacctSync.Core.Connections;

/// <summary>
/// The months in whose partitions something of a connection is kept. A clock that was wrong may have noted things in
/// months that are reckoned from no time of the connection's.
/// </summary>
internal static class NotedMonths
{
    private const string Format = "yyyyMM";

    /// <summary>To be called before anything is stored in a partition of that month.</summary>
    public static Task NoteAsync(
        ITable table,
        ConnectionId connection,
        DateTimeOffset month,
        CancellationToken cancellationToken
    ) =>
        table.WriteAsync(
            TableWrite.Upsert(
                new TableRow(
                    Partition(connection),
                    month.ToUniversalTime().ToString(Format, CultureInfo.InvariantCulture),
                    new Dictionary<string, object?>(StringComparer.Ordinal)
                )
            ),
            cancellationToken
        );

    /// <summary>The first moment of each, in their order.</summary>
    public static async Task<IReadOnlyList<DateTimeOffset>> ReadAsync(
        ITable table,
        ConnectionId connection,
        CancellationToken cancellationToken
    )
    {
        var months = new List<DateTimeOffset>();
        string? continuation = null;
        do
        {
            var page = await table.QueryAsync(
                new TableRange(Partition(connection)),
                continuation,
                TableLimits.BatchRows,
                cancellationToken
            );
            months.AddRange(
                page.Rows.Select(row =>
                    DateTimeOffset.ParseExact(
                        row.RowKey,
                        Format,
                        CultureInfo.InvariantCulture,
                        DateTimeStyles.AssumeUniversal
                    )
                )
            );
            continuation = page.Continuation;
        } while (continuation is not null);
        return months;
    }

    /// <summary>Nothing is kept of that month any more.</summary>
    public static Task ForgetAsync(
        ITable table,
        ConnectionId connection,
        DateTimeOffset month,
        CancellationToken cancellationToken
    ) =>
        table.WriteAsync(
            TableWrite.DeleteIfThere(
                Partition(connection),
                month.ToUniversalTime().ToString(Format, CultureInfo.InvariantCulture)
            ),
            cancellationToken
        );

    internal static string Partition(ConnectionId connection) => TableKey.Join(connection.Value, "months");
}
