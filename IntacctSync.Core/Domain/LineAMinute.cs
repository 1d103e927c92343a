namespace IntacctSync.Core.Domain;

/// <summary>Counts what comes in masses, so that the log tells of it once a minute at most, with how many.</summary>
public sealed class LineAMinute(TimeProvider time)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private long? _toldAt;
    private long _untold;

    /// <param name="isDue">False where this one alone is not worth a line.</param>
    /// <returns>How many the line is about; 0 where none is due.</returns>
    public long Count(bool isDue = true)
    {
        lock (_gate)
        {
            _untold++;
            var now = time.GetTimestamp();
            if (!isDue || (_toldAt is { } told && time.GetElapsedTime(told, now) < Minute))
                return 0;
            var count = _untold;
            (_toldAt, _untold) = (now, 0);
            return count;
        }
    }
}
