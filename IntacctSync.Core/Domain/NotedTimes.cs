using Microsoft.Extensions.Logging;

namespace IntacctSync.Core.Domain;

/// <summary>
/// Compares noted times with the clock, which may have been set back since. A time that lies further ahead than it can
/// have been noted does not count; otherwise whatever waits for it would stand still until then.
/// </summary>
public sealed partial class NotedTimes(TimeProvider time, ILogger<NotedTimes> logger)
{
    private readonly ClockJumps _jumps = ClockJumps.Of(time);

    /// <summary>
    /// How far the clocks of two hosts may differ. A time that another host noted may lie this far ahead.
    /// </summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Whether a time in the past, as it was noted, lies ahead now. That can only be if the clock was set back. Pure.
    /// </summary>
    public static bool LiesAhead(DateTimeOffset noted, DateTimeOffset now) => noted > now + Skew;

    /// <summary>Whether something happened less than <paramref name="span"/> ago. Pure.</summary>
    public static bool IsWithin(TimeSpan span, DateTimeOffset? noted, DateTimeOffset now) =>
        noted is { } at && !LiesAhead(at, now) && now - at < span;

    /// <summary>Whether a wait that was noted still lasts. Pure.</summary>
    /// <param name="until">When it ends.</param>
    /// <param name="longest">The longest that such a wait can be. A wait that would last longer was noted by a clock
    /// that was set back since.</param>
    /// <param name="now">The time.</param>
    public static bool Lasts(DateTimeOffset? until, TimeSpan longest, DateTimeOffset now) =>
        until > now && !LiesAhead(until.Value - longest, now);

    /// <summary>
    /// How long ago that was, less what the clock was only set by since, as far as this process has seen it
    /// (<see cref="ClockJumps"/>). For a wait that must really pass, though the clock is set ahead meanwhile.
    /// </summary>
    internal TimeSpan Passed(DateTimeOffset noted) => _jumps.Passed(noted);

    /// <summary>
    /// Whether a time in the past, as it was noted, lies ahead now. If so the log says it, once for each.
    /// </summary>
    /// <param name="what">What was noted, such as <c>the last sweep of invoices</c>; nothing personal.</param>
    /// <param name="noted">When it is said to have happened.</param>
    internal bool TellAhead(string what, DateTimeOffset? noted)
    {
        if (noted is not { } at || !LiesAhead(at, time.GetUtcNow()))
            return false;
        LogAhead(what, at);
        return true;
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The clock of this machine was set back: the time of {What} is noted as {Noted:O}, which lies "
            + "ahead. It is noted anew"
    )]
    private partial void LogAhead(string what, DateTimeOffset noted);
}
