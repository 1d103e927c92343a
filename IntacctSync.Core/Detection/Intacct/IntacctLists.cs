using System.Text.Json;
using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Cursors;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Responses;

namespace IntacctSync.Core.Detection.Intacct;

/// <summary>
/// Reads everything that Intacct has of a flow's records, a chunk at a time in the order of their keys, so that rows
/// which change meanwhile move nothing; then what was deleted, a window at a time.
/// </summary>
public sealed class IntacctLists(
    ListReadings readings,
    UserTimes times,
    IntacctDeletions deletions,
    CursorStore cursors,
    TimeProvider time
)
{
    internal static string Begin(DateTimeOffset? since) => Write(new IntacctListPosition(since));

    internal async Task<BackfillChunk> ReadAsync(
        Connection connection,
        IntacctCredentials credentials,
        FlowName flow,
        IReadOnlyList<IntacctFeed> objects,
        string bookmark,
        int size,
        CancellationToken cancellationToken
    )
    {
        var position = JsonSerializer.Deserialize<IntacctListPosition>(bookmark)!;
        var offset = await times.OffsetAsync(connection, credentials, static _ => true, cancellationToken);
        if (position.DeletedAfter is { } from)
            return await ReadDeletionsAsync(
                connection,
                credentials,
                flow,
                objects,
                position,
                from,
                offset,
                cancellationToken
            );
        var feed = objects[position.Object];

        // A full reading of the objects that hold records finds every one. A reading since a time must look at the
        // other objects as well, since a change may show itself only there.
        var next = Next(objects, position);
        var after =
            next < objects.Count
                ? Write(new IntacctListPosition(position.Since, Object: next))
                : Write(
                    new IntacctListPosition(
                        position.Since,
                        DeletedAfter: await DeletedAfterAsync(connection, flow, position.Since, cancellationToken)
                    )
                );
        var (list, isLast, companions, ahead) = await readings.NextAsync(
            connection,
            credentials,
            flow,
            feed,
            position.Since,
            position.Beyond,
            offset,
            size,
            cancellationToken
        );
        var rows = await FeedRows.OfAsync(feed, connection, flow, list, cancellationToken);
        string[] told =
        [
            .. feed
                .Companions.Where(c => c.MayBeNone && c.IsRead(connection.Settings, position.Since is not null))
                .Select(c => c.Object),
        ];
        return new BackfillChunk(
            [.. rows.Where(r => r.IsOurs).Select(r => Seen(feed, r, companions, told, offset))],
            isLast ? after : Write(position with { Beyond = list[^1]["RECORDNO"] }),
            ahead
        );
    }

    private static SeenRecord Seen(
        IntacctFeed feed,
        FeedRows rows,
        ILookup<string, IntacctRecord> companions,
        IReadOnlyCollection<string> told,
        TimeSpan offset
    ) =>
        feed.CarriesSnapshot
        && rows.Rows is [var row]
        && row[IntacctFeed.ChangedField] is { } text
        && IntacctTime.TryParse(text, offset, out var changed)
            ? new SeenRecord(
                rows.SourceId,
                changed.ToUniversalTime(),
                Snapshot: RowSnapshot.Fitting(RowSnapshot.Write(row, companions[row["RECORDNO"] ?? ""], told))
            )
            : new SeenRecord(rows.SourceId, null);

    /// <summary>Which object is read after this one; beyond the last where none is.</summary>
    private static int Next(IReadOnlyList<IntacctFeed> objects, IntacctListPosition position)
    {
        var next = position.Object + 1;
        while (position.Since is null && next < objects.Count && !objects[next].HoldsRecords)
            next++;
        return next;
    }

    /// <summary>
    /// Deletions are read since the time that was asked for; where all was asked for, since what the hourly reading has
    /// seen: everything before is on the queue already.
    /// </summary>
    private async Task<DateTimeOffset> DeletedAfterAsync(
        Connection connection,
        FlowName flow,
        DateTimeOffset? since,
        CancellationToken cancellationToken
    )
    {
        var earliest = IntacctPosition.Earliest(connection.CreatedAt);
        var cursor = await cursors.GetAsync(connection.Id, flow.Value, cancellationToken);
        var from = since ?? IntacctPosition.Of(cursor)?.Deletions?.UpTo - DeletionPosition.Trailing ?? earliest;
        return from > earliest ? from : earliest;
    }

    private async Task<BackfillChunk> ReadDeletionsAsync(
        Connection connection,
        IntacctCredentials credentials,
        FlowName flow,
        IReadOnlyList<IntacctFeed> objects,
        IntacctListPosition position,
        DateTimeOffset from,
        TimeSpan offset,
        CancellationToken cancellationToken
    )
    {
        var to = from + DeletionPosition.Widest;
        var last = to >= time.GetUtcNow();

        // The end lies ahead of our clock, which may go behind Intacct's.
        var found = await deletions.FindAsync(
            connection,
            credentials,
            flow,
            objects,
            from,
            last ? to + DeletionPosition.Widest : to,
            offset,
            cancellationToken
        );
        return found is null
            ? new BackfillChunk([], null)
            : new BackfillChunk(found, last ? null : Write(position with { DeletedAfter = to }));
    }

    private static string Write(IntacctListPosition position) => JsonSerializer.Serialize(position);

    /// <param name="Since">What changed since then; null for all.</param>
    /// <param name="Beyond">The last key that was read; null at the beginning.</param>
    /// <param name="Object">Which object of the flow is being read, from 0.</param>
    /// <param name="DeletedAfter">From where on deletions are read now; null before that.</param>
    private sealed record IntacctListPosition(
        DateTimeOffset? Since,
        string? Beyond = null,
        int Object = 0,
        DateTimeOffset? DeletedAfter = null
    );
}
