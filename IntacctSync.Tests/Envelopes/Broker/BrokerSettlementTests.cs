using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Envelopes.Broker;
using IntacctSync.Core.Recoverability;

namespace IntacctSync.Tests.Envelopes.Broker;

public sealed class BrokerSettlementTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_is_done_is_completed_and_nothing_is_sent()
    {
        var settlement = BrokerSettlement.Of(
            Settling.Of(BrokerMessagesTests.Record(), new Disposition.Complete(), Noon)
        );

        Assert.Equal(new BrokerSettlement(null, BrokerAction.Complete), settlement);
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public void A_retry_is_sent_scheduled_with_one_attempt_more_before_the_old_message_is_completed(
        bool failed,
        int failures
    )
    {
        var envelope = BrokerMessagesTests.Record(attempt: 3) with { Snapshot = "{}" };

        var settlement = BrokerSettlement.Of(
            Settling.Of(envelope, new Disposition.Retry(TimeSpan.FromMinutes(5), failed), Noon)
        );

        Assert.Equal(BrokerAction.Complete, settlement.Action);
        Assert.Equal(Noon.AddMinutes(5), settlement.Send!.ScheduledEnqueueTime);
        var next = BrokerMessages.TryRead(settlement.Send.Body)!;
        Assert.Equal((4, failures, envelope.FirstSeen), (next.Attempt, next.Failures, next.FirstSeen));
        Assert.Null(next.Snapshot);
        Assert.EndsWith(":4", settlement.Send.MessageId, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_given_up_is_dead_lettered_with_its_reason_cut_to_what_the_broker_takes()
    {
        var settlement = BrokerSettlement.Of(new Settlement.DeadLetter("unexpected", new string('x', 5000)));

        Assert.Equal((BrokerAction.DeadLetter, "unexpected"), (settlement.Action, settlement.Reason));
        Assert.Equal(4096, settlement.Description!.Length);
        Assert.Null(settlement.Send);
    }

    [Fact]
    public void What_has_no_outcome_is_given_back() =>
        Assert.Equal(
            new BrokerSettlement(null, BrokerAction.Abandon),
            BrokerSettlement.Of(Settling.Of(BrokerMessagesTests.Record(), null, Noon))
        );

    [Fact]
    public void A_message_that_is_no_envelope_is_dead_lettered_and_named()
    {
        var settlement = BrokerSettlement.OfUnreadable("m-7", new Dictionary<string, object>());

        Assert.Equal((BrokerAction.DeadLetter, BrokerSettlement.Unreadable), (settlement.Action, settlement.Reason));
        Assert.Contains("m-7", settlement.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_that_only_tried_the_queue_is_done_where_it_could_not_be_taken_back()
    {
        var probe = BrokerMessages.ProbeOf("7", Noon);

        Assert.Null(BrokerMessages.TryRead(probe.Body));
        Assert.Equal(
            new BrokerSettlement(null, BrokerAction.Complete),
            BrokerSettlement.OfUnreadable(probe.MessageId, probe.Properties)
        );
    }
}
