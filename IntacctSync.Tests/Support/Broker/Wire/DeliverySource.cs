using Amqp;
using Amqp.Framing;
using Amqp.Listener;

namespace IntacctSync.Tests.Support.Broker.Wire;

/// <summary>
/// Delivers as many messages as the receiver has given credit for, as they come; each stays locked until the receiver
/// settles it.
/// </summary>
internal abstract class DeliverySource : LinkEndpoint
{
    private readonly Lock _lock = new();
    private readonly StrictBroker _queue;
    private readonly ListenerLink _link;
    private readonly BrokerFaults _faults;
    private TaskCompletionSource _flow = NewSignal();
    private int _credit;

    protected DeliverySource(StrictBroker queue, ListenerLink link, BrokerFaults faults)
    {
        (_queue, _link, _faults) = (queue, link, faults);
        _ = Task.Run(DeliverAsync);
    }

    protected StrictBroker Queue => _queue;

    /// <returns>The next message under a lock; null where there is none just now.</returns>
    protected abstract DeliveredMessage? Next();

    /// <exception cref="LockLostException">Nothing more can be received over this link.</exception>
    protected abstract void Assure();

    /// <exception cref="LockLostException">Its lock is lost; nothing was done.</exception>
    protected abstract void Settle(string lockToken, DeliveryState? outcome);

    protected abstract Error Lost(LockLostException lost);

    /// <summary>Until when a message that is being delivered is locked.</summary>
    protected abstract DateTimeOffset LockedUntil();

    public override void OnFlow(FlowContext flowContext)
    {
        lock (_lock)
        {
            _credit =
                flowContext.Messages > 0 ? _credit + flowContext.Messages
                : _link.IsDraining ? _credit
                : 0;
            Interlocked.Exchange(ref _flow, NewSignal()).SetResult();
        }
    }

    public override void OnDisposition(DispositionContext dispositionContext)
    {
        if (_faults.Silent || _link.IsClosed || dispositionContext.DeliveryState is null)
            return;
        try
        {
            Settle(DeliveryTags.TokenOf(dispositionContext.Message)!, dispositionContext.DeliveryState);
            dispositionContext.Complete();
        }
        catch (LockLostException e)
        {
            dispositionContext.Complete(Lost(e));
        }
    }

    private async Task DeliverAsync()
    {
        while (!_link.IsClosed)
        {
            Task changed = Task.WhenAny(_queue.Changed, Volatile.Read(ref _flow).Task);
            try
            {
                if (!_faults.Silent && DeliverOne())
                    continue;
            }
            catch (LockLostException e)
            {
                await _link.CloseAsync(TimeSpan.Zero, Lost(e));
                return;
            }
            catch (Exception e)
            {
                await _link.CloseAsync(
                    TimeSpan.Zero,
                    new Error(ErrorCode.InternalError) { Description = e.ToString() }
                );
                return;
            }

            await changed.WaitAsync(Look, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>How often it looks whether its link is still there.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    /// <returns>False where there is no message or no credit.</returns>
    private bool DeliverOne()
    {
        Assure();
        if (TakeNext() is { } message)
        {
            _link.SendMessage(WireMessages.Write(message, LockTimes.OnTheWire(_queue, LockedUntil())));
            return true;
        }

        if (_link.IsDraining)
        {
            lock (_lock)
                _credit = 0;
            _link.CompleteDrain();
        }

        return false;
    }

    /// <summary>The link is not called under this lock: it may hold its own while it tells of new credit.</summary>
    private DeliveredMessage? TakeNext()
    {
        lock (_lock)
        {
            if (_credit == 0 || Next() is not { } message)
                return null;
            _credit--;
            return message;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
