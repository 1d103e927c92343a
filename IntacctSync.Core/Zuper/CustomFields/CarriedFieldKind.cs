using IntacctSync.Core.Zuper.Invoices;

namespace IntacctSync.Core.Zuper.CustomFields;

/// <summary>What carried custom fields belong to.</summary>
/// <param name="Name">The map of the settings that names the fields: <c>organizations</c>.</param>
/// <param name="Object">How Intacct calls what they go to.</param>
/// <param name="Map">That map: label in Zuper to integration name in Intacct.</param>
public sealed record CarriedFieldKind(
    string Name,
    string Object,
    Func<CustomFieldSettings, IReadOnlyDictionary<string, string>> Map
)
{
    private const string Document = "SODOCUMENT";
    private const string DocumentEntry = "SODOCUMENTENTRY";

    /// <summary>Its place in the document of a connection.</summary>
    public string Setting => "customFields." + Name;

    public static CarriedFieldKind Organization { get; } = new("organizations", "CUSTOMER", s => s.Organizations);

    public static CarriedFieldKind Customer { get; } = new("customers", "CONTACT", s => s.Customers);

    public static CarriedFieldKind Invoice { get; } = new("invoices", "ARINVOICE", s => s.Invoices);

    public static CarriedFieldKind InvoiceLine { get; } = new("invoiceLines", "ARINVOICEITEM", s => s.InvoiceLines);

    public static CarriedFieldKind OrderEntry { get; } = new("invoices", Document, s => s.Invoices);

    public static CarriedFieldKind OrderEntryLine { get; } = new("invoiceLines", DocumentEntry, s => s.InvoiceLines);

    /// <summary>One for each map, as those of a connection without other settings.</summary>
    public static IReadOnlyList<CarriedFieldKind> All { get; } = [Organization, Customer, Invoice, InvoiceLine];

    /// <summary>Those that flows of a connection carry: their map is not empty.</summary>
    public static IReadOnlyList<CarriedFieldKind> Of(ZuperConnectionSettings settings) =>
        [
            .. new[]
            {
                (Kind: Organization, Syncs: settings.SyncOrganizations),
                (Kind: Customer, Syncs: settings.SyncCustomers),
                (Kind: OfInvoices(settings.Invoice.Document), Syncs: settings.SyncInvoices),
                (Kind: OfLines(settings.Invoice.Document), Syncs: settings.SyncInvoices),
            }
                .Where(k => k.Syncs && k.Kind.Map(settings.CustomFields).Count > 0)
                .Select(k => k.Kind),
        ];

    public static CarriedFieldKind OfInvoices(InvoiceDocument document) =>
        document == InvoiceDocument.OrderEntry ? OrderEntry : Invoice;

    public static CarriedFieldKind OfLines(InvoiceDocument document) =>
        document == InvoiceDocument.OrderEntry ? OrderEntryLine : InvoiceLine;

    /// <summary>
    /// The label of the custom field of Zuper whose value goes to a custom field of the same name as well, where
    /// Intacct has one: the location of an invoice. Null for none.
    /// </summary>
    public string? CopiedLabel(ZuperConnectionSettings settings) =>
        Object == Invoice.Object ? settings.InvoiceLocationField : null;

    /// <summary>
    /// The transaction definition that Intacct must be told to show the fields, since each has its own; null for
    /// objects that have none.
    /// </summary>
    public string? DefinitionOf(ZuperConnectionSettings settings) =>
        Object is Document or DocumentEntry ? settings.Invoice.TransactionDefinition : null;
}
