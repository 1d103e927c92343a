using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Runs;

namespace IntacctSync.Core.Detection;

/// <summary>
/// Carries over what was there before, a chunk at a time: the envelopes of a chunk go to the tail of the queue, and the
/// next bookmark goes behind them. So a backfill resumes where it stopped, and live changes pass between two chunks.
/// Behind a backfill of everything goes one of the flow that its records may need
/// (<see cref="AppFlow.ReadBehind"/>).
/// </summary>
public sealed class Backfill(AppCatalog apps, IEnvelopeQueue queue, RunStore runs, ChunkSizer sizes, TimeProvider time)
{
    /// <param name="connection">Whose records.</param>
    /// <param name="flow">Of which flow.</param>
    /// <param name="since">Records updated since then; null for all.</param>
    /// <param name="requested">Whether records dated before the connection's start are carried over as well.</param>
    /// <param name="cancellationToken">Stops the sending.</param>
    public async Task<Run> StartAsync(
        Connection connection,
        FlowName flow,
        DateTimeOffset? since,
        bool requested,
        CancellationToken cancellationToken
    )
    {
        var begin = apps.FeedOf(connection, flow).Begin(since);
        return await StartAsync(connection, flow, begin, RunReach.Of(since, requested), cancellationToken);
    }

    /// <summary>
    /// Starts a backfill at a bookmark that the flow's feed gave, and that does not lead to everything.
    /// </summary>
    internal Task StartAtAsync(
        Connection connection,
        FlowName flow,
        string bookmark,
        CancellationToken cancellationToken
    ) => StartAsync(connection, flow, bookmark, RunReach.None, cancellationToken);

    private async Task<Run> StartAsync(
        Connection connection,
        FlowName flow,
        string bookmark,
        RunReach reach,
        CancellationToken cancellationToken
    )
    {
        var run = await runs.StartAsync(connection.Id, RunKinds.Backfill, flow, reach, cancellationToken);
        await runs.SendOrFailAsync(
            connection.Id,
            run,
            queue,
            BookmarkFor(connection, flow, run.RunId, bookmark, reach.Requested),
            cancellationToken
        );
        return run;
    }

    /// <summary>Whether a bookmark belongs to a backfill that has not come to its end.</summary>
    /// <remarks>
    /// A store that was restored from a backup may not know the run. Its backfill goes on all the same.
    /// </remarks>
    public async Task<bool> IsRunningAsync(
        Connection connection,
        Envelope bookmark,
        CancellationToken cancellationToken
    ) => IsRunning(await runs.GetAsync(connection.Id, bookmark.RunId!, cancellationToken));

    private static bool IsRunning(Run? run) => run is null or { State: RunState.Running };

    /// <summary>Works off one chunk.</summary>
    public async Task RunAsync(
        Connection connection,
        ConnectionAccess access,
        Envelope bookmark,
        CancellationToken cancellationToken
    )
    {
        var (flow, runId) = (bookmark.Flow!.Value, bookmark.RunId!);
        var run = await runs.GetAsync(connection.Id, runId, cancellationToken);
        if (!IsRunning(run))
            return;

        // The bookmark stood on the queue behind the records of the chunk before, so its delivery shows how long these
        // took. A bookmark that was put off does not show that.
        if (bookmark.Attempt == 0)
            sizes.WorkedOff(connection.Company, time.GetUtcNow() - bookmark.FirstSeen);
        var chunk = await apps.FeedOf(connection, flow)
            .ReadAsync(connection, access, bookmark.Bookmark!, sizes.SizeFor(connection.Company), cancellationToken);
        var outgoing = chunk
            .Seen.Select(s => new OutgoingEnvelope(
                EnvelopeFor(connection, flow, runId, run is { Full: true }, s, bookmark.Requested)
            ))
            .ToList();
        if (chunk.Next is { } next)
            outgoing.Add(new OutgoingEnvelope(BookmarkFor(connection, flow, runId, next, bookmark.Requested)));
        var outcomes = await queue.SendAsync(outgoing, cancellationToken);
        var found = outcomes.Take(chunk.Seen.Count).Count(o => o == SendOutcome.Accepted);

        // Before the run may end, since a run that has ended is not worked at again after a crash.
        if (chunk.Next is null && (run is null || (run.Full && run.Found + chunk.Seen.Count > 0)))
            await StartBehindAsync(connection, flow, cancellationToken);

        // The chunk is counted once all of it is durable, since a run that has ended does not go on.
        await runs.ChangeAsync(
            connection.Id,
            runId,
            r => r with { Found = r.Found + found, Detected = chunk.Next is null, Ahead = chunk.Ahead },
            cancellationToken
        );
    }

    /// <summary>
    /// Reads everything of the flow that goes behind another, unless it is read already or was read before.
    /// </summary>
    /// <remarks>What was read before has rows, which name what they wait for.</remarks>
    private async Task StartBehindAsync(Connection connection, FlowName flow, CancellationToken cancellationToken)
    {
        if (
            connection.Settings.Profile.Flows.Single(f => f.Name == flow).ReadBehind is not { } behind
            || !connection.Settings.Syncs(behind)
        )
            return;
        var before = (await runs.ListAsync(connection.Id, cancellationToken)).Any(r =>
            r is { Kind: RunKinds.Backfill, Full: true, State: RunState.Running or RunState.Done }
            && r.Flow == behind
            && r.StartedAt >= connection.CreatedAt
        );
        if (!before)
            await StartAsync(connection, behind, since: null, requested: false, cancellationToken);
    }

    private Envelope BookmarkFor(Connection connection, FlowName flow, string runId, string position, bool requested) =>
        Envelope.ForBackfill(connection.Id, connection.Company, flow, runId, position, time.GetUtcNow()) with
        {
            Requested = requested,
        };

    private Envelope EnvelopeFor(
        Connection connection,
        FlowName flow,
        string runId,
        bool full,
        SeenRecord seen,
        bool requested
    )
    {
        var record = new SyncKey(connection.Id, flow, seen.Uid);
        return Envelope.ForRecord(
            record,
            connection.Company,
            seen.DeletedAt is { } at ? EventIds.Deletion(record, at)
                : full ? EventIds.Backfilled(runId, seen.Uid)
                : EventIds.BackfilledSince(runId, seen.Uid),
            time.GetUtcNow()
        ) with
        {
            SourceVersion = seen.UpdatedAt,
            Snapshot = seen.Snapshot,
            RunId = runId,
            Bulk = true,
            Requested = requested,
        };
    }
}
