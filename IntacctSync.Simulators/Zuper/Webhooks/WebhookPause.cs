namespace IntacctSync.Simulators.Zuper.Webhooks;

/// <summary>A delivery's wait for the clock.</summary>
/// <remarks>
/// It counts as waiting from when its timer is set until the timer fires, both without a gap: whoever sees all
/// deliveries waiting may move the clock, and afterwards does not see them waiting any more.
/// </remarks>
internal static class WebhookPause
{
    /// <param name="delay">How long.</param>
    /// <param name="orUntil">What ends it earlier, on the spot if its completion runs continuations so; null =
    /// nothing.</param>
    /// <param name="clock">Tells the time.</param>
    /// <param name="tally">Counts it.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public static async Task OfAsync(
        TimeSpan delay,
        Task? orUntil,
        TimeProvider clock,
        WebhookTally tally,
        CancellationToken cancellationToken
    )
    {
        const int counted = 1,
            over = 2;
        var state = 0;
        var due = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void End()
        {
            if (Interlocked.Exchange(ref state, over) == counted)
                tally.Waiting(-1);
            due.TrySetResult();
        }
        await using var timer = clock.CreateTimer(_ => End(), null, delay, Timeout.InfiniteTimeSpan);
        if (Interlocked.CompareExchange(ref state, counted, 0) == 0)
            tally.Waiting(1);
        try
        {
            _ = orUntil?.ContinueWith(
                _ => End(),
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default
            );
            await due.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            End();
        }
    }
}
