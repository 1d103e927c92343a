using System.Collections.Concurrent;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;

namespace IntacctSync.Core.Pipeline;

/// <summary>
/// Gathers the envelopes of a session that are delivered at the same time into one batch, and gives each its own
/// settlement. At most one batch of a session runs at a time. An envelope that was delivered often without a settlement
/// may be what ends the process. It becomes a batch of its own, so that the others are settled all the same.
/// </summary>
public sealed class SessionGate(FlowRunner runner, TimeProvider time)
{
    public const int MaxBatch = 100;

    /// <summary>A batch that is not full closes when nothing has arrived for this long.</summary>
    public static readonly TimeSpan Lull = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Suspects run after the others, in an order that differs each time, so that none always comes after the one that
    /// ends the process.
    /// </summary>
    private const int SuspectLulls = 20;

    private readonly ConcurrentDictionary<CompanyId, Session> _sessions = new();

    /// <summary>Handles one delivered envelope together with those that arrive beside it.</summary>
    /// <param name="received">The envelope.</param>
    /// <param name="cancellationToken">The host is stopping, or the message's lock is lost: the envelope is given
    /// back.</param>
    /// <returns>What its queue is to do with it.</returns>
    public async Task<Settlement> HandleAsync(ReceivedEnvelope received, CancellationToken cancellationToken)
    {
        var session = _sessions.GetOrAdd(received.Envelope.Company, _ => new Session());
        var batch = session.Join(received, time, out var leads);
        await using var stop = cancellationToken.UnsafeRegister(static b => ((Batch)b!).Stop(), batch);
        if (leads)
            await RunAsync(session, batch);
        return await batch.Settled(received);
    }

    private async Task RunAsync(Session session, Batch batch)
    {
        try
        {
            await batch.Closed.WaitAsync(CancellationToken.None);
            await session.OneAtATime.WaitAsync(CancellationToken.None);
            try
            {
                session.Leave(batch);
                using var stage = Stage.Enter("gate");
                batch.Finish(await runner.RunAsync(batch.Envelopes, batch.Stopping));
            }
            finally
            {
                session.OneAtATime.Release();
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            batch.Fail(e);
        }
        finally
        {
            batch.Dispose();
        }
    }

    private sealed class Session
    {
        private readonly Lock _lock = new();
        private Batch? _open;

        public SemaphoreSlim OneAtATime { get; } = new(1, 1);

        public Batch Join(ReceivedEnvelope received, TimeProvider time, out bool leads)
        {
            if (received.DeliveryCount >= BatchPlan.SuspectDeliveries)
            {
                leads = true;
                var alone = new Batch(time, Lull * (2 + (SuspectLulls * Random.Shared.NextDouble())));
                alone.Add(received);
                return alone;
            }

            lock (_lock)
            {
                leads = _open is null;
                var batch = _open ??= new Batch(time, Lull);
                batch.Add(received);

                // A full batch takes no more envelopes, though it may still be waiting for the batch before it.
                if (batch.Envelopes.Count == MaxBatch)
                    _open = null;
                return batch;
            }
        }

        public void Leave(Batch batch)
        {
            lock (_lock)
            {
                if (_open == batch)
                    _open = null;
            }
        }
    }

    private sealed class Batch : IDisposable
    {
        private readonly List<ReceivedEnvelope> _envelopes = [];
        private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource<IReadOnlyDictionary<ReceivedEnvelope, Settlement>> _settled = new(
            TaskCreationOptions.RunContinuationsAsynchronously
        );

        private readonly CancellationTokenSource _stopping = new();
        private readonly TimeSpan _wait;
        private readonly ITimer _lull;

        public Batch(TimeProvider time, TimeSpan wait)
        {
            _wait = wait;
            _lull = time.CreateTimer(static b => ((Batch)b!).Close(), this, wait, Timeout.InfiniteTimeSpan);
        }

        public IReadOnlyList<ReceivedEnvelope> Envelopes => _envelopes;

        public Task Closed => _closed.Task;

        public CancellationToken Stopping => _stopping.Token;

        public void Add(ReceivedEnvelope received)
        {
            _envelopes.Add(received);
            if (_envelopes.Count == MaxBatch)
                Close();
            else if (!_closed.Task.IsCompleted)
                _lull.Change(_wait, Timeout.InfiniteTimeSpan);
        }

        public async Task<Settlement> Settled(ReceivedEnvelope received) => (await _settled.Task)[received];

        public void Finish(IReadOnlyDictionary<ReceivedEnvelope, Settlement> settlements) =>
            _settled.TrySetResult(settlements);

        public void Fail(Exception e) => _settled.TrySetException(e);

        public void Stop()
        {
            try
            {
                _stopping.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It is over already.
            }

            Close();
        }

        public void Dispose()
        {
            _lull.Dispose();
            _stopping.Dispose();
        }

        private void Close()
        {
            _lull.Dispose();
            _closed.TrySetResult();
        }
    }
}
