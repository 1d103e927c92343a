using System.Collections.Concurrent;
using IntacctSync.Core.Envelopes.Broker;
using IntacctSync.Core.Pipeline;
using IntacctSync.Tests.Scenarios.Road;
using IntacctSync.Tests.Support.Broker;

namespace IntacctSync.Tests.Scenarios.Azure;

/// <summary>
/// One instance of the app: it takes sessions from the broker and the dead letters, and works them off as the functions
/// do. It ends by dying: from then on it neither stores, sends nor settles anything, and its locks run out.
/// </summary>
internal sealed class PipelineInstance : IAsyncDisposable
{
    private const int Sessions = 16;

    private readonly TwinsTest _road;
    private readonly SyncProcess _process;
    private readonly CancellationTokenSource _over = new();
    private readonly ConcurrentDictionary<string, SessionInvocations> _held = new(StringComparer.Ordinal);
    private int _underWay;

    public PipelineInstance(TwinsTest road, CrashSwitch crash)
    {
        _road = road;
        _process = new SyncProcess(road, crash);
        Over = _over.Token;
        Queue = new BrokerQueue(road.Broker, crash.ThrowIfDead);
        _ = road.Motion.Begin(TakeSessionsAsync);
        _ = road.Motion.Begin(EmptyDeadLettersAsync);
    }

    public CrashSwitch Crash => _process.Crash;

    public BrokerQueue Queue { get; }

    public StrictBroker Broker => _road.Broker;

    public TimeProvider Clock => _road.Clock;

    public SessionGate Gate => _process.Get<SessionGate>();

    /// <summary>Called when a next attempt was sent and the old one is not completed yet.</summary>
    public Action<BrokerMessage>? BetweenSendAndComplete { get; set; }

    /// <summary>How many messages are being handled.</summary>
    public int UnderWay => Volatile.Read(ref _underWay);

    /// <summary>How many it has handled to the end and settled.</summary>
    public int Settled { get; private set; }

    /// <summary>How many it has handled and could not settle, since the lock was lost meanwhile.</summary>
    public int NotSettled { get; private set; }

    /// <summary>Ends what waits when the instance is gone.</summary>
    public CancellationToken Over { get; }

    public bool Lives => !Crash.Dead && !Over.IsCancellationRequested;

    /// <summary>What no invocation should have ended by.</summary>
    public ConcurrentQueue<Exception> Unexpected { get; } = new();

    public T Get<T>()
        where T : notnull => _process.Get<T>();

    public bool Holds(string session) => _held.ContainsKey(session);

    public void Begin() => Interlocked.Increment(ref _underWay);

    public void End(bool? settled)
    {
        lock (_held)
        {
            Settled += settled == true ? 1 : 0;
            NotSettled += settled == false ? 1 : 0;
        }

        Interlocked.Decrement(ref _underWay);
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        Crash.Die("its instance is gone");
        await _process.DisposeAsync();
        _over.Dispose();
    }

    private async Task TakeSessionsAsync()
    {
        while (Lives)
        {
            var changed = Broker.Changed;
            if (_held.Count < Sessions && Broker.AcceptNextSession(this) is { } hold)
            {
                var invocations = _held[hold.SessionId] = new SessionInvocations(this, hold);
                _ = HoldAsync(hold.SessionId, invocations);
            }
            else
            {
                await changed.WaitAsync(Over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task HoldAsync(string session, SessionInvocations invocations)
    {
        await invocations.RunAsync();
        _held.TryRemove(KeyValuePair.Create(session, invocations));
    }

    private async Task EmptyDeadLettersAsync()
    {
        while (Lives)
        {
            var changed = Broker.Changed;
            if (Broker.ReceiveDeadLetter() is { } letter)
                await GiveUpAsync(letter);
            else
                await changed.WaitAsync(Over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task GiveUpAsync(DeliveredMessage letter)
    {
        Begin();
        try
        {
            switch (
                LetterVerdict.Of(
                    letter.Body,
                    letter.DeadLetterReason,
                    letter.MessageId,
                    letter.Sent.Subject,
                    letter.Sent.Properties
                )
            )
            {
                case LetterVerdict.PutBack back:
                    Queue.Send([back.Message]);
                    break;
                case LetterVerdict.GiveUp bury:
                    await Get<DeadLetters>().BuryAsync(bury.Envelope, letter.EnqueuedTime, CancellationToken.None);
                    break;
                case LetterVerdict.Report tell:
                    await Get<DeadLetters>().TellAsync(tell, CancellationToken.None);
                    break;
            }

            Crash.ThrowIfDead();
            Broker.CompleteDeadLetter(letter.LockToken);
        }
        catch (Exception e) when (Crash.Dead || e is LockLostException)
        {
            // Its lock runs out and it comes again.
        }
        catch (Exception e)
        {
            Unexpected.Enqueue(e);
            Broker.AbandonDeadLetter(letter.LockToken);
        }
        finally
        {
            End(settled: null);
        }
    }
}
