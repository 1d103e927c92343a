using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Recoverability;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Recoverability;

public sealed class SettlingTests
{
    private static readonly Envelope Envelope = Some.Envelope() with { Attempt = 3, Failures = 2, Snapshot = "{}" };

    [Fact]
    public void What_is_done_or_waits_for_a_person_leaves_the_queue()
    {
        Assert.IsType<Settlement.Complete>(Settling.Of(Envelope, new Disposition.Complete(), Some.Now));
        Assert.IsType<Settlement.Complete>(
            Settling.Of(Envelope, new Disposition.NeedsAction(Some.Problem()), Some.Now)
        );
    }

    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 2)]
    public void A_retry_comes_again_as_the_next_attempt_without_the_snapshot(bool failed, int failures)
    {
        var again = Assert.IsType<Settlement.Again>(
            Settling.Of(Envelope, new Disposition.Retry(TimeSpan.FromSeconds(9), failed), Some.Now)
        );
        Assert.Equal(Some.Now.AddSeconds(9), again.NotBefore);
        Assert.Equal(Envelope with { Attempt = 4, Failures = failures, Snapshot = null }, again.Next);
        Assert.NotEqual(Envelope.MessageId, again.Next.MessageId);
    }

    [Fact]
    public void What_is_given_up_goes_out_of_the_way_with_its_reason() =>
        Assert.Equal(
            new Settlement.DeadLetter("some-cause", "Something is wrong."),
            Settling.Of(Envelope, new Disposition.DeadLetter(Some.Problem()), Some.Now)
        );

    [Fact]
    public void What_was_broken_off_is_given_back() =>
        Assert.IsType<Settlement.Abandon>(Settling.Of(Envelope, null, Some.Now));
}
