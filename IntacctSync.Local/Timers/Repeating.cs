namespace IntacctSync.Local.Timers;

/// <summary>
/// Does something again and again until the host stops. An error is logged, and the work is tried again the next time.
/// </summary>
internal static class Repeating
{
    public static async Task RunAsync(
        TimeSpan first,
        TimeSpan every,
        TimeProvider time,
        Func<CancellationToken, Task> work,
        Action<Exception> failed,
        CancellationToken stoppingToken
    )
    {
        for (var wait = first; ; wait = every)
        {
            await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested)
                return;
            try
            {
                await work(stoppingToken);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                failed(e);
            }
        }
    }
}
