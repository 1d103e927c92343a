using System.Text.Json;
using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Cursors;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Client;

namespace IntacctSync.Core.Zuper.Detection;

/// <summary>
/// Reads what changed in a module of Zuper since the last time, and sends an envelope for each record that has
/// something new: webhooks get lost, and bulk edits and imports raise none. The cursor moves only after the envelopes
/// are durable.
/// </summary>
public sealed class ZuperSweep(
    ZuperLists lists,
    CursorStore cursors,
    FeedOutput output,
    PollingOptions options,
    NotedTimes noted,
    TimeProvider time
)
{
    private const int PageSize = 100;

    /// <summary>How much windows overlap: clocks differ, and a change shows itself a little late.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan LookBackEvery = TimeSpan.FromHours(1);

    /// <summary>
    /// What was handled so soon after its change may have changed once more at the same time of change: it is looked at
    /// again. As wide as clocks differ.
    /// </summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    /// <summary>A long sweep stops here and goes on behind what is waiting.</summary>
    private static readonly TimeSpan LongestPart = TimeSpan.FromSeconds(2);

    /// <returns>True when the sweep is through; false when it is to go on.</returns>
    public async Task<bool> RunAsync(
        Connection connection,
        ZuperAccount account,
        FlowName flow,
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
        var position = Begin(cursor, connection, started);
        while (position.List is { } list)
        {
            if (time.GetUtcNow() - started >= LongestPart)
                return false;
            var page = await lists.ReadWithTimesAsync(flow, account, list, PageSize, cancellationToken);
            await SendAsync(connection, flow, page.Items, runIds, cancellationToken);
            position = list.After(page, PageSize) is { } next
                ? position with
                {
                    List = next,
                }
                : new SweepPosition(position.StartedAt!.Value, position.LookedBackAt);
            await StoreAsync(connection.Id, flow, position, cancellationToken);
        }

        await output.EndAsync(connection.Id, runIds, cancellationToken);
        return true;
    }

    private SweepPosition Begin(Cursor cursor, Connection connection, DateTimeOffset now)
    {
        var position = cursor.Position is { } json
            ? JsonSerializer.Deserialize<SweepPosition>(json)!
            : new SweepPosition(connection.CreatedAt);
        noted.TellAhead($"the last sweep of {connection.Id}'s modules", position.StartedAt ?? position.UpTo);
        position = position.HeldAgainst(connection.CreatedAt, now);
        if (position.List is not null)
            return position;

        var lookBack = !NotedTimes.IsWithin(LookBackEvery, position.LookedBackAt, now);
        var from = position.UpTo - Overlap;
        if (lookBack && (position.LookedBackAt ?? now) - options.LookBack < from)
            from = (position.LookedBackAt ?? now) - options.LookBack;

        // Nothing from before the connection was made is swept; that is for a backfill, which a person asks for.
        var list = new ListPosition(from < connection.CreatedAt ? connection.CreatedAt : from);
        return position with { StartedAt = now, LookedBackAt = lookBack ? now : position.LookedBackAt, List = list };
    }

    private Task SendAsync(
        Connection connection,
        FlowName flow,
        IReadOnlyList<SeenRecord> seen,
        IReadOnlyList<string> runIds,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        return output.SendAsync(
            connection,
            flow,
            [.. seen.Select(s => EnvelopeFor(connection, flow, s, runIds, now))],
            IsNew,
            runIds,
            cancellationToken
        );
    }

    /// <summary>
    /// A version that was handled, to whatever end, is not new; one that is due for more will come by itself.
    /// </summary>
    private static bool IsNew(Envelope seen, KeyMapEntry entry) =>
        !entry.Ignored
        && (
            entry.Stored is null
            || entry.State is RecordState.Pending
            || seen.SourceVersion is null
            || entry.Version is null
            || seen.SourceVersion > entry.Version
            || MayHaveChangedAgain(seen, entry)
        );

    private static bool MayHaveChangedAgain(Envelope seen, KeyMapEntry entry) =>
        seen.SourceVersion == entry.Version && entry.Timeline is [.., var last] && last.At - entry.Version < Fresh;

    /// <summary>
    /// A version has one event, but for one that is seen while it is fresh: that is not the last look at it.
    /// </summary>
    private static string EventOf(SyncKey record, SeenRecord seen, IReadOnlyList<string> runIds, DateTimeOffset now) =>
        seen.UpdatedAt is { } at && now - at >= Fresh
            ? EventIds.Listed(record, at, runIds)
            : EventIds.ListedFresh(record, now, runIds);

    private static Envelope EnvelopeFor(
        Connection connection,
        FlowName flow,
        SeenRecord seen,
        IReadOnlyList<string> runIds,
        DateTimeOffset now
    )
    {
        var record = new SyncKey(connection.Id, flow, seen.Uid);
        return Envelope.ForRecord(record, connection.Company, EventOf(record, seen, runIds, now), now) with
        {
            SourceVersion = seen.UpdatedAt,
            RunId = runIds.Count > 0 ? runIds[0] : null,
            Bulk = true,
        };
    }

    private Task<Cursor> StoreAsync(
        ConnectionId connection,
        FlowName flow,
        SweepPosition position,
        CancellationToken cancellationToken
    ) =>
        cursors.ChangeAsync(
            connection,
            flow.Value,
            c => c.At(JsonSerializer.Serialize(position), ended: position.List is null, time.GetUtcNow()),
            cancellationToken
        );
}
