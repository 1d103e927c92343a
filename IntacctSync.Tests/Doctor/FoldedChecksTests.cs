using IntacctSync.Core.Apps.Checks;
using IntacctSync.Core.Doctor;

namespace IntacctSync.Tests.Doctor;

public sealed class FoldedChecksTests
{
    [Fact]
    public void Checks_that_were_not_made_for_one_reason_are_one_line()
    {
        DoctorCheck NotMade(string name, string why) => new(name, CheckStatus.Skipped, $"Not made: {why}.");
        var folded = FoldedChecks.Of([
            new DoctorCheck("zuper-key", CheckStatus.Passed, "Accepted."),
            NotMade("one", "intacct-login did not pass"),
            NotMade("two", "intacct-login did not pass"),
            NotMade("three", "there was no time left"),
            NotMade("four", "Zuper takes no calls") with
            {
                Fix = "Try again in a few minutes.",
            },
            NotMade("five", "Zuper takes no calls") with
            {
                Fix = "Try again in a few minutes.",
            },
        ]);
        Assert.Equal(["zuper-key", "2 others", "three", "2 others"], folded.Select(c => c.Name));
        Assert.Equal("Not made: intacct-login did not pass.", folded[1].Detail);
        Assert.Equal("Try again in a few minutes.", folded[3].Fix);
    }
}
