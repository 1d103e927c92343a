using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Storage;

namespace IntacctSync.Core.Runs;

/// <summary>
/// Keeps what runs found, in lines: as many as there are, since a row of the store takes only so much. They are kept
/// as long as their runs.
/// </summary>
public sealed class RunReports(ITable table)
{
    /// <summary>In bytes; a row takes a little more.</summary>
    private const int Piece = 48 * 1024;

    private const int PageSize = 20;

    /// <summary>Where a run keeps what it left out, beside what it found.</summary>
    public static string LeftOut(string runId) => runId + ".leftOut";

    /// <summary>Where a comparison keeps what only the target has.</summary>
    public static string OnlyAtTarget(string runId) => runId + ".onlyAtTarget";

    /// <summary>Where a comparison keeps its sums.</summary>
    public static string Sums(string runId) => runId + ".sums";

    /// <summary>Where a comparison at night keeps the marks of what people were told before it.</summary>
    public static string Told(string runId) => runId + ".told";

    /// <summary>Adds lines behind those that are there.</summary>
    /// <param name="connection">Whose run.</param>
    /// <param name="runId">The run.</param>
    /// <param name="first">How many pieces are there already.</param>
    /// <param name="lines">Each without a line end.</param>
    /// <param name="cancellationToken">Stops the write.</param>
    /// <returns>How many pieces there are now.</returns>
    public async Task<int> AddAsync(
        ConnectionId connection,
        string runId,
        int first,
        IEnumerable<string> lines,
        CancellationToken cancellationToken
    )
    {
        var piece = new StringBuilder();
        var bytes = 0;
        foreach (var line in lines)
        {
            var length = Encoding.UTF8.GetByteCount(line) + 1;
            if (bytes > 0 && bytes + length > Piece)
            {
                await WriteAsync(connection, runId, first++, piece.ToString(), cancellationToken);
                piece.Clear();
                bytes = 0;
            }

            piece.Append(line).Append('\n');
            bytes += length;
        }

        if (bytes > 0)
            await WriteAsync(connection, runId, first++, piece.ToString(), cancellationToken);
        return first;
    }

    /// <summary>The lines, in their order.</summary>
    public async IAsyncEnumerable<string> ReadAsync(
        ConnectionId connection,
        string runId,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        string? continuation = null;
        do
        {
            var page = await table.QueryAsync(
                TableRange.Prefix(Partition(connection, runId), TableKey.Escape(runId) + "|"),
                continuation,
                PageSize,
                cancellationToken
            );
            foreach (var row in page.Rows)
            {
                var text = Encoding.UTF8.GetString(row.Bytes("Lines") ?? []);
                foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                    yield return line;
            }

            continuation = page.Continuation;
        } while (continuation is not null);
    }

    internal static string Partition(ConnectionId connection, string runId) =>
        TableKey.Join(
            connection.Value,
            "report",
            runId.Length > RunStore.MonthFormat.Length ? runId[..RunStore.MonthFormat.Length] : runId
        );

    private Task WriteAsync(
        ConnectionId connection,
        string runId,
        int number,
        string lines,
        CancellationToken cancellationToken
    ) =>
        table.WriteAsync(
            TableWrite.Upsert(
                new TableRow(
                    Partition(connection, runId),
                    TableKey.Join(runId, number.ToString("D6", CultureInfo.InvariantCulture)),
                    new Dictionary<string, object?>(StringComparer.Ordinal)
                    {
                        ["Lines"] = Encoding.UTF8.GetBytes(lines),
                    }
                )
            ),
            cancellationToken
        );
}
