namespace IntacctSync.Core.Remote;

/// <summary>
/// A clock that begins with the machine's and then goes by the time that passes, so that waits which are kept in memory
/// end when they should, although the machine's clock is set meanwhile.
/// </summary>
/// <remarks>
/// Polly holds an open circuit against <see cref="GetUtcNow"/>: a clock that is set back by a day would keep it open
/// for a day (github.com/App-vNext/Polly, CircuitStateController).
/// </remarks>
internal sealed class SteadyClock(TimeProvider machine) : TimeProvider
{
    private readonly DateTimeOffset _began = machine.GetUtcNow();
    private readonly long _from = machine.GetTimestamp();

    public override long TimestampFrequency => machine.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => machine.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => _began + machine.GetElapsedTime(_from);

    public override long GetTimestamp() => machine.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        machine.CreateTimer(callback, state, dueTime, period);
}
