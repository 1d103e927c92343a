using System.Text.Json;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Cursors;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Detection.Intacct;

/// <summary>
/// Reads what changed in the objects of a flow in Intacct since the last time: one query for each object while nothing
/// happens. Once an hour it reads again from further back, since Intacct shows changes late, and looks for deletions.
/// </summary>
/// <remarks>The cursor moves only to times that were fully read, after their envelopes are durable.</remarks>
public sealed class IntacctSweep(
    SharedReadings readings,
    UserTimes times,
    IntacctDeletions deletions,
    CursorStore cursors,
    FeedOutput output,
    PollingOptions options,
    NotedTimes noted,
    TimeProvider time
)
{
    /// <summary>A long sweep stops here and goes on behind what is waiting.</summary>
    private static readonly TimeSpan LongestPart = TimeSpan.FromSeconds(2);

    /// <returns>True when the sweep is through; false when it is to go on.</returns>
    internal async Task<bool> RunAsync(
        Connection connection,
        IntacctCredentials credentials,
        FlowName flow,
        IReadOnlyList<IntacctFeed> objects,
        IReadOnlyList<string> runIds,
        CancellationToken cancellationToken
    )
    {
        var started = time.GetUtcNow();
        var cursor = await cursors.ChangeAsync(
            connection.Id,
            flow.Value,
            c => c with { LastRunAt = started },
            cancellationToken
        );
        var counted = new Dictionary<string, bool>(StringComparer.Ordinal);
        var offset = await times.OffsetAsync(connection, credentials, static _ => true, cancellationToken);
        var position = (
            IntacctPosition.Of(cursor)
            ?? new IntacctPosition(new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal))
        );
        noted.TellAhead($"the last look back of {connection.Id}, {flow}", position.LookedBackAt);
        noted.TellAhead($"the last look for deletions of {connection.Id}, {flow}", position.Deletions?.TriedAt);
        position = position
            .HeldAgainst(connection.CreatedAt, started)
            .Begin(connection.CreatedAt, options.LookBack, started);
        while (position.Pass!.Object < objects.Count)
        {
            if (await ReadAsync(objects[position.Pass.Object]) is not { } read)
                return false;
            position = read;
        }

        // The pass has ended, whatever comes of the deletions.
        position = position with
        {
            Pass = null,
        };
        await StoreAsync(connection.Id, flow, position, cancellationToken);
        await deletions.ReadAsync(
            connection,
            credentials,
            flow,
            objects,
            position.Deletions,
            offset,
            runIds,
            SeenAsync,
            cancellationToken
        );
        await output.EndAsync(connection.Id, runIds, cancellationToken);
        return true;

        async Task SeenAsync(DeletionPosition seen)
        {
            position = position with { Deletions = seen };
            await StoreAsync(connection.Id, flow, position, cancellationToken);
        }

        async Task<IntacctPosition?> ReadAsync(IntacctFeed feed)
        {
            var madeAfter = position.MadeAfter(feed.Object, connection.CreatedAt);
            var place = new FeedPlace(position.After(feed.Object, connection.CreatedAt), madeAfter, offset);
            var now = position with { Pass = position.Pass! with { Begun = madeAfter } };
            var anew = runIds.Count > 0 || position.Pass!.After is not null;
            await foreach (
                var page in readings.PagesAsync(connection, credentials, flow, feed, place, anew, cancellationToken)
            )
            {
                var rows = await FeedRows.OfAsync(feed, connection, flow, page.Records, cancellationToken);
                var others = rows.Where(r => !r.IsOurs).Select(r => r.SourceId).ToHashSet(StringComparer.Ordinal);
                await output.SendAsync(
                    connection,
                    flow,
                    [.. Envelopes(connection, flow, feed, rows, offset, runIds)],
                    (found, entry) =>
                        (entry.Stored is not null || !others.Contains(entry.Key.SourceId)) && IsNew(found, entry),
                    runIds,
                    counted,
                    cancellationToken
                );
                var reached = IntacctPosition.ReadTo(
                    Time(page.FullyReadTo, offset),
                    page.IsLast ? Time(page.LastSeen, offset) : null,
                    page.AnsweredAt
                );
                var moved = reached is not null && reached != now.Pass!.After;
                now = now.Reached(feed.Object, reached);
                now = now with
                {
                    Pass = page.IsLast
                        ? now.Pass! with
                        {
                            Object = now.Pass.Object + 1,
                            After = null,
                            Begun = null,
                        }
                        : now.Pass! with
                        {
                            After = reached ?? now.Pass.After,
                        },
                };

                // The sweep pauses only after it has moved on. Otherwise a second with more pages than one part can
                // read would begin again for ever.
                if (moved || page.IsLast)
                    await StoreAsync(connection.Id, flow, now, cancellationToken);
                if (moved && !page.IsLast && time.GetUtcNow() - started >= LongestPart)
                    return null;
            }

            return now;
        }
    }

    /// <summary>A content that was handled is not new, whatever became of it and however often it is read.</summary>
    internal static bool IsNew(Envelope found, KeyMapEntry entry) =>
        !entry.Ignored && (!entry.Knows(found.EventId) || entry.State is RecordState.Pending or RecordState.InDoubt);

    private IEnumerable<Envelope> Envelopes(
        Connection connection,
        FlowName flow,
        IntacctFeed feed,
        IReadOnlyList<FeedRows> found,
        TimeSpan offset,
        IReadOnlyList<string> runIds
    )
    {
        var now = time.GetUtcNow();
        foreach (var (sourceId, rows, _) in found)
        {
            // The event is the content and not the time: a record can change twice in one second.
            var texts = rows.Select(RowSnapshot.Write).ToList();
            var record = new SyncKey(connection.Id, flow, sourceId);
            yield return Envelope.ForRecord(
                record,
                connection.Company,
                EventIds.Content(record, feed.Object, texts),
                now
            ) with
            {
                SourceVersion = rows.Max(r => Time(r[IntacctFeed.ChangedField], offset)),
                Snapshot = feed.IsWholeAlone && texts.Count == 1 ? RowSnapshot.Fitting(texts[0]) : null,
                RunId = runIds.Count > 0 ? runIds[0] : null,
                Bulk = true,
            };
        }
    }

    private static DateTimeOffset? Time(string? text, TimeSpan offset) =>
        text is null ? null
        : IntacctTime.TryParse(text, offset, out var time) ? time.ToUniversalTime()
        : throw new UnreadableTimesException(
            $"A time of change is '{text}'; Intacct writes it as mm/dd/yyyy hh:mm:ss when the user's "
                + $"preferences say so."
        );

    private Task<Cursor> StoreAsync(
        ConnectionId connection,
        FlowName flow,
        IntacctPosition position,
        CancellationToken cancellationToken
    ) =>
        cursors.ChangeAsync(
            connection,
            flow.Value,
            c => c.At(JsonSerializer.Serialize(position), ended: position.Pass is null, time.GetUtcNow()),
            cancellationToken
        );
}
