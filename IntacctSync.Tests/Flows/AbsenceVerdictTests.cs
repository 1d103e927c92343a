using IntacctSync.Core.Flows;

namespace IntacctSync.Tests.Flows;

public sealed class AbsenceVerdictTests
{
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
    ) => Assert.Equal(expected, Told(AbsenceVerdict.For(true, TimeSpan.FromSeconds(seconds), others)));

    [Theory]
    [InlineData(0, "again in 10")]
    [InlineData(60, "again in 60")]
    [InlineData(3599, "again in 900")]
    [InlineData(3600, "deleted")]
    public void A_record_that_was_never_synced_is_waited_for_an_hour(int seconds, string expected)
    {
        Assert.Equal(expected, Told(AbsenceVerdict.For(false, TimeSpan.FromSeconds(seconds), false)));
        Assert.Equal(expected, Told(AbsenceVerdict.For(false, TimeSpan.FromSeconds(seconds), true)));
    }

    private static string Told(AbsenceVerdict verdict) =>
        verdict switch
        {
            AbsenceVerdict.LookAgain again => $"again in {again.After.TotalSeconds}",
            AbsenceVerdict.Ask => "ask",
            _ => "deleted",
        };
}
