namespace IntacctSync.Simulators.Upflow;

/// <summary>
/// The organisation that the simulator of Upflow plays, and a switch for each behaviour that no public source states.
/// All but the keys may be changed while it runs.
/// </summary>
public sealed class UpflowSimulatorOptions
{
    /// <summary>What <c>X-Api-Key</c> must be.</summary>
    public string ApiKey { get; init; } = "sandbox-upflow-key";

    /// <summary>What <c>X-Api-Secret</c> must be.</summary>
    public string ApiSecret { get; init; } = "sandbox-upflow-secret";

    /// <summary>A key of another organisation with the same secret, which has no records.</summary>
    public string OtherApiKey { get; init; } = "sandbox-upflow-key-of-another-organisation";

    /// <summary>Start of the sequence that ids and the share of a fault rule are drawn from.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// Bank accounts, custom fields and a second user at the start. Customers and what they owe are never there: they
    /// come from accounting.
    /// </summary>
    public bool SampleData { get; init; } = true;

    /// <summary>Refuse what the real service refuses; off = forgiving, for exploring by hand.</summary>
    public bool Strict { get; set; } = true;

    /// <summary>The organisation's currency, which <c>balance</c> of a customer counts.</summary>
    public string Currency { get; set; } = "USD";

    /// <summary>Requests a minute; 0 = no limit. 600 is published.</summary>
    public int RequestsPerMinute { get; set; } = 600;

    /// <summary>Requests in flight at once; 0 = no limit. 10 is published.</summary>
    public int RequestsAtOnce { get; set; } = 10;

    /// <summary>How long each answer takes.</summary>
    public Latency Latency { get; set; } = Latency.None;

    /// <summary>Whether the limits' 429 carries <c>Retry-After</c>. [assumed]</summary>
    public bool SaysRetryAfter { get; set; } = true;

    /// <summary>
    /// Whether a POST for a known externalId replaces the whole record, so that what it leaves out is emptied; off = it
    /// is kept. [assumed]
    /// </summary>
    public bool UpsertReplaces { get; set; }

    /// <summary>The status of a POST that made a record: 200 or 201. [assumed]</summary>
    public int CreatedStatus { get; set; } = StatusCodes.Status200OK;

    /// <summary>
    /// The name of a list's rows, by object; <c>items</c> for all others. Known are <c>customers</c>, <c>invoices</c>,
    /// <c>users</c>, and <c>items</c> for payments; those of credit notes and refunds are [assumed].
    /// </summary>
    public Dictionary<string, string> ListKeys { get; } =
        new(StringComparer.Ordinal)
        {
            ["customers"] = "customers",
            ["invoices"] = "invoices",
            ["users"] = "users",
        };

    /// <summary>Whether lists begin with what was made last; off = with what was made first. [assumed]</summary>
    public bool ListsNewestFirst { get; set; }

    /// <summary>
    /// The field of a payment that carries the card processor's id: <c>reference</c>, <c>paymentReference</c> or
    /// <c>externalReference</c>. [assumed]
    /// </summary>
    public string ReferenceField { get; set; } = "reference";

    /// <summary>The type of a payment that was taken in the portal. [assumed]</summary>
    public string PortalType { get; set; } = "PORTAL";

    /// <summary>
    /// The field of a payment that was taken in the portal that tells what became of its money, such as SUCCEEDED or
    /// FAILED: <c>status</c> or <c>state</c>; null = it is not told. [assumed]
    /// </summary>
    public string? PaymentStatusField { get; set; } = "status";

    /// <summary>Whether records show <c>createdAt</c>. [assumed]</summary>
    public bool TellsWhenMade { get; set; } = true;

    /// <summary>How a payment shows that fails after it was taken. [assumed]</summary>
    public LateFailure LateFailure { get; set; }

    /// <summary>
    /// Whether a customer's DELETE takes all that belongs to it along; off = it is refused while there is anything.
    /// [assumed]
    /// </summary>
    public bool CustomerDeleteCascades { get; set; }

    /// <summary>
    /// Whether DELETE of a linked invoice, credit note, payment or refund is refused; off = its links go with it.
    /// [assumed]
    /// </summary>
    public bool LinkedDeleteRefused { get; set; }

    /// <summary>
    /// Whether a refund that is linked to a payment or a credit note takes the room it needs from that one's links with
    /// invoices, the newest first; off = such a link is refused while there is no room. [assumed]
    /// </summary>
    public bool RefundFreesLinks { get; set; } = true;

    /// <summary>
    /// Whether an amount below what is linked is refused; off = it is taken, and the open amount is below 0. [assumed]
    /// </summary>
    public bool AmountBelowLinksRefused { get; set; } = true;

    /// <summary>Whether a field that no source names is refused; off = it is ignored. [assumed]</summary>
    public bool UnknownFieldsRefused { get; set; } = true;

    /// <summary>Whether a parent that has a parent itself is refused. [assumed]</summary>
    public bool DeepParentsRefused { get; set; }

    /// <summary>
    /// Whether one credit note can be read by its id; off = only the list shows it. No source says. [assumed]
    /// </summary>
    public bool ReadsOneCreditNote { get; set; } = true;

    /// <summary>
    /// Whether one payment or refund can be read by its id. The reference names lists and deletions of them only, so
    /// this is off. [assumed]
    /// </summary>
    public bool ReadsOnePayment { get; set; }

    /// <summary>The status of a link between things that are not there: 404 or 400. [assumed]</summary>
    public int UnknownSideStatus { get; set; } = StatusCodes.Status404NotFound;

    /// <summary>The largest PDF in bytes; a larger one is answered 413. [assumed]</summary>
    public int MaxPdfBytes { get; set; } = 10 * 1024 * 1024;
}

/// <summary>How the API may show a payment that was taken and then failed, or was charged back.</summary>
public enum LateFailure
{
    /// <summary>Its status is FAILED, and it is linked to nothing.</summary>
    Status,

    /// <summary>Its status is FAILED, and its links stay.</summary>
    StatusAlone,

    /// <summary>A refund over all of it is linked to it.</summary>
    Refund,

    /// <summary>It is gone.</summary>
    Gone,
}
