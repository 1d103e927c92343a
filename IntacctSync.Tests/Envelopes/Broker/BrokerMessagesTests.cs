using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Envelopes.Broker;
using IntacctSync.Core.Zuper;

namespace IntacctSync.Tests.Envelopes.Broker;

public sealed class BrokerMessagesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    internal static Envelope Record(string company = "Acme", string eventId = "e-1", int attempt = 2) =>
        new()
        {
            Kind = EnvelopeKind.Record,
            Connection = ConnectionId.Parse("demo"),
            Company = new CompanyId(company),
            Flow = ZuperFlows.Invoices,
            SourceId = "d6b0",
            EventId = eventId,
            Attempt = attempt,
            Failures = 1,
            FirstSeen = Noon,
            TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        };

    [Fact]
    public void The_session_is_the_company_whatever_its_case()
    {
        Assert.Equal(
            BrokerMessages.Of(new OutgoingEnvelope(Record("ACME"))).SessionId,
            BrokerMessages.Of(new OutgoingEnvelope(Record("acme"))).SessionId
        );
    }

    [Fact]
    public void A_retry_is_never_taken_for_a_duplicate_and_a_repeated_event_always_is()
    {
        var first = BrokerMessages.Of(new OutgoingEnvelope(Record(attempt: 0))).MessageId;

        Assert.Equal(
            first,
            BrokerMessages
                .Of(new OutgoingEnvelope(Record(attempt: 0) with { FirstSeen = Noon.AddSeconds(5) }))
                .MessageId
        );
        Assert.NotEqual(first, BrokerMessages.Of(new OutgoingEnvelope(Record(attempt: 1))).MessageId);
    }

    [Fact]
    public void Ids_that_are_too_long_for_the_broker_are_hashed_and_stay_apart()
    {
        var one = BrokerMessages.Of(new OutgoingEnvelope(Record(new string('a', 150), new string('e', 200) + "1")));
        var two = BrokerMessages.Of(new OutgoingEnvelope(Record(new string('a', 151), new string('e', 200) + "2")));

        Assert.All(
            new[] { one.MessageId, one.SessionId, two.MessageId, two.SessionId },
            id => Assert.InRange(id.Length, 1, 128)
        );
        Assert.NotEqual(one.MessageId, two.MessageId);
        Assert.NotEqual(one.SessionId, two.SessionId);
    }

    [Fact]
    public void What_is_sent_is_what_is_read()
    {
        var message = BrokerMessages.Of(new OutgoingEnvelope(Record(), Noon.AddMinutes(10)));

        Assert.Equal(Record(), BrokerMessages.TryRead(message.Body));
        Assert.Equal(Noon.AddMinutes(10), message.ScheduledEnqueueTime);
        Assert.Equal("invoices/d6b0", message.Subject);
        Assert.Equal("demo", message.Properties["connection"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"kind":"record"}""")]
    [InlineData("<request/>")]
    [InlineData("""{"kind":"record","connection":"demo","company":"acme","eventId":"e","firstSeen":"2026-03-02"}""")]
    [InlineData("""{"kind":"poll","connection":"demo","company":"acme","eventId":"e","firstSeen":"2026-03-02"}""")]
    [InlineData("""{"kind":"backfill","connection":"demo","company":"acme","eventId":"e","firstSeen":"2026-03-02"}""")]
    [InlineData("""{"kind":7,"connection":"demo","company":"acme","eventId":"e","firstSeen":"2026-03-02"}""")]
    [InlineData("""{"kind":"sometime","connection":"demo","company":"acme","eventId":"e","firstSeen":"2026-03-02"}""")]
    [InlineData(
        """{"kind":"poll","feed":"x","connection":"demo","company":"","eventId":"e","firstSeen":"2026-03-02"}"""
    )]
    [InlineData("""{"kind":"poll","feed":"x","connection":1,"company":2,"eventId":"e","firstSeen":"2026-03-02"}""")]
    public void What_is_no_envelope_is_not_read(string body) =>
        Assert.Null(BrokerMessages.TryRead(System.Text.Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void The_largest_envelope_fits_into_a_message_of_the_standard_tier()
    {
        var message = BrokerMessages.Of(
            new OutgoingEnvelope(
                Record() with
                {
                    Snapshot = new string('ä', 16 * 1024),
                    SourceId = new string('x', 400),
                }
            )
        );

        Assert.InRange(message.Body.Length, 1, 200 * 1024);
    }
}
