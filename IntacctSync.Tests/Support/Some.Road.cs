using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Tests.Support;

public static partial class Some
{
    public static readonly ConnectionId ConnectionId = ConnectionId.Parse("harbor");

    /// <summary>When the tests' clock begins.</summary>
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public static ZuperConnectionSettings Settings() =>
        new()
        {
            Intacct = new IntacctSettings
            {
                SenderId = "harbor_ws",
                CompanyId = "Harbor-Dental",
                UserId = "api_user",
            },
            Zuper = new ZuperSettings { ApiUrl = "https://us-west-1c.zuperpro.com" },
        };

    public static SyncKey Key(string sourceId) => new(ConnectionId, ZuperFlows.Organizations, sourceId);

    public static KeyMapEntry Entry(string sourceId = "org-1") => new() { Key = Key(sourceId) };

    /// <summary>Why a connection stands still.</summary>
    public static Problem SignInRefused { get; } =
        new("intacct-login-rejected", "Intacct refuses the user.", "Enter its password.");

    public static Problem Problem(string code = "some-cause") => new(code, "Something is wrong.", "Mend it.");

    public static Envelope Envelope(string sourceId = "org-1", string? eventId = null) =>
        new()
        {
            Kind = EnvelopeKind.Record,
            Connection = ConnectionId,
            Company = new CompanyId("Harbor-Dental"),
            Flow = ZuperFlows.Organizations,
            SourceId = sourceId,
            EventId = eventId ?? $"event-{sourceId}",
            FirstSeen = Now,
        };

    public static ReceivedEnvelope Received(Envelope envelope, int deliveryCount = 1) =>
        new(envelope, deliveryCount, $"handle-{envelope.MessageId}");

    public static ReceivedEnvelope Received(string sourceId) => Received(Envelope(sourceId));

    public static ZuperOrganization Organization(string? name = "Harbor Dental Group") =>
        new()
        {
            Uid = Uid(1),
            Name = name,
            Email = "ap@harbordental.example",
            BillingAddress = new ZuperAddress
            {
                Street = "12 Pier Rd",
                City = "Austin",
                State = "TX",
                Country = "USA",
                ZipCode = "78701",
                PhoneNumber = "+1 512 555 0100",
            },
            CustomFieldsKnown = true,
            UpdatedAt = Now,
        };
}
