using System.Text;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Zuper;

namespace IntacctSync.Tests.Envelopes;

public sealed class EnvelopeJsonTests
{
    [Theory]
    [InlineData(EnvelopeKind.Record)]
    [InlineData(EnvelopeKind.Poll)]
    [InlineData(EnvelopeKind.Backfill)]
    public void Every_kind_comes_back_as_it_was_with_as_little_as_it_may_hold(EnvelopeKind kind)
    {
        var envelope = new Envelope
        {
            Kind = kind,
            Connection = ConnectionId.Parse("demo"),
            Company = new CompanyId("Acme"),
            Flow = kind == EnvelopeKind.Poll ? null : ZuperFlows.Organizations,
            SourceId = kind == EnvelopeKind.Record ? "1" : null,
            Feed = kind == EnvelopeKind.Poll ? "organizations" : null,
            RunId = kind == EnvelopeKind.Backfill ? "run" : null,
            Bookmark = kind == EnvelopeKind.Backfill ? "page 2" : null,
            EventId = "event",
            FirstSeen = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero).AddTicks(1),
        };
        Assert.Equal(envelope, EnvelopeJson.Read(EnvelopeJson.Write(envelope)));
    }

    [Fact]
    public void What_is_not_known_is_left_out()
    {
        var envelope = new Envelope
        {
            Kind = EnvelopeKind.Poll,
            Connection = ConnectionId.Parse("demo"),
            Company = new CompanyId("a"),
            EventId = "e",
            FirstSeen = default,
        };
        Assert.DoesNotContain("null", Encoding.UTF8.GetString(EnvelopeJson.Write(envelope)), StringComparison.Ordinal);
    }
}
