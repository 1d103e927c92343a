using IntacctSync.Core.Flows;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Flows;

public sealed class AbsenceVerdictTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 15, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, true, "again in 300")]
    [InlineData(299, true, "again in 1")]
    [InlineData(300, true, "deleted")]
    [InlineData(86400, true, "deleted")]
    [InlineData(300, false, "again in 300")]
    [InlineData(1800, false, "again in 900")]
    [InlineData(3600, false, "ask")]
    public void A_record_with_a_counterpart_is_deleted_only_after_two_looks_of_which_the_second_shows_others(
        int seconds,
        bool others,
        string expected
    )
    {
        foreach (var wanted in new[] { true, false })
            Assert.Equal(
                expected,
                Told(AbsenceVerdict.For(linked: true, wanted, TimeSpan.FromSeconds(seconds), others))
            );
    }

    [Theory]
    [InlineData(0, false, true, "again in 10")]
    [InlineData(60, false, true, "again in 60")]
    [InlineData(3599, false, true, "again in 900")]
    [InlineData(3600, false, true, "left out")]
    [InlineData(3600, false, false, "ask")]
    [InlineData(3599, true, true, "again in 900")]
    [InlineData(3600, true, true, "ask")]
    [InlineData(3600, true, false, "ask")]
    public void A_record_that_was_never_synced_is_left_out_only_if_others_are_shown_and_nobody_wants_it(
        int seconds,
        bool wanted,
        bool others,
        string expected
    ) => Assert.Equal(expected, Told(AbsenceVerdict.For(linked: false, wanted, TimeSpan.FromSeconds(seconds), others)));

    [Theory]
    [InlineData(null, null, 0)]
    [InlineData(300, 300, 300)]
    [InlineData(3600, 900, 3600)]
    [InlineData(86400, 86400, 0)]
    [InlineData(90000, 86400, 0)]
    [InlineData(-60, -60, 0)]
    [InlineData(300, -60, 0)]
    [InlineData(300, null, 0)]
    public void How_long_something_is_missing_is_known_only_where_nobody_stopped_looking_and_no_clock_was_set(
        int? sinceSeconds,
        int? lookedAtSeconds,
        int expected
    ) =>
        Assert.Equal(
            TimeSpan.FromSeconds(expected),
            Now - AbsenceVerdict.Since(Before(sinceSeconds), Before(lookedAtSeconds), Now)
        );

    [Fact]
    public void Rows_that_differ_only_in_what_is_missing_are_told_apart()
    {
        var entry = Some.Entry();
        Assert.True(AbsenceVerdict.IsNotedAlike(entry, entry));
        Assert.False(AbsenceVerdict.IsNotedAlike(entry, entry with { MissingSince = Now }));
        Assert.False(AbsenceVerdict.IsNotedAlike(entry, entry with { MissedAt = Now }));
        Assert.False(AbsenceVerdict.IsNotedAlike(entry, entry with { TargetMissingSince = Now }));
        Assert.False(AbsenceVerdict.IsNotedAlike(entry, entry with { TargetMissedAt = Now }));
        Assert.False(AbsenceVerdict.IsNotedAlike(entry, entry with { EventIds = ["e-1"] }));
    }

    private static DateTimeOffset? Before(int? seconds) => seconds is { } s ? Now - TimeSpan.FromSeconds(s) : null;

    private static string Told(AbsenceVerdict verdict) =>
        verdict switch
        {
            AbsenceVerdict.LookAgain again => $"again in {again.After.TotalSeconds}",
            AbsenceVerdict.Ask => "ask",
            AbsenceVerdict.Skip => "left out",
            _ => "deleted",
        };
}
