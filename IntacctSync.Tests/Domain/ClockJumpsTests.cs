using IntacctSync.Core.Domain;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Domain;

public sealed class ClockJumpsTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly TestClock _clock = new();
    private readonly ClockJumps _jumps;

    public ClockJumpsTests() => _jumps = ClockJumps.Of(_clock);

    [Fact]
    public void The_time_that_passes_counts_and_a_setting_ahead_does_not()
    {
        var noted = _clock.GetUtcNow();
        _clock.Advance(3 * Minute);
        _clock.SetBy(Day);
        Assert.Equal(3 * Minute, _jumps.Passed(noted));
        _clock.Advance(2 * Minute);
        Assert.Equal(5 * Minute, _jumps.Passed(noted));
        Assert.Equal(2 * Minute, _jumps.Passed(_clock.GetUtcNow() - (2 * Minute)));
    }

    [Fact]
    public void A_clock_that_goes_ahead_and_comes_back_changes_nothing()
    {
        var noted = _clock.GetUtcNow();
        _clock.SetBy(Day);
        _clock.Advance(Minute);
        Assert.Equal(Minute, _jumps.Passed(noted));
        var ahead = _clock.GetUtcNow();
        _clock.Advance(2 * Minute);
        _clock.SetBy(-Day);
        _clock.Advance(Minute);
        Assert.Equal(4 * Minute, _jumps.Passed(noted));
        Assert.Equal(3 * Minute, _jumps.Passed(ahead));
        Assert.Equal(TimeSpan.Zero, _jumps.Passed(_clock.GetUtcNow()));
    }

    [Fact]
    public void What_is_noted_after_the_clock_was_set_back_is_not_older_than_it_is()
    {
        _clock.SetBy(-Day);
        var noted = _clock.GetUtcNow();
        Assert.Equal(TimeSpan.Zero, _jumps.Passed(noted));
        _clock.Advance(5 * Minute);
        Assert.Equal(5 * Minute, _jumps.Passed(noted));
    }

    [Fact]
    public void What_a_former_process_noted_is_as_old_as_the_clock_says()
    {
        Assert.Equal(Day, _jumps.Passed(_clock.GetUtcNow() - Day));
        Assert.Equal(-Day, _jumps.Passed(_clock.GetUtcNow() + Day));
    }
}
