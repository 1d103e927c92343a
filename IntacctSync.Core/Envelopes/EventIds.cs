using System.Globalization;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Envelopes;

/// <summary>
/// Names the event that an envelope tells of, a method for each cause. The same cause always has the same id, so that
/// it is handled once; rows and queues hold these ids, so a new version must make the same ones. Pure.
/// </summary>
/// <remarks>
/// Whether a webhook is named by its sender or by its body: <c>Detection/Webhooks/WebhookEventId.cs</c>.
/// </remarks>
public static class EventIds
{
    private const int HashLength = 26;
    private const int WebhookHashLength = 40;

    private const string PollPrefix = "poll:";
    private const string PersonPrefix = "person-";
    private const string CausePrefix = "cause-";
    private const string ListPrefix = "sweep-";
    private const string ContentPrefix = "feed-";
    private const string DeletionPrefix = "gone-";
    private const string BackfillPrefix = "bf-";
    private const string SincePrefix = "bs-";
    private const string ParentPrefix = "parent-";
    private const string EndedPrefix = "freed-";
    private const string MadeFromPrefix = "own-";
    private const string ReversedPrefix = "reversed-";
    private const string LinkedPrefix = "linked-";
    private const string ShownPrefix = "shown-";
    private const string RoomPrefix = "room-";
    private const string PdfPrefix = "pdf-";
    private const string ShadowPrefix = "shadow-";
    private const string WebhookIdPrefix = "wid-";
    private const string WebhookBodyPrefix = "body-";

    /// <summary>A timer's tick: a feed is due.</summary>
    public static string Tick(ConnectionId connection, FlowName feed, DateTimeOffset tick) =>
        string.Create(CultureInfo.InvariantCulture, $"{PollPrefix}{connection}:{feed}:{tick.ToUnixTimeSeconds()}");

    /// <summary>A person wants a feed to be read.</summary>
    public static string PollAsked(ConnectionId connection, FlowName feed, IIdSource ids) =>
        $"{PollPrefix}{connection}:{feed}:{ids.NewId()}";

    /// <summary>
    /// A webhook has come. Each arrival is an event of its own, since a sender may give two changes one id, or tell of
    /// them in equal bodies; only what arrived in the same tick is taken for one, which its reading is newer than.
    /// </summary>
    /// <param name="webhook">The webhook's name, by its sender or its body.</param>
    /// <param name="at">When it arrived.</param>
    public static string Arrived(string webhook, DateTimeOffset at) => $"{webhook}@{Number(at.UtcTicks)}";

    /// <summary>The name of a webhook whose sender gave it an id that is too long, or of other characters.</summary>
    public static string WebhookId(string id) => WebhookIdPrefix + ShortHash.Of(id, WebhookHashLength);

    /// <summary>The name of a webhook whose sender gave it no id.</summary>
    /// <param name="body">What its body says, whatever the order of its members.</param>
    public static string WebhookBody(string body) => WebhookBodyPrefix + ShortHash.Of(body, WebhookHashLength);

    /// <summary>A webhook did not say which record changed, so a feed is read.</summary>
    public static string PollFor(string webhook, FlowName feed) => $"{webhook}-{feed}";

    /// <summary>A person wants a record to be carried over.</summary>
    public static string Asked(IIdSource ids) => PersonPrefix + ids.NewId();

    /// <summary>Whether a person wants this very record to be carried over.</summary>
    public static bool IsAsked(string eventId) => eventId.StartsWith(PersonPrefix, StringComparison.Ordinal);

    /// <summary>A person wants all records to be carried over that failed for a cause.</summary>
    public static string CauseAsked(IIdSource ids) => CausePrefix + ids.NewId();

    /// <summary>A list showed a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="at">The version that was seen.</param>
    /// <param name="runIds">The runs that wait for the reading.</param>
    public static string Listed(SyncKey record, DateTimeOffset at, IEnumerable<string> runIds) =>
        Of(ListPrefix, record, Number(at.UtcTicks), string.Join(',', runIds));

    /// <summary>
    /// A list showed a record just after its change: it may change once more at the same time of change, so this is
    /// not the event of that version, whatever the two times are.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <param name="now">When it was seen.</param>
    /// <param name="runIds">The runs that wait for the reading.</param>
    public static string ListedFresh(SyncKey record, DateTimeOffset now, IEnumerable<string> runIds) =>
        Of(ListPrefix, record, Number(now.UtcTicks), string.Join(',', runIds), "fresh");

    /// <summary>A list showed a record with this content.</summary>
    /// <param name="record">The record.</param>
    /// <param name="listedObject">The kind of object that the list is of.</param>
    /// <param name="rows">The content.</param>
    public static string Content(SyncKey record, string listedObject, IEnumerable<string> rows) =>
        Of(ContentPrefix, [record.Connection.Value, record.Flow.Value, listedObject, record.SourceId, .. rows]);

    /// <summary>A record was deleted at its source.</summary>
    /// <param name="record">The record.</param>
    /// <param name="at">When, as the source writes it.</param>
    public static string Deletion(SyncKey record, string at) => Of(DeletionPrefix, record, at);

    /// <summary>Whether an event is a deletion.</summary>
    public static bool IsDeletion(string eventId) => eventId.StartsWith(DeletionPrefix, StringComparison.Ordinal);

