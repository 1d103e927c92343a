using System.Globalization;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Receipts;

/// <summary>Has the posted payments looked at that a whole reading of Upflow's list has not shown.</summary>
public sealed class MissingReceipts(RecordQuery records, FeedOutput output, TimeProvider time)
{
    private const int RowsAtOnce = 200;

    /// <summary>How many are looked at where the list shows none.</summary>
    private const int FewOfAll = 5;

    /// <summary>
    /// Sends the posted payments that no page has shown, once a day: they are read, and judged as all records are that
    /// their source does not show. A list that changes while it is read may pass one over. Where it shows none of them,
    /// the list is not to be believed, and a few stand for all.
    /// </summary>
    internal async Task SendAsync(
        Connection connection,
        HashSet<string> seen,
        IReadOnlyList<string> runIds,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var left = await ShowsAnyAsync(connection.Id, seen, cancellationToken)
            ? int.MaxValue
            : FewOfAll - await MissingAsync(connection.Id, cancellationToken);
        string? after = null;
        while (left > 0)
        {
            var page = await PostedAsync(connection.Id, after, cancellationToken);
            var unseen = page
                .Items.Where(e => e.TargetId is not null && !seen.Contains(UpflowIds.Own(e.Key.SourceId)))
                .Take(left)
                .ToList();
            left -= unseen.Count;
            await output.SendAsync(
                connection,
                UpflowFlows.Receipts,
                [
                    .. unseen.Select(e =>
                        Envelope.ForRecord(
                            e.Key,
                            connection.Company,
                            EventIds.Content(
                                e.Key,
                                "payments",
                                [now.ToString("'not shown on 'yyyy-MM-dd", CultureInfo.InvariantCulture)]
                            ),
                            now
                        ) with
                        {
                            RunId = runIds.Count > 0 ? runIds[0] : null,
                        }
                    ),
                ],
                static (found, entry) => !entry.Ignored && !entry.Knows(found.EventId),
                runIds,
                cancellationToken
            );
            after = page.Next;
            if (after is null)
                return;
        }
    }

    /// <summary>How many posted payments are looked at or asked about already, since Upflow does not show
    /// them.</summary>
    private async Task<int> MissingAsync(ConnectionId connection, CancellationToken cancellationToken)
    {
        var missing = 0;
        foreach (var state in new[] { RecordState.Pending, RecordState.NeedsAction })
        {
            string? after = null;
            do
            {
                var page = await records.ListAsync(
                    connection,
                    UpflowFlows.Receipts,
                    state,
                    null,
                    after,
                    RowsAtOnce,
                    cancellationToken
                );
                missing += page.Items.Count(e => e is { TargetId: not null, MissingSince: not null });
                after = page.Next;
            } while (after is not null && missing < FewOfAll);
        }

        return missing;
    }

    private async Task<bool> ShowsAnyAsync(
        ConnectionId connection,
        HashSet<string> seen,
        CancellationToken cancellationToken
    )
    {
        string? after = null;
        do
        {
            var page = await PostedAsync(connection, after, cancellationToken);
            if (page.Items.Any(e => e.TargetId is not null && seen.Contains(UpflowIds.Own(e.Key.SourceId))))
                return true;
            after = page.Next;
        } while (after is not null);

        return false;
    }

    private Task<RecordPage> PostedAsync(ConnectionId connection, string? after, CancellationToken cancellationToken) =>
        records.ListAsync(
            connection,
            UpflowFlows.Receipts,
            RecordState.Synced,
            null,
            after,
            RowsAtOnce,
            cancellationToken
        );
}
