using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection.Intacct;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Zuper.Detection;

namespace IntacctSync.Core.Detection;

/// <summary>
/// Carries over what was there before, a chunk at a time: each chunk's envelopes go to the tail of the queue with the
/// next bookmark behind them, so it resumes where it stood and live changes pass between two chunks.
/// </summary>
public sealed class Backfill(
    ZuperLists zuper,
    IntacctLists intacct,
    IEnvelopeQueue queue,
    RunStore runs,
    TimeProvider time
)
{
    private const int ChunkSize = 25;

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
        var run = await runs.StartAsync(connection.Id, "backfill", flow, cancellationToken);
        await runs.SendOrFailAsync(
            connection.Id,
            run,
            queue,
            BookmarkFor(connection, flow, run.RunId, Begin(flow, since), requested),
            cancellationToken
        );
        return run;
    }

    /// <summary>Whether a bookmark belongs to a backfill that has not come to its end.</summary>
    /// <remarks>
    /// A run that is not known was forgotten by a store that was set back: what it was to carry over is carried over
    /// all the same.
    /// </remarks>
    public async Task<bool> IsRunningAsync(
        Connection connection,
        Envelope bookmark,
        CancellationToken cancellationToken
    ) => await runs.GetAsync(connection.Id, bookmark.RunId!, cancellationToken) is null or { State: RunState.Running };

    /// <summary>Works off one chunk.</summary>
    public async Task RunAsync(
        Connection connection,
        ConnectionAccess access,
        Envelope bookmark,
        CancellationToken cancellationToken
    )
    {
        var (flow, runId) = (bookmark.Flow!.Value, bookmark.RunId!);
        if (!await IsRunningAsync(connection, bookmark, cancellationToken))
            return;

        var chunk = Feeds.OfIntacct.Contains(flow)
            ? await intacct.ReadAsync(
                connection,
                access.Intacct,
                flow,
                bookmark.Bookmark!,
                ChunkSize,
                cancellationToken
            )
            : await zuper.ReadChunkAsync(flow, access.Zuper, bookmark.Bookmark!, ChunkSize, cancellationToken);
        var outgoing = chunk
            .Seen.Select(s => new OutgoingEnvelope(EnvelopeFor(connection, flow, runId, s, bookmark.Requested)))
            .ToList();
        if (chunk.Next is { } next)
            outgoing.Add(new OutgoingEnvelope(BookmarkFor(connection, flow, runId, next, bookmark.Requested)));
        var outcomes = await queue.SendAsync(outgoing, cancellationToken);
        var found = outcomes.Take(chunk.Seen.Count).Count(o => o == SendOutcome.Accepted);

        // Counted when all of it is durable: a run that has ended is not gone on with.
        await runs.ChangeAsync(
            connection.Id,
            runId,
            r => r with { Found = r.Found + found, Detected = chunk.Next is null },
            cancellationToken
        );
    }

    private static string Begin(FlowName flow, DateTimeOffset? since) =>
        Feeds.OfIntacct.Contains(flow) ? IntacctLists.Begin(since) : ZuperLists.Begin(since);

    private Envelope BookmarkFor(Connection connection, FlowName flow, string runId, string position, bool requested) =>
        Envelope.ForBackfill(connection.Id, connection.Company, flow, runId, position, time.GetUtcNow()) with
        {
            Requested = requested,
        };

    private Envelope EnvelopeFor(Connection connection, FlowName flow, string runId, SeenRecord seen, bool requested) =>
        Envelope.ForRecord(
            new SyncKey(connection.Id, flow, seen.Uid),
            connection.Company,
            EventIds.Backfilled(runId, seen.Uid),
            time.GetUtcNow()
        ) with
        {
            SourceVersion = seen.UpdatedAt,
            RunId = runId,
            Bulk = true,
            Requested = requested,
        };
}

/// <summary>What one step of a backfill found, and the bookmark of the next step; null at the end.</summary>
internal sealed record BackfillChunk(IReadOnlyList<SeenRecord> Seen, string? Next);
