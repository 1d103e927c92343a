namespace IntacctSync.Core.Upflow.CustomFields;

/// <summary>What a custom field belongs to.</summary>
/// <param name="Setting">The map of the settings that names its fields.</param>
/// <param name="Entity">How Upflow calls it [assumed].</param>
/// <param name="Object">How Intacct calls it.</param>
/// <param name="Map">Its map among all of them.</param>
internal sealed record CustomFieldKind(
    string Setting,
    string Entity,
    string Object,
    Func<CustomFieldMaps, IReadOnlyDictionary<string, string>> Map
)
{
    public static CustomFieldKind Customer { get; } =
        new("customFields.customers", "CUSTOMER", "CUSTOMER", m => m.Customers);

    public static CustomFieldKind Invoice { get; } =
        new("customFields.invoices", "INVOICE", "ARINVOICE", m => m.Invoices);

    public static CustomFieldKind CreditNote { get; } =
        new("customFields.creditNotes", "CREDIT_NOTE", "ARADJUSTMENT", m => m.CreditNotes);

    public static IReadOnlyList<CustomFieldKind> All { get; } = [Customer, Invoice, CreditNote];

    /// <summary>Those that flows of a connection carry: their map is not empty.</summary>
    public static IReadOnlyList<CustomFieldKind> Of(UpflowConnectionSettings settings) =>
        [
            .. new[]
            {
                (Kind: Customer, Syncs: settings.SyncCustomers),
                (Kind: Invoice, Syncs: settings.SyncInvoices),
                (Kind: CreditNote, Syncs: settings.SyncCreditNotes),
            }
                .Where(k => k.Syncs && k.Kind.Map(settings.CustomFields).Count > 0)
                .Select(k => k.Kind),
        ];
}
