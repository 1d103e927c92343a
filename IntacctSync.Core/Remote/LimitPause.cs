namespace IntacctSync.Core.Remote;

/// <summary>
/// What a long reading does where a system takes no calls for the moment: it waits, and the refused call is made again,
/// so that what was read before it is not lost. It follows the calls that the code makes, so that none of them has to
/// be told. Only calls that read wait here.
/// </summary>
public static class LimitPause
{
    private static readonly AsyncLocal<Wait?> Current = new();

    /// <summary>Waits before a refused call is made again.</summary>
    /// <param name="asked">How long the system asks to wait; null where it does not say.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>False where nothing is waited for any more: the refusal then stands.</returns>
    public delegate Task<bool> Wait(TimeSpan? asked, CancellationToken cancellationToken);

    /// <returns>What ends it.</returns>
    public static IDisposable Enter(Wait wait)
    {
        var before = Current.Value;
        Current.Value = wait;
        return new Scope(before);
    }

    /// <summary>A call that reads, made again after each pause.</summary>
    internal static async Task<T> ReadAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await call().ConfigureAwait(false);
            }
            catch (RemoteException e) when (Current.Value is not null && e.Classified.NotNow)
            {
                if (!await Current.Value(e.RetryAfter, cancellationToken).ConfigureAwait(false))
                    throw;
            }
        }
    }

    private sealed class Scope(Wait? before) : IDisposable
    {
        public void Dispose() => Current.Value = before;
    }
}
