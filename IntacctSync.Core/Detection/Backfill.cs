using System.Text.Json;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Zuper;

namespace IntacctSync.Core.Detection;

/// <summary>
/// Carries over what was there before, a chunk at a time: each chunk's envelopes go to the tail of the queue with the next
/// bookmark behind them, so it resumes where it stood and live changes pass between two chunks.
/// </summary>
public sealed class Backfill(ZuperLists lists, IEnvelopeQueue queue, RunStore runs, TimeProvider time)
{
    private const int ChunkSize = 25;

    /// <param name="connection">Whose records.</param>
    /// <param name="flow">Of which flow.</param>
    /// <param name="since">Records updated since then; null for all.</param>
    /// <param name="requested">Whether records dated before the connection's start are carried over as well.</param>
    /// <param name="cancellationToken">Stops the sending.</param>
    public async Task<Run> StartAsync(Connection connection, FlowName flow, DateTimeOffset? since, bool requested, CancellationToken cancellationToken)
    {
        var run = await runs.StartAsync(connection.Id, "backfill", flow, cancellationToken);
        await runs.SendOrFailAsync(
            connection.Id, run, queue, Bookmark(connection, flow, run.RunId, new ListPosition(since), requested), cancellationToken);
        return run;
    }

    /// <summary>Works off one chunk.</summary>
    public async Task RunAsync(Connection connection, ZuperAccount account, Envelope bookmark, CancellationToken cancellationToken)
    {
        var (flow, runId) = (bookmark.Flow!.Value, bookmark.RunId!);
        var run = await runs.GetAsync(connection.Id, runId, cancellationToken);
        if (run is not { State: RunState.Running } || !connection.Settings.Syncs(flow))
            return;

        var position = JsonSerializer.Deserialize<ListPosition>(bookmark.Bookmark!)!;
        var page = await lists.ReadAsync(flow, account, position, ChunkSize, cancellationToken);
        var next = position.After(page, ChunkSize);
        var outgoing = page.Items.Select(s => new OutgoingEnvelope(EnvelopeFor(connection, flow, runId, s, bookmark.Requested))).ToList();
        if (next is not null)
            outgoing.Add(new OutgoingEnvelope(Bookmark(connection, flow, runId, next, bookmark.Requested)));
        var outcomes = await queue.SendAsync(outgoing, cancellationToken);
        var found = outcomes.Take(page.Items.Count).Count(o => o == SendOutcome.Accepted);

        // Counted when all of it is durable: a run that has ended is not gone on with.
        await runs.ChangeAsync(
            connection.Id, runId, r => r with { Found = r.Found + found, Detected = next is null }, cancellationToken);
    }

    private Envelope Bookmark(Connection connection, FlowName flow, string runId, ListPosition position, bool requested) => new()
    {
        Kind = EnvelopeKind.Backfill,
        Connection = connection.Id,
        Company = connection.Company,
        Flow = flow,
        RunId = runId,
        Bookmark = JsonSerializer.Serialize(position),
        EventId = "bf-" + ShortHash.Of($"{runId}\n{JsonSerializer.Serialize(position)}", 26),
        FirstSeen = time.GetUtcNow(),
        Bulk = true,
        Requested = requested,
    };

    private Envelope EnvelopeFor(Connection connection, FlowName flow, string runId, SeenRecord seen, bool requested) => new()
    {
        Kind = EnvelopeKind.Record,
        Connection = connection.Id,
        Company = connection.Company,
        Flow = flow,
        SourceId = seen.Uid,
        SourceVersion = seen.UpdatedAt,
        RunId = runId,
        EventId = "bf-" + ShortHash.Of($"{runId}\n{seen.Uid}", 26),
        FirstSeen = time.GetUtcNow(),
        Bulk = true,
        Requested = requested,
    };
}
