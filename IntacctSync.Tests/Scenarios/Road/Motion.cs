namespace IntacctSync.Tests.Scenarios.Road;

/// <summary>
/// Tells when all that was begun in it stands still: none of it runs on any thread, nothing is being stored, and the
/// requests under way only wait at their servers. Only the clock can move it then.
/// </summary>
/// <remarks>
/// The runtime carries an <see cref="AsyncLocal{T}"/> to every thread that runs a part of the work, however it was
/// awaited, and says so when a thread takes the work up and lays it down. What has ended and is not taken up yet is on
/// the queue of the thread pool, whose length is known.
/// </remarks>
internal sealed class Motion
{
    private static readonly AsyncLocal<Motion?> Current = new(static change =>
    {
        change.PreviousValue?.Lay();
        change.CurrentValue?.Take();
    });

    private readonly Wire _wire;
    private TaskCompletionSource _changed = NewSignal();
    private int _running;
    private long _moves;

    public Motion(Wire wire)
    {
        _wire = wire;
        _wire.Changed += (_, _) => Signal();
    }

    /// <summary>Ends when something has changed since it was asked for.</summary>
    public Task Changed => Volatile.Read(ref _changed).Task;

    private bool Stands => Volatile.Read(ref _running) == 0 && _wire.OnlyWaits;

    /// <summary>Begins work that is watched, with all that it begins.</summary>
    public T Begin<T>(Func<T> work)
        where T : Task
    {
        T? begun = null;
        ExecutionContext.Run(
            ExecutionContext.Capture()!,
            _ =>
            {
                Current.Value = this;
                // What is posted to a context of the test's runner would be on another queue.
                SynchronizationContext.SetSynchronizationContext(null);
                begun = work();
            },
            null
        );
        return begun!;
    }

    /// <summary>Ends when all stands still, or when the work is done.</summary>
    public Task StillAsync(Task? work = null) => Task.Run(() => UntilStillAsync(work ?? Never.Task));

    private async Task UntilStillAsync(Task work)
    {
        while (!work.IsCompleted)
        {
            var changed = Changed;
            if (!Stands)
            {
                await Task.WhenAny(changed, work);
                continue;
            }

            // A thread that has just taken something from the queue says so a moment later, if the machine lets it run.
            const int looks = 32;
            var moves = Interlocked.Read(ref _moves);
            var still = true;
            for (var look = 0; look < looks && still; look++)
            {
                await Task.Yield();
                Thread.Yield();
                still = Stands && moves == Interlocked.Read(ref _moves) && ThreadPool.PendingWorkItemCount == 0;
            }

            if (still)
                return;
        }
    }

    private static TaskCompletionSource Never { get; } = new();

    private void Take()
    {
        Interlocked.Increment(ref _running);
        Interlocked.Increment(ref _moves);
    }

    private void Lay()
    {
        if (Interlocked.Decrement(ref _running) == 0)
            Signal();
    }

    private void Signal() => Interlocked.Exchange(ref _changed, NewSignal()).TrySetResult();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
