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

        var back = Assert.IsType<LetterVerdict.PutBack>(Of(EnvelopeJson.Write(envelope), reason));

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

        var bury = Assert.IsType<LetterVerdict.GiveUp>(Of(EnvelopeJson.Write(envelope), LetterVerdict.TooOften));

        Assert.Equal(envelope, bury.Envelope);
    }

    [Fact]
    public void What_the_pipeline_dead_lettered_has_its_record_dead_already() =>
        Assert.IsType<LetterVerdict.Done>(Of(EnvelopeJson.Write(BrokerMessagesTests.Record()), "unexpected"));

    [Theory]
    [InlineData("organizations/1e0d")]
    [InlineData("poll organizations")]
    [InlineData("backfill organizations")]
    public void What_cannot_be_read_is_told_of_to_the_connection_that_its_sender_named(string subject)
    {
        var tell = Assert.IsType<LetterVerdict.Report>(
            LetterVerdict.Of(
                "no"u8,
                BrokerSettlement.Unreadable,
                "m-9",
                subject,
                new Dictionary<string, object>(StringComparer.Ordinal) { ["connection"] = "demo" }
            )
        );

        Assert.Contains("m-9", tell.Description, StringComparison.Ordinal);
        Assert.Equal(("demo", "organizations"), (tell.Connection?.Value, tell.Feed));
    }

    [Fact]
    public void A_strangers_message_concerns_no_connection() =>
        Assert.Null(Assert.IsType<LetterVerdict.Report>(Of([], null)).Connection);

    private static LetterVerdict Of(byte[] body, string? reason) =>
        LetterVerdict.Of(body, reason, "m-1", null, new Dictionary<string, object>(StringComparer.Ordinal));
}
