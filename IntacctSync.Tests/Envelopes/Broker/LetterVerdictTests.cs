using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Envelopes.Broker;

namespace IntacctSync.Tests.Envelopes.Broker;

public sealed class LetterVerdictTests
{
    [Theory]
    [InlineData("MaxDeliveryCountExceeded")]
    [InlineData("TTLExpiredException")]
    [InlineData(null)]
    public void What_the_broker_gave_up_is_put_back_once_marked_and_under_a_new_message_id(string? reason)
    {
        var envelope = BrokerMessagesTests.Record(attempt: 1) with { Snapshot = "{}" };

        var back = Assert.IsType<LetterVerdict.PutBack>(LetterVerdict.Of(EnvelopeJson.Write(envelope), reason, "m-1"));

        var next = BrokerMessages.TryRead(back.Message.Body)!;
        Assert.True(next.Revived);
        Assert.Equal(2, next.Attempt);
        Assert.Null(next.Snapshot);
        Assert.NotEqual(envelope.MessageId, back.Message.MessageId);
    }

    [Fact]
    public void What_was_put_back_and_is_given_up_again_is_buried()
    {
        var envelope = BrokerMessagesTests.Record() with { Revived = true };

        var bury = Assert.IsType<LetterVerdict.GiveUp>(
            LetterVerdict.Of(EnvelopeJson.Write(envelope), LetterVerdict.TooOften, "m-1")
        );

        Assert.Equal(envelope, bury.Envelope);
    }

    [Fact]
    public void What_the_pipeline_dead_lettered_has_its_record_dead_already() =>
        Assert.IsType<LetterVerdict.Done>(
            LetterVerdict.Of(EnvelopeJson.Write(BrokerMessagesTests.Record()), "unexpected", "m-1")
        );

    [Fact]
    public void What_cannot_be_read_is_told_of()
    {
        var tell = Assert.IsType<LetterVerdict.Report>(LetterVerdict.Of("no"u8, BrokerSettlement.Unreadable, "m-9"));

        Assert.Contains("m-9", tell.Description, StringComparison.Ordinal);
    }
}
