using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Leases;
using IntacctSync.Core.Recoverability;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Core.Pipeline;

/// <summary>
/// Works off a batch of one session: takes the company's lease, goes connection by connection, and gives each envelope
/// its settlement.
/// </summary>
public sealed partial class FlowRunner(
    CompanyLeases leases,
    ConnectionGuard guard,
    RecordStage records,
    WaitingRecords waiting,
    DetectionStage detection,
    RunCounter runs,
    TimeProvider time,
    ILogger<FlowRunner> logger
)
{
    /// <summary>How long to wait when another worker holds the company.</summary>
    private static readonly TimeSpan LeaseTaken = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long to wait when the host itself can't work, for example because its secrets can't be read.
    /// </summary>
    private static readonly TimeSpan HostTroubled = TimeSpan.FromMinutes(15);

    /// <param name="batch">Envelopes of one session.</param>
    /// <param name="stopping">The host is stopping: what has no outcome yet is given back.</param>
    public async Task<IReadOnlyDictionary<ReceivedEnvelope, Settlement>> RunAsync(
        IReadOnlyList<ReceivedEnvelope> batch,
        CancellationToken stopping
    )
    {
        using var stage = Stage.Enter("runner");
        var dispositions = new Dictionary<ReceivedEnvelope, Disposition>();
        try
        {
            await RunAsync(batch, dispositions, stopping);
        }
        catch (OperationCanceledException)
        {
            LogBrokenOff(batch[0].Envelope.Company.Value, batch.Count - dispositions.Count);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            var failure = Failures.Of(e);
            LogBatchFailed(
                Failures.Logged(e, failure),
                batch[0].Envelope.Company.Value,
                batch.Count - dispositions.Count,
                failure.Problem.Code
            );
            Fill(batch, dispositions, failure);
        }

        return batch.ToDictionary(
            e => e,
            e => Settling.Of(e.Envelope, dispositions.GetValueOrDefault(e), time.GetUtcNow())
        );
    }

    private async Task RunAsync(
        IReadOnlyList<ReceivedEnvelope> batch,
        Dictionary<ReceivedEnvelope, Disposition> dispositions,
        CancellationToken stopping
    )
    {
        var company = batch[0].Envelope.Company;
        await using var lease = await leases.TryAcquireAsync(company, stopping);
        if (lease is null)
        {
            foreach (var envelope in batch)
                dispositions[envelope] = new Disposition.Retry(LeaseTaken, Failed: false);
            return;
        }

        using var linked = CancellationTokenSource.CreateLinkedTokenSource(stopping, lease.Lost);
        foreach (var group in batch.GroupBy(e => e.Envelope.Connection))
            await ApartAsync(
                [.. group],
                dispositions,
                part => RunConnectionAsync(group.Key, part, dispositions, linked.Token)
            );
    }

    /// <summary>
    /// A failure in one part of the batch concerns that part only; the other parts do not count as failed.
    /// </summary>
    private async Task ApartAsync(
        IReadOnlyList<ReceivedEnvelope> part,
        Dictionary<ReceivedEnvelope, Disposition> dispositions,
        Func<IReadOnlyList<ReceivedEnvelope>, Task> run
    )
    {
        try
        {
            await run(part);
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            var failure = Failures.Of(e);
            LogBatchFailed(
                Failures.Logged(e, failure),
                part[0].Envelope.Company.Value,
                part.Count(p => !dispositions.ContainsKey(p)),
                failure.Problem.Code
            );
            Fill(part, dispositions, failure);
        }
    }

    /// <summary>
    /// Whether an envelope belongs to a former connection of the same name, which was purged. One that another host
    /// sent as soon as this one was made may look a little older than it; a former one so near is only a hint more.
    /// </summary>
    internal static bool IsOfFormer(Connection connection, Envelope envelope) =>
        envelope.FirstSeen < connection.CreatedAt - NotedTimes.Skew;

    private async Task RunConnectionAsync(
        ConnectionId id,
        IReadOnlyList<ReceivedEnvelope> envelopes,
        Dictionary<ReceivedEnvelope, Disposition> dispositions,
        CancellationToken cancellationToken
    )
    {
        using var trace = new BatchTrace(id, envelopes, time);
        var pass = await guard.AdmitAsync(id, cancellationToken);
        if (pass.Refusal is { } refusal)
        {
            foreach (var envelope in envelopes)
                dispositions[envelope] = refusal;
            if (pass is { Connection: { } held, Reason: { } reason })
                await waiting.NoteAsync(held, envelopes, reason, cancellationToken);
            return;
        }

        var former = envelopes.Where(e => IsOfFormer(pass.Connection!, e.Envelope)).ToList();
        foreach (var envelope in former)
            dispositions[envelope] = new Disposition.Complete();
        if (former.Count > 0)
            LogFormer(id.Value, former.Count);
        var plan = BatchPlan.Of(envelopes.Where(e => !dispositions.ContainsKey(e)), pass.Connection!.Settings.Flows);
        foreach (var group in plan.Records)
        {
            await ApartAsync(
                [.. group.Records.SelectMany(r => r)],
                dispositions,
                async _ =>
                {
                    var outcomes = await records.RunAsync(pass.Connection!, pass.Access!, group, cancellationToken);
                    foreach (var (envelope, disposition) in outcomes)
                        dispositions[envelope] = disposition;
                    trace.Tell(outcomes);
                    await runs.CountAsync(id, outcomes, cancellationToken);
                }
            );
        }

        foreach (var poll in plan.Polls)
        {
            var disposition = await detection.PollAsync(pass.Connection!, pass.Access!, poll, cancellationToken);
            foreach (var envelope in poll)
                dispositions[envelope] = disposition;
        }

        foreach (var backfill in plan.Backfills)
            dispositions[backfill] = await detection.BackfillAsync(
                pass.Connection!,
                pass.Access!,
                backfill,
                cancellationToken
            );
        await guard.ResumeAsync(pass.Connection!, cancellationToken);
    }

    private void Fill(
        IReadOnlyList<ReceivedEnvelope> batch,
        Dictionary<ReceivedEnvelope, Disposition> dispositions,
        Failure failure
    )
    {
        foreach (var received in batch.Where(e => !dispositions.ContainsKey(e)))
        {
            var envelope = received.Envelope;
            var decided = FailurePolicy.Decide(
                failure,
                envelope.Failures,
                envelope.FirstSeen,
                time.GetUtcNow(),
                Random.Shared.NextDouble()
            );

            // The failure is the host's and says nothing about the records, so none is given up: they wait until the
            // host can work again.
            dispositions[received] =
                decided is Disposition.Retry ? decided : new Disposition.Retry(HostTroubled, Failed: true);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Company}: broken off; {Count} envelopes are given back")]
    private partial void LogBrokenOff(string company, int count);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Connection {Connection}: {Count} envelopes were left out, which are older than the connection"
    )]
    private partial void LogFormer(string connection, int count);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{Company}: the batch failed ({Code}); {Count} envelopes have no outcome of their own"
    )]
    private partial void LogBatchFailed(LoggedException? exception, string company, int count, string code);
}
