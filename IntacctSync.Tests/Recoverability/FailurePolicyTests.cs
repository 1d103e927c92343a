using IntacctSync.Core.Domain;
using IntacctSync.Core.Recoverability;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Recoverability;

public sealed class FailurePolicyTests
{
    /// <summary>
    /// Failed before, hours since first seen, jitter: what becomes of it, and after how many seconds.
    /// </summary>
    public static TheoryData<FailureClass, int, double, double, string, double> Table =>
        new()
        {
            { FailureClass.Transient, 0, 0, 0, "failed", 1 },
            { FailureClass.Transient, 0, 0, 1, "failed", 6 },
            { FailureClass.Transient, 1, 0, 1, "failed", 31 },
            { FailureClass.Transient, 2, 0, 0.5, "failed", 61 },
            { FailureClass.Transient, 3, 0, 1, "failed", 601 },
            { FailureClass.Transient, 4, 0, 1, "failed", 3601 },
            { FailureClass.Transient, 1000, 71.9, 1, "failed", 3601 },
            { FailureClass.Transient, 7, 72, 0, "dead", 0 },
            { FailureClass.Transient, 0, 72, 0, "failed", 1 },
            { FailureClass.Throttled, 1000, 1000, 0, "put off", 5 },
            { FailureClass.Throttled, 0, 0, 1, "put off", 10 },
            { FailureClass.InDoubt, 1000, 1000, 1, "put off", 60 },
            { FailureClass.Authentication, 1000, 1000, 1, "put off", 60 },
            { FailureClass.Data, 0, 0, 0, "needs action", 0 },
            { FailureClass.Data, 1000, 1000, 1, "needs action", 0 },
            { FailureClass.Unknown, 0, 1000, 0, "failed", 1 },
            { FailureClass.Unknown, 3, 0, 1, "failed", 601 },
            { FailureClass.Unknown, 4, 0, 1, "dead", 0 },
        };

    [Theory]
    [MemberData(nameof(Table))]
    public void Each_class_has_its_own_way(
        FailureClass failureClass,
        int failures,
        double hours,
        double jitter,
        string expected,
        double seconds
    )
    {
        var decided = FailurePolicy.Decide(
            new Failure(failureClass, Some.Problem()),
            failures,
            Some.Now,
            Some.Now.AddHours(hours),
            jitter
        );
        var (what, after) = decided switch
        {
            Disposition.Retry retry => (retry.Failed ? "failed" : "put off", retry.After),
            Disposition.NeedsAction => ("needs action", TimeSpan.Zero),
            Disposition.DeadLetter => ("dead", TimeSpan.Zero),
            _ => ("complete", TimeSpan.Zero),
        };
        Assert.Equal((expected, TimeSpan.FromSeconds(seconds)), (what, after));
    }

    [Fact]
    public void Every_class_is_in_the_table() =>
        Assert.Equal(
            Enum.GetValues<FailureClass>().Order(),
            Table.Select(row => (FailureClass)row[0]).Distinct().Order()
        );

    [Theory]
    [InlineData(FailureClass.Transient, 90, 90)]
    [InlineData(FailureClass.Transient, 2, 6)]
    [InlineData(FailureClass.Throttled, 2, 2)]
    [InlineData(FailureClass.InDoubt, 900, 900)]
    [InlineData(FailureClass.Authentication, 30, 30)]
    public void What_the_other_side_asks_for_is_waited(FailureClass failureClass, int asked, int waited)
    {
        var failure = new Failure(failureClass, Some.Problem(), TimeSpan.FromSeconds(asked));
        var retry = Assert.IsType<Disposition.Retry>(FailurePolicy.Decide(failure, 0, Some.Now, Some.Now, 1));
        Assert.Equal(TimeSpan.FromSeconds(waited), retry.After);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void A_refusal_that_may_pass_needs_a_person_only_after_several_looks(int failures, bool again)
    {
        var failure = new Failure(FailureClass.Data, Some.Problem()) { MayPass = true };
        var decided = FailurePolicy.Decide(failure, failures, Some.Now, Some.Now, 1);
        Assert.Equal(again, decided is Disposition.Retry { Failed: true });
        Assert.Equal(!again, decided is Disposition.NeedsAction);
    }

    [Fact]
    public void What_is_given_up_says_after_how_many_tries_and_that_it_can_be_retried()
    {
        var dead = Assert.IsType<Disposition.DeadLetter>(
            FailurePolicy.Decide(
                new Failure(FailureClass.Transient, Some.Problem()),
                80,
                Some.Now,
                Some.Now.AddHours(72.25),
                0
            )
        );
        Assert.Equal("Something is wrong. Given up after 81 tries in 72.3 hours.", dead.Problem.Message);
        Assert.Equal("Mend it. Then retry the record.", dead.Problem.Fix);
        Assert.Equal("some-cause", dead.Problem.Code);
    }
}
