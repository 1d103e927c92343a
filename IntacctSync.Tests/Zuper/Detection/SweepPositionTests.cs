using IntacctSync.Core.Zuper.Detection;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Zuper.Detection;

public sealed class SweepPositionTests
{
    private static readonly DateTimeOffset Made = Some.Now;
    private static readonly DateTimeOffset Now = Made.AddDays(30);
    private static readonly DateTimeOffset Tomorrow = Now.AddDays(1);

    [Fact]
    public void A_place_that_is_not_ahead_is_left_as_it_is()
    {
        var position = new SweepPosition(Now.AddMinutes(-15), Now.AddMinutes(-50), Now, new ListPosition(Made, 3));
        Assert.Equal(position, position.HeldAgainst(Made, Now));
    }

    [Fact]
    public void A_place_ahead_is_read_again_from_the_beginning_of_the_connection() =>
        Assert.Equal(new SweepPosition(Made), new SweepPosition(Tomorrow, Tomorrow).HeldAgainst(Made, Now));

    [Fact]
    public void A_sweep_that_began_ahead_is_begun_anew_from_where_the_one_before_ended()
    {
        var position = new SweepPosition(Now.AddMinutes(-15), Tomorrow, Tomorrow, new ListPosition(Made, 3));
        Assert.Equal(new SweepPosition(Now.AddMinutes(-15)), position.HeldAgainst(Made, Now));
    }
}
