using System.Text.RegularExpressions;
using IntacctSync.Core.Apps.Checks;
using IntacctSync.Core.Doctor;

namespace IntacctSync.Tests.Doctor;

/// <summary>A clock that is wrong for good is told by the doctor, which holds it against Intacct's.</summary>
public sealed partial class ClockCheckTests : DoctorTest
{
    [Theory]
    [InlineData("2026-03-01T22:00:00-08:00", "ahead")]
    [InlineData("2027-03-02T09:00:00+00:00", "behind")]
    public async Task A_clock_that_is_wrong_fails_with_both_times_and_what_to_do(string theirs, string how)
    {
        await ConnectOneFlowAsync();
        Wire.Change = (_, answer) => Stamp().Replace(answer, $"<sessiontimestamp>{theirs}<");
        var failed = await FailedAsync();
        Says(failed, "machine-clock", $"it is {how}.", "time server");
        Assert.Contains("says 2026-03-02 ", failed.Detail, StringComparison.Ordinal);
        Assert.Contains(
            $"Intacct's {DateTimeOffset.Parse(theirs, null).UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC",
            failed.Detail,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Where_Intacct_says_no_time_nothing_is_held_against_the_connection()
    {
        await ConnectOneFlowAsync();
        Wire.Change = (_, answer) => Stamp().Replace(answer, "<sessiontimestamp><");
        Assert.Equal(CheckStatus.Skipped, (await WellAsync("machine-clock")).Status);
    }

    [Theory]
    [InlineData(-121, false)]
    [InlineData(-120, true)]
    [InlineData(120, true)]
    [InlineData(121, false)]
    public void Two_minutes_are_let_pass(int seconds, bool passes)
    {
        var at = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
        if (passes)
            Assert.Equal(CheckStatus.Passed, ClockCheck.Look(at, at.AddSeconds(seconds)).Status);
        else
            Assert.Throws<CheckFailedException>(() => ClockCheck.Look(at, at.AddSeconds(seconds)));
    }

    [GeneratedRegex("<sessiontimestamp>[^<]*<", RegexOptions.None, 1000)]
    private static partial Regex Stamp();
}
