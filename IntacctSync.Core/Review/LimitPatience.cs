namespace IntacctSync.Core.Review;

/// <summary>
/// How long a long reading waits where a system takes no calls for the moment: as long as the system asks, for so long
/// at most until something goes through again.
/// </summary>
/// <param name="wait">Waits so long.</param>
public sealed class LimitPatience(Func<TimeSpan, CancellationToken, Task> wait)
{
    /// <summary>
    /// A limit that lasts longer does not pass by itself. A system may ask for a quarter of an hour at once.
    /// </summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromMinutes(20);

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    /// <summary>The limits are those of a minute; by then half of it is over.</summary>
    internal static readonly TimeSpan WithoutTime = TimeSpan.FromSeconds(30);

    private TimeSpan _waited;
    private bool _isOver;

    /// <summary>Something went through that had been refused before.</summary>
    public void WentOn() => (_waited, _isOver) = (TimeSpan.Zero, false);

    /// <param name="asked">How long the system asks to wait; null where it does not say.</param>
    /// <returns>How long to wait now, which counts as waited; null where the limit lasts too long.</returns>
    public TimeSpan? Next(TimeSpan? asked)
    {
        var pause = asked ?? WithoutTime;
        if (pause < Shortest)
            pause = Shortest;
        _isOver |= _waited + pause > Longest;
        if (_isOver)
            return null;
        _waited += pause;
        return pause;
    }

    public Task WaitAsync(TimeSpan pause, CancellationToken cancellationToken) => wait(pause, cancellationToken);
}
