using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Local.Queue;

namespace IntacctSync.Local.Pump;

/// <summary>
/// Works off one session under its lock: receives what is due, has it handled together, settles it in one go, until
/// nothing is left.
/// </summary>
/// <remarks>A session whose lock is lost settles nothing: its messages come again, to whoever holds it then.</remarks>
internal sealed partial class SessionWork(
    SqliteEnvelopeQueue queue,
    EnvelopeQueueOptions locks,
    EnvelopeHandler handle,
    PumpOptions options,
    TimeProvider time,
    ILogger<SessionWork> logger
)
{
    private const int Suspect = 3;

    /// <summary>Never throws.</summary>
    public async Task RunAsync(SessionLock held, CancellationToken stopping)
    {
        try
        {
            await using var renewal = new SessionRenewal(queue, held, locks.LockDuration, time, logger);
            using var breakOff = CancellationTokenSource.CreateLinkedTokenSource(stopping, renewal.Lost);
            while (!breakOff.IsCancellationRequested && await WorkOffAsync(held, renewal, breakOff.Token)) { }

            if (!renewal.Lost.IsCancellationRequested)
                await queue.ReleaseAsync(held, CancellationToken.None);
        }
        catch (SessionLostException)
        {
            LogLost(held.Company.Value);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The lock is left to expire, so that the next try comes later.
            LogFailed(new LoggedException(e), held.Company.Value);
        }
    }

    /// <returns>False when nothing was due, or the session is lost.</returns>
    private async Task<bool> WorkOffAsync(SessionLock held, SessionRenewal renewal, CancellationToken breakOff)
    {
        var batch = await queue.ReceiveAsync(held, options.Batch, CancellationToken.None);
        if (batch.Count == 0)
            return false;
        // A message that was delivered this often without a settlement may be what ends the process. It is worked off
        // by itself, after the others have been settled. The order is random: otherwise the message that ends the
        // process could always come first, until the others are given up as well.
        var suspects = batch.Where(r => r.DeliveryCount >= Suspect).ToArray();
        Random.Shared.Shuffle(suspects);
        var going =
            batch.Count == suspects.Length || await WorkOffAsync(held, renewal, [.. batch.Except(suspects)], breakOff);
        foreach (var suspect in suspects)
            going = going && await WorkOffAsync(held, renewal, [suspect], breakOff);
        return going;
    }

    /// <returns>False when the session is lost.</returns>
    private async Task<bool> WorkOffAsync(
        SessionLock held,
        SessionRenewal renewal,
        IReadOnlyList<ReceivedEnvelope> batch,
        CancellationToken breakOff
    )
    {
        var settlements = await Task.WhenAll(batch.Select(received => HandleAsync(received, breakOff)));
        if (settlements.Any(s => s.Settlement is null))
            await Task.Delay(options.Pause, time, breakOff).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (renewal.Lost.IsCancellationRequested)
        {
            LogLost(held.Company.Value);
            return false;
        }

        await queue.SettleAsync(
            held,
            [.. settlements.Select(s => (s.Received, s.Settlement ?? new Settlement.Abandon()))],
            CancellationToken.None
        );
        return true;
    }

    /// <returns>What to do with it; null if handling it threw, which the gate prevents.</returns>
    private async Task<(ReceivedEnvelope Received, Settlement? Settlement)> HandleAsync(
        ReceivedEnvelope received,
        CancellationToken breakOff
    )
    {
        try
        {
            return (received, await handle(received, breakOff));
        }
        catch (OperationCanceledException) when (breakOff.IsCancellationRequested)
        {
            return (received, new Settlement.Abandon());
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogNotHandled(new LoggedException(e), received.Envelope.EventId, received.DeliveryCount);
            return (received, null);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The session of company {Company} was lost; its messages come again"
    )]
    private partial void LogLost(string company);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The session of company {Company} broke off; it is taken up again"
    )]
    private partial void LogFailed(LoggedException exception, string company);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Event {EventId} could not be handled at delivery {Delivery}; it is given back"
    )]
    private partial void LogNotHandled(LoggedException exception, string eventId, int delivery);
}

/// <summary>Works off a delivered envelope: the gate of the pipeline.</summary>
/// <param name="received">The envelope.</param>
/// <param name="cancellationToken">The host stops or the session is lost: what has no outcome is given back.</param>
internal delegate Task<Settlement> EnvelopeHandler(ReceivedEnvelope received, CancellationToken cancellationToken);
