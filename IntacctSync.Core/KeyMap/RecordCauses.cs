using IntacctSync.Core.Domain;
using IntacctSync.Core.Storage;

namespace IntacctSync.Core.KeyMap;

/// <summary>Groups the records that need a person, or were given up, by cause.</summary>
public sealed class RecordCauses(ITable table)
{
    private const int ScanPage = 500;

    /// <param name="connection">Whose records.</param>
    /// <param name="flow">Of which flow.</param>
    /// <param name="newest">How many records of each cause are named.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<IReadOnlyList<RecordCause>> ReadAsync(
        ConnectionId connection,
        FlowName flow,
        int newest,
        CancellationToken cancellationToken
    )
    {
        var partition = KeyMapRow.Partition(connection, flow);
        var rows = new List<TableRow>();
        foreach (var state in new[] { RecordState.NeedsAction, RecordState.Dead })
        {
            string? continuation = null;
            do
            {
                var page = await table.QueryAsync(
                    KeyMapRow.InState(partition, state),
                    continuation,
                    ScanPage,
                    cancellationToken
                );
                rows.AddRange(page.Rows.Where(row => KeyMapRow.Code(row) is not null));
                continuation = page.Continuation;
            } while (continuation is not null);
        }

        return
        [
            .. rows.GroupBy(row => KeyMapRow.Code(row)!, StringComparer.Ordinal)
                .Select(group => new RecordCause(
                    group.Key,
                    group.Count(),
                    group.Max(KeyMapRow.At),
                    [.. group.OrderByDescending(KeyMapRow.At).Take(newest).Select(KeyMapRow.SourceId)]
                ))
                .OrderBy(cause => cause.Code, StringComparer.Ordinal),
        ];
    }
}

/// <summary>What records of one flow have in common.</summary>
/// <param name="Code">The code of their problem.</param>
/// <param name="Count">How many there are.</param>
/// <param name="NewestAt">When the newest came to need a person; null where that was not noted.</param>
/// <param name="Newest">The source ids of the newest ones.</param>
public sealed record RecordCause(string Code, int Count, DateTimeOffset? NewestAt, IReadOnlyList<string> Newest);
