using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Envelopes.Broker;
using IntacctSync.Tests.Support.Broker;

namespace IntacctSync.Tests.Scenarios.Azure;

/// <summary>
/// A session in an instance's hands: its lock is renewed, each message is an invocation of its own, and it is given
/// back when it is idle.
/// </summary>
/// <remarks>
/// As the runtime does it, an invocation is not told that the lock was lost: it finds out when it settles.
/// </remarks>
internal sealed class SessionInvocations(PipelineInstance instance, SessionHold hold)
{
    private const int AtOnce = 100;

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);

    private int _running;

    public async Task RunAsync()
    {
        var every = instance.Broker.Rules.LockDuration / 2;
        await using var renewal = instance.Clock.CreateTimer(_ => Renew(), null, every, every);
        try
        {
            while (instance.Lives)
            {
                var changed = instance.Broker.Changed;
                if (Volatile.Read(ref _running) < AtOnce && instance.Broker.Receive(hold) is { } message)
                    _ = InvokeAsync(message);
                else if (!await WaitAsync(changed))
                    break;
            }

            instance.Crash.ThrowIfDead();
            instance.Broker.Close(hold);
        }
        catch (Exception e) when (instance.Crash.Dead || e is LockLostException)
        {
            // Somebody else has it, or will.
        }
    }

    /// <returns>False when it has been idle for long enough to be given back.</returns>
    private async Task<bool> WaitAsync(Task changed)
    {
        await changed
            .WaitAsync(Idle, instance.Clock, instance.Over)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return changed.IsCompleted || Volatile.Read(ref _running) > 0;
    }

    private async Task InvokeAsync(DeliveredMessage message)
    {
        bool? settled = null;
        instance.Begin();
        Interlocked.Increment(ref _running);
        try
        {
            var settlement = BrokerMessages.TryRead(message.Body) is { } envelope
                ? BrokerSettlement.Of(
                    await instance.Gate.HandleAsync(
                        new ReceivedEnvelope(envelope, message.DeliveryCount, message.LockToken),
                        CancellationToken.None
                    )
                )
                : BrokerSettlement.OfUnreadable(message.MessageId, message.Sent.Properties);
            instance.Crash.ThrowIfDead();
            Settle(message, settlement);
            settled = true;
        }
        catch (Exception e) when (instance.Crash.Dead || e is LockLostException)
        {
            // It comes again, to whoever has the session then.
            settled = false;
        }
        catch (Exception e)
        {
            // The runtime abandons what its function threw at.
            instance.Unexpected.Enqueue(e);
            instance.Broker.Abandon(hold, message.LockToken);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
            instance.End(settled);
        }
    }

    private void Settle(DeliveredMessage message, BrokerSettlement settlement)
    {
        if (settlement.Send is { } next)
        {
            instance.Queue.Send([next]);
            instance.BetweenSendAndComplete?.Invoke(next);
            instance.Crash.ThrowIfDead();
        }

        switch (settlement.Action)
        {
            case BrokerAction.Complete:
                instance.Broker.Complete(hold, message.LockToken);
                break;
            case BrokerAction.DeadLetter:
                instance.Broker.DeadLetter(hold, message.LockToken, settlement.Reason!, settlement.Description!);
                break;
            default:
                instance.Broker.Abandon(hold, message.LockToken);
                break;
        }
    }

    private void Renew()
    {
        try
        {
            if (!instance.Crash.Dead)
                instance.Broker.Renew(hold);
        }
        catch (LockLostException)
        {
            // The next look at the session finds out.
        }
    }
}
