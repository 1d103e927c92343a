using System.Runtime.ExceptionServices;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Cursors;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Runs;

namespace IntacctSync.Core.Detection;

/// <summary>
/// Puts polls on the queue: at a timer's tick one for each active connection and feed, unless one is still waiting.
/// </summary>
public sealed class Poller(
    ConnectionStore connections,
    CursorStore cursors,
    IEnvelopeQueue queue,
    RunStore runs,
    ShadowCatchUp debts,
    FlowCatchUp missed,
    IIdSource ids,
    NotedTimes noted,
    TimeProvider time
)
{
    /// <summary>A poll that waits this long is believed lost.</summary>
    private static readonly TimeSpan Lost = TimeSpan.FromHours(1);

    /// <param name="flows">The flows whose feeds are due.</param>
    /// <param name="tick">The time of the tick, the same for every instance that sees it.</param>
    /// <param name="cancellationToken">Stops the sending.</param>
    public async Task TickAsync(IReadOnlyList<FlowName> flows, DateTimeOffset tick, CancellationToken cancellationToken)
    {
        // What fails for one connection keeps no poll from the others, and is thrown when they have theirs.
        List<Exception> failed = [];
        foreach (
            var connection in (await connections.ListAsync(cancellationToken)).Where(c =>
                c is { Active: true, Stop: null }
            )
        )
        {
            try
            {
                await TickAsync(connection, flows, tick, cancellationToken);
            }
            catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
            {
                failed.Add(e);
            }
        }

        if (failed is [var only])
            ExceptionDispatchInfo.Throw(only);
        if (failed.Count > 1)
            throw new AggregateException(failed);
    }

    /// <summary>Reads a feed now because a person asked for it.</summary>
    public async Task<Run> RunAsync(Connection connection, FlowName flow, CancellationToken cancellationToken)
    {
        var run = await runs.StartAsync(connection.Id, "poll", flow, cancellationToken);
        var poll = Envelope.ForPoll(
            connection.Id,
            connection.Company,
            flow,
            EventIds.PollAsked(connection.Id, flow, ids),
            time.GetUtcNow()
        ) with
        {
            RunId = run.RunId,
        };
        await runs.SendOrFailAsync(connection.Id, run, queue, poll, cancellationToken);
        return run;
    }

    /// <summary>
    /// Reads feeds at once, whatever poll of them waits: it may have been put aside while the connection stood still.
    /// </summary>
    public async Task WakeAsync(
        Connection connection,
        IReadOnlyList<FlowName> flows,
        CancellationToken cancellationToken
    )
    {
        foreach (var flow in flows.Where(connection.Settings.Syncs))
            await cursors.ChangeAsync(connection.Id, flow.Value, static c => c.WithoutPoll(), cancellationToken);
        await TickAsync(connection, flows, time.GetUtcNow(), cancellationToken);
    }

    private async Task TickAsync(
        Connection connection,
        IReadOnlyList<FlowName> flows,
        DateTimeOffset tick,
        CancellationToken cancellationToken
    )
    {
        await debts.PayAsync(connection, cancellationToken);
        await missed.BeginAsync(connection, cancellationToken);
        foreach (var flow in flows.Where(connection.Settings.Syncs))
            await SendAsync(connection, flow, tick, cancellationToken);
    }

    private async Task SendAsync(
        Connection connection,
        FlowName flow,
        DateTimeOffset tick,
        CancellationToken cancellationToken
    )
    {
        var cursor = await cursors.GetAsync(connection.Id, flow.Value, cancellationToken);
        var now = time.GetUtcNow();
        var waits = cursor.WaitingPoll is not null && NotedTimes.IsWithin(Lost, cursor.WaitingSince, now);
        noted.TellAhead($"the waiting poll of {connection.Id}, {flow}", cursor.WaitingSince);
        RoadTelemetry.Poll(connection.Id, flow, sent: !waits);
        if (waits)
            return;

        var eventId = EventIds.Tick(connection.Id, flow, tick);

        // The poll is sent before it is marked. A mark without a poll would keep the feed silent; a poll without a mark
        // costs only one more poll.
        await queue.SendAsync(
            [new OutgoingEnvelope(Envelope.ForPoll(connection.Id, connection.Company, flow, eventId, now))],
            cancellationToken
        );
        await cursors.ChangeAsync(connection.Id, flow.Value, c => Mark(c, eventId, now), cancellationToken);
    }

    /// <summary>
    /// A poll may begin before it is marked. It then waits no longer, and a mark would keep the feed silent.
    /// </summary>
    private static Cursor Mark(Cursor cursor, string eventId, DateTimeOffset sentAt) =>
        cursor.LastRunAt >= sentAt && !NotedTimes.LiesAhead(cursor.LastRunAt.Value, sentAt)
            ? cursor
            : cursor with
            {
                WaitingPoll = eventId,
                WaitingSince = sentAt,
            };
}
