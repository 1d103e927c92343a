using IntacctSync.Core.Review;

namespace IntacctSync.Tests.Review;

public sealed class LimitPatienceTests
{
    private readonly LimitPatience _patience = new((_, _) => Task.CompletedTask);

    [Fact]
    public void It_waits_as_long_as_it_is_asked_and_half_a_minute_where_no_time_is_said()
    {
        Assert.Equal(TimeSpan.FromSeconds(90), _patience.Next(TimeSpan.FromSeconds(90)));
        Assert.Equal(TimeSpan.FromSeconds(30), _patience.Next(null));
        Assert.Equal(TimeSpan.FromSeconds(1), _patience.Next(TimeSpan.Zero));
    }

    [Fact]
    public void It_ends_before_it_would_wait_longer_than_the_longest_in_all()
    {
        Assert.NotNull(_patience.Next(LimitPatience.Longest - TimeSpan.FromMinutes(1)));
        Assert.NotNull(_patience.Next(TimeSpan.FromMinutes(1)));
        Assert.Null(_patience.Next(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Once_it_is_over_a_shorter_wait_is_none_either_until_something_goes_through()
    {
        Assert.Null(_patience.Next(LimitPatience.Longest + TimeSpan.FromSeconds(1)));
        Assert.Null(_patience.Next(TimeSpan.FromSeconds(1)));
        _patience.WentOn();
        Assert.Equal(TimeSpan.FromSeconds(1), _patience.Next(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void What_went_through_has_the_waiting_begin_anew()
    {
        Assert.NotNull(_patience.Next(LimitPatience.Longest));
        _patience.WentOn();
        Assert.Equal(LimitPatience.Longest, _patience.Next(LimitPatience.Longest));
    }
}