    /// <summary>A backfill has come to a place.</summary>
    public static string Bookmark(string runId, string position) => Of(BackfillPrefix, [runId, position]);

    /// <summary>A backfill of everything came upon a record.</summary>
    public static string Backfilled(string runId, string sourceId) => Of(BackfillPrefix, [runId, sourceId]);

    /// <summary>A backfill of what changed since some day came upon a record.</summary>
    public static string BackfilledSince(string runId, string sourceId) => Of(SincePrefix, [runId, sourceId]);

    /// <summary>Whether a backfill of what changed since some day came upon the record.</summary>
    public static bool IsBackfilledSince(string eventId) => eventId.StartsWith(SincePrefix, StringComparison.Ordinal);

    /// <summary>Whether a backfill of everything came upon the record.</summary>
    public static bool IsBackfilled(string eventId) => eventId.StartsWith(BackfillPrefix, StringComparison.Ordinal);

    /// <summary>A record waits for its parent: one event a minute, however many children ask for it.</summary>
    /// <param name="parent">The parent.</param>
    /// <param name="now">When it is asked for.</param>
    public static string ParentWanted(SyncKey parent, DateTimeOffset now) => Of(ParentPrefix, Wanted(parent, now));

    /// <summary>Whether a child of the record wants it.</summary>
    public static bool IsParentWanted(string eventId) => eventId.StartsWith(ParentPrefix, StringComparison.Ordinal);

    /// <summary>A record waits for its parent to be attached; the parent has its counterpart.</summary>
    /// <param name="parent">The parent.</param>
    /// <param name="now">When it is asked for.</param>
    public static string AttachmentWanted(SyncKey parent, DateTimeOffset now) =>
        Of(ParentPrefix, [.. Wanted(parent, now), "attach"]);

    /// <summary>What a record waited for has come to an end.</summary>
    /// <param name="child">The record that waited.</param>
    /// <param name="parent">The flow and source id of what it waited for.</param>
    /// <param name="version">The ETag of the parent's row.</param>
    public static string ParentEnded(SyncKey child, string parent, string? version) =>
        Of(EndedPrefix, child, parent, version ?? "");

    /// <summary>A customer changed from which another record of the same source is made.</summary>
    /// <param name="connection">Whose customer.</param>
    /// <param name="customer">The customer's source id.</param>
    /// <param name="eventId">The event that told of the change.</param>
    public static string MadeFromChanged(ConnectionId connection, string customer, string eventId) =>
        Of(MadeFromPrefix, [connection.Value, customer, eventId]);

    /// <summary>A payment was reversed by another one.</summary>
    public static string Reversed(ConnectionId connection, string payment, string reversal) =>
        Of(ReversedPrefix, [connection.Value, payment, reversal]);

    /// <summary>
    /// An invoice was linked that a payment waits for: one event a minute, since it may be linked again.
    /// </summary>
    public static string InvoiceLinked(ConnectionId connection, string payment, string invoice, DateTimeOffset now) =>
        Of(LinkedPrefix, [connection.Value, payment, invoice, Minute(now)]);

    /// <summary>
    /// A payment stands on an invoice of which its row does not know, or which is linked anew. Each time is an event of
    /// its own.
    /// </summary>
    public static string PaymentShown(ConnectionId connection, string payment, string invoice, DateTimeOffset now) =>
        Of(ShownPrefix, [connection.Value, payment, invoice, Number(now.UtcTicks)]);

    /// <summary>
    /// What a record's link needs has room again, or may be linked to at last. Each time is an event of its own.
    /// </summary>
    /// <param name="record">The record that waited.</param>
    /// <param name="name">What it waited for.</param>
    /// <param name="now">When room was made.</param>
    public static string RoomMade(SyncKey record, string name, DateTimeOffset now) =>
        Of(RoomPrefix, record, name, Number(now.UtcTicks));

    /// <summary>The PDF of a record is to be tried again.</summary>
    public static string PdfOwed(SyncKey record, DateTimeOffset now) => Of(PdfPrefix, record, Number(now.UtcTicks));

    /// <summary>Whether it was the PDF alone that brought the record.</summary>
    public static bool IsPdfOwed(string eventId) => eventId.StartsWith(PdfPrefix, StringComparison.Ordinal);

    /// <summary>A record was left out in a shadow mode, which has ended.</summary>
    /// <param name="record">The record.</param>
    /// <param name="since">When that shadow mode began.</param>
    public static string ShadowEnded(SyncKey record, DateTimeOffset since) =>
        Of(ShadowPrefix, record, Number(since.UtcTicks));

    private static string[] Wanted(SyncKey parent, DateTimeOffset now) =>
        [parent.Connection.Value, $"{parent.Flow}/{parent.SourceId}", Minute(now)];

    private static string Of(string cause, SyncKey record, params string[] parts) =>
        Of(cause, [record.Connection.Value, record.Flow.Value, record.SourceId, .. parts]);

    private static string Of(string cause, string[] parts) =>
        cause + ShortHash.Of(string.Join('\n', parts), HashLength);

    private static string Minute(DateTimeOffset now) => Number(now.ToUnixTimeSeconds() / 60);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
