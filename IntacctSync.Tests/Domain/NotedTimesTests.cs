using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Notifications;
using IntacctSync.Core.Secrets;
using IntacctSync.Core.Secrets.KeyVault;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Domain;

/// <summary>
/// A clock that was a day ahead and is right again: nothing that was noted meanwhile holds anything up.
/// </summary>
public sealed class NotedTimesTests
{
    private static readonly DateTimeOffset Now = Some.Now;
    private static readonly DateTimeOffset Tomorrow = Now.AddDays(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly Problem Refused = new("intacct-refused", "It was refused.", "Mend it.");

    [Theory]
    [InlineData(-3600, false)]
    [InlineData(-3599, true)]
    [InlineData(0, true)]
    [InlineData(60, true)]
    [InlineData(61, false)]
    public void What_happened_within_a_span_lies_neither_before_it_nor_further_ahead_than_clocks_differ(
        int seconds,
        bool within
    ) => Assert.Equal(within, NotedTimes.IsWithin(Hour, Now.AddSeconds(seconds), Now));

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(3600 + 60, true)]
    [InlineData(3600 + 61, false)]
    public void A_wait_lasts_no_longer_than_the_longest_that_it_can_be(int seconds, bool lasts) =>
        Assert.Equal(lasts, NotedTimes.Lasts(Now.AddSeconds(seconds), Hour, Now));

    [Fact]
    public void A_probe_of_a_stopped_connection_is_due_when_it_lies_further_ahead_than_its_pause()
    {
        var stop = ConnectionStop.First("intacct", Refused, Now);
        Assert.Same(stop, stop.HeldAgainst(Now));
        var later = stop.After(Refused, Now).After(Refused, Now).After(Refused, Now);
        Assert.Equal(Now + Hour, later.HeldAgainst(Now).NextProbeAt);
        Assert.Equal(Now, ConnectionStop.First("intacct", Refused, Tomorrow).HeldAgainst(Now).NextProbeAt);
        Assert.Equal(Now, later.HeldAgainst(Now.AddMinutes(-2)).NextProbeAt.AddMinutes(2));
    }

    [Fact]
    public void A_connection_that_was_made_tomorrow_was_made_now_and_owes_from_its_beginning()
    {
        var connection = new Connection
        {
            Id = Some.ConnectionId,
            Settings = Some.Settings(),
            CreatedAt = Now.AddDays(-30),
            DeactivatedAt = Tomorrow,
            ShadowSince = Tomorrow,
        };
        var held = connection.HeldAgainst(Now);
        Assert.Equal((Now.AddDays(-30), Now, Now.AddDays(-30)), (held.CreatedAt, held.DeactivatedAt, held.ShadowSince));
        Assert.Equal(Now, (connection with { CreatedAt = Tomorrow }).HeldAgainst(Now).CreatedAt);
        Assert.Same(held, held.HeldAgainst(Now));
    }

    [Fact]
    public void E_mails_wait_for_no_claim_pause_or_digest_of_tomorrow()
    {
        Assert.False(new MailState(ClaimedUntil: Now.AddMinutes(5)).MayBeTaken(Now));
        Assert.True(new MailState(ClaimedUntil: Tomorrow).MayBeTaken(Now));
        Assert.True(new MailState().NotSent(Tomorrow, "The server is down.").MayBeTaken(Now));
        var cause = new Cause("invoices", "location-unknown");
        var book = new ConnectionNotices(
            new MailState(DigestAt: Tomorrow),
            [new Notice(cause, "i-1", Now)],
            new Dictionary<Cause, DateTimeOffset> { [cause] = Tomorrow }
        );
        Assert.Single(DigestPlan.Of(book, Now).Due);
        Assert.Equal(Now, DigestPlan.Of(book, Now).DigestAt);
    }

    [Fact]
    public void A_secret_that_was_read_tomorrow_is_read_again()
    {
        var clock = new TestClock(Tomorrow);
        var held = new HeldSecrets(TimeSpan.FromMinutes(15), clock);
        var name = new SecretName(Some.ConnectionId, "intacct.userPassword");
        held.Hold(name, "canary", held.State);
        Assert.NotNull(held.Find(name));
        clock.SetBy(TimeSpan.FromDays(-1));
        Assert.Null(held.Find(name));
    }

    [Fact]
    public void The_log_says_once_what_lies_ahead()
    {
        var logger = new CollectingLogger<NotedTimes>();
        var noted = new NotedTimes(new TestClock(Now), logger);
        Assert.False(noted.TellAhead("the last sweep", Now));
        Assert.True(noted.TellAhead("the last sweep", Tomorrow));
        Assert.Contains(
            "set back: the time of the last sweep",
            Assert.Single(logger.Lines).Text,
            StringComparison.Ordinal
        );
    }
}
