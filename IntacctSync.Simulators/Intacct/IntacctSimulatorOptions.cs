using IntacctSync.Simulators.Intacct.Records;
using IntacctSync.Simulators.Intacct.Settings;

namespace IntacctSync.Simulators.Intacct;

/// <summary>How the simulator behaves. All but the companies and senders may be changed while it runs.</summary>
public sealed class IntacctSimulatorOptions
{
    public const string SandboxSender = "sandbox-sender";

    /// <summary>Sender ids and their passwords, both case-sensitive.</summary>
    public IReadOnlyDictionary<string, string> Senders { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal) { [SandboxSender] = "sandbox-sender-password" };

    public IReadOnlyList<SimulatedCompany> Companies { get; init; } = [SimulatedCompany.Sandbox];

    /// <summary>
    /// Start of every sequence that looks random: order without orderby, session ids, jitter, fault draws.
    /// </summary>
    public int Seed { get; init; } = 1;

    /// <summary>Fills each company with <see cref="IntacctSamples"/>.</summary>
    public bool SampleData { get; init; } = true;

    /// <summary>Off: lengths, characters and formats of values, and the Content-Type, are not checked.</summary>
    public bool Strict { get; set; } = true;

    /// <summary>How long each request takes before it is carried out.</summary>
    public Latency Latency { get; set; } = Latency.None;

    /// <summary>Requests in flight per company before the next one gets 429 GW-0010.</summary>
    public int MaxConcurrency { get; set; } = 2;

    /// <summary>How long a session lives without being used.</summary>
    public TimeSpan SessionDuration { get; set; } = TimeSpan.FromHours(12);

    /// <summary>Document sequencing: a CUSTOMER without CUSTOMERID is given <c>CUST-00001</c> and so on.</summary>
    public bool AutoNumberCustomers { get; set; }

    /// <summary>Document sequencing of invoices: one without a number is given <c>INV-00001</c> and so on.</summary>
    public bool AutoNumberInvoices { get; set; }

    /// <summary>An invoice number may be used once per customer; off = once in the company.</summary>
    public bool InvoiceNumbersPerCustomer { get; set; }

    /// <summary>
    /// Whether a payment changes WHENMODIFIED of the invoices it pays. What Intacct does is unknown, so nobody may
    /// depend on it.
    /// </summary>
    public bool PaymentsTouchInvoices { get; set; }

    /// <summary>
    /// Whether a reversal changes WHENMODIFIED of the payment that it takes back. What Intacct does is unknown, so
    /// nobody may depend on it.
    /// </summary>
    public bool ReversalsTouchPayments { get; set; } = true;

    /// <summary>
    /// Whether the reversal of an adjustment names it in PARENTPAYMENT, as that of an advance does. [assumed]
    /// </summary>
    public bool ReversalsNameAdjustments { get; set; } = true;

    /// <summary>
    /// Whether applying a credit memo, a negative invoice, an advance or an over-payment changes its WHENMODIFIED. What
    /// Intacct does is unknown, so nobody may depend on it.
    /// </summary>
    public bool ApplicationsTouchCredits { get; set; } = true;

    /// <summary>
    /// Whether ARPYMT shows advances too, with RECORDTYPE rr and the RECORDNO that ARADVANCE has: the documentation of
    /// readByQuery says so. That both share their numbers is [inferred].
    /// </summary>
    public bool AdvancesAmongPayments { get; set; } = true;

    /// <summary>
    /// Whether TOTALENTERED of a payment counts the credits that were applied with it; off = only the money that came
    /// in. What Intacct does is unknown, so nobody may depend on it.
    /// </summary>
    public bool PaymentTotalsCountCredits { get; set; } = true;

    /// <summary>
    /// Whether a discount stands in a detail of its own; off = in that of the money for the same line. What Intacct
    /// does is unknown.
    /// </summary>
    public bool DiscountsInOwnDetail { get; set; }

    /// <summary>
    /// Whether a detail names the advance or over-payment that it applies in POSTEDADVANCEKEY or POSTEDOVERPAYMENTKEY
    /// only; off = in ADVANCEKEY or OVERPAYMENTKEY only. Which of both Intacct fills is unknown.
    /// </summary>
    public bool CreditsNamedAsPosted { get; set; }

    /// <summary>No user may see the audit history.</summary>
    public bool AuditHistoryDenied { get; set; }

    /// <summary>Integration names of custom fields, such as <c>CUSTOMER.CRM_ID</c>.</summary>
    public ISet<string> CustomFields { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The types of those that are not plain text, by the same names and written as in a table of fields: <c>date</c>,
    /// <c>bool</c>, <c>int</c>, <c>dec</c>, <c>enum North|South</c>, <c>text ro</c>.
    /// </summary>
    public IDictionary<string, string> CustomFieldTypes { get; } =
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    public ReplayAnswer ReplayAnswer { get; set; }

    /// <summary>
    /// Whether a function that failed is refused when it comes again under its control id. Sage's words, "executed and
    /// completed", say no.
    /// </summary>
    public bool FailedFunctionsBurnIds { get; set; }

    /// <summary>
    /// Whether a create of several objects goes on after one that was refused. Which of both Intacct does is unknown.
    /// </summary>
    public bool ContinueAfterRefusedObject { get; set; } = true;

    /// <summary>How long a change stays unseen by query and readByQuery; read and readByName see it at once.</summary>
    public TimeSpan VisibilityDelay { get; set; }

    /// <summary>Records are created with an empty WHENMODIFIED, which some live ones have.</summary>
    public bool NullWhenModified { get; set; }

    /// <summary>Ends every description2 with <c>[Support ID: …]</c>.</summary>
    public bool SupportIds { get; set; }

    /// <summary>A custom field of an object; null where it has none of that name.</summary>
    internal FieldDefinition? CustomField(string objectName, string name)
    {
        var full = $"{objectName}.{name}";
        if (!CustomFields.Contains(full))
            return null;
        var type = CustomFieldTypes.TryGetValue(full, out var other) ? other : "text";
        return FieldTable.Parse($"{name.ToUpperInvariant()} {type}")[0] with { Custom = true };
    }
}
