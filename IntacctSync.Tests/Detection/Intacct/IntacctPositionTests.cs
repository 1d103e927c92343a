using IntacctSync.Core.Detection.Intacct;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Detection.Intacct;

public sealed class IntacctPositionTests
{
    private static readonly DateTimeOffset Made = Some.Now;
    private static readonly TimeSpan LookBack = TimeSpan.FromHours(2);

    [Fact]
    public void The_first_pass_reads_from_when_the_connection_was_made()
    {
        var position = Begin(New(), Made.AddMinutes(15));
        Assert.Equal(Made.AddSeconds(-1), position.After("ITEM", Made));
    }

    [Fact]
    public void Once_an_hour_it_reads_from_two_hours_before_the_last_such_pass()
    {
        var position = Begin(New() with { LookedBackAt = Made.AddHours(9) }, Made.AddHours(10))
            .Reached("ITEM", Made.AddHours(10));
        Assert.Equal(Made.AddHours(7), position.After("ITEM", Made));
        Assert.Equal(Made.AddHours(10), position.LookedBackAt);
    }

    [Fact]
    public void In_between_it_reads_from_where_it_stands()
    {
        var position = Begin(New() with { LookedBackAt = Made.AddHours(9) }, Made.AddHours(9.5))
            .Reached("ITEM", Made.AddHours(9.2));
        Assert.Equal(Made.AddHours(9.2), position.After("ITEM", Made));
    }

    [Fact]
    public void Looking_back_never_moves_the_place_back() =>
        Assert.Equal(
            Made.AddHours(10),
            New().Reached("ITEM", Made.AddHours(10)).Reached("ITEM", Made.AddHours(8)).UpTo["ITEM"]
        );

    [Fact]
    public void What_our_clock_noted_ahead_is_taken_to_be_as_old_as_the_oldest_change_that_was_seen()
    {
        var (now, seen, ahead) = (Made.AddDays(20), Made.AddDays(19), Made.AddDays(21));
        var position = New().Reached("ITEM", seen).Reached("ARPYMT", seen.AddHours(1)) with
        {
            LookedBackAt = ahead,
            Deletions = new DeletionPosition(ahead, ahead),
        };

        var held = position.HeldAgainst(Made, now);

        Assert.Equal((seen, seen), (held.LookedBackAt, held.Deletions!.UpTo));
        Assert.True(held.Deletions.IsDue(now));
        Assert.Equal(seen - LookBack, Begin(held, now).After("ITEM", Made));
        Assert.Equal(held, held.HeldAgainst(Made, now));
    }

    [Fact]
    public void A_pass_that_was_broken_off_is_gone_on_with()
    {
        var under = New() with { Pass = new IntacctFeedPass(1, Made.AddHours(3), null) };
        Assert.Same(under, Begin(under, Made.AddHours(12)));
        Assert.Equal(Made.AddHours(3), under.After("ARPYMT", Made));
    }

    [Fact]
    public void What_has_no_time_of_change_is_read_from_where_the_pass_began_however_far_it_has_come()
    {
        var under = New() with { Pass = new IntacctFeedPass(0, Made.AddHours(3), null, Begun: Made.AddHours(1)) };
        Assert.Equal((Made.AddHours(3), Made.AddHours(1)), (under.After("ITEM", Made), under.MadeAfter("ITEM", Made)));
        Assert.Equal(Made.AddSeconds(-1), Begin(New(), Made).MadeAfter("ITEM", Made));
    }

    [Fact]
    public void The_last_second_is_over_only_when_Intacct_s_clock_is_well_past_it()
    {
        var (read, last) = (Made.AddMinutes(1), Made.AddMinutes(10));
        Assert.Equal(last, IntacctPosition.ReadTo(read, last, Made.AddMinutes(12)));
        Assert.Equal(read, IntacctPosition.ReadTo(read, last, last.AddSeconds(5)));
        Assert.Equal(read, IntacctPosition.ReadTo(read, last, null));
        Assert.Null(IntacctPosition.ReadTo(null, null, Made.AddMinutes(12)));
    }

    [Fact]
    public void A_time_that_lies_ahead_of_Intacct_s_clock_is_not_believed() =>
        Assert.Equal(
            Made.AddMinutes(12),
            IntacctPosition.ReadTo(Made.AddHours(1), Made.AddHours(1), Made.AddMinutes(12))
        );

    [Fact]
    public void Deletions_are_read_in_windows_of_a_day_that_begin_before_the_last_ended()
    {
        var windows = new DeletionPosition(Made.AddDays(3), Made).Windows(Made, Made.AddDays(5)).ToList();
        Assert.Equal(Made.AddDays(3) - DeletionPosition.Trailing, windows[0].From);
        Assert.All(windows.Zip(windows.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
        Assert.True(windows[^1].To > Made.AddDays(5));
        Assert.Equal(3, windows.Count);
    }

    [Fact]
    public void Denied_deletions_are_asked_for_again_after_a_day_and_others_after_an_hour()
    {
        Assert.True(new DeletionPosition(Made, Made).IsDue(Made.AddHours(1)));
        Assert.False(new DeletionPosition(Made, Made).IsDue(Made.AddMinutes(59)));
        Assert.False(new DeletionPosition(Made, Made, Denied: true).IsDue(Made.AddHours(23)));
        Assert.True(new DeletionPosition(Made, Made, Denied: true).IsDue(Made.AddDays(1)));
    }

    private static IntacctPosition New() => new(new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal));

    private static IntacctPosition Begin(IntacctPosition position, DateTimeOffset now) =>
        position.Begin(Made, LookBack, now);
}
