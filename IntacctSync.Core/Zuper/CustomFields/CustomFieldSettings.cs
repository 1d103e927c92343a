namespace IntacctSync.Core.Zuper.CustomFields;

/// <summary>
/// Which custom fields are carried to Intacct: the label of one in Zuper, and the integration name of one in Intacct.
/// </summary>
public sealed record CustomFieldSettings
{
    private static readonly Dictionary<string, string> None = new(StringComparer.Ordinal);

    /// <summary>Of organizations, to their CUSTOMER.</summary>
    public IReadOnlyDictionary<string, string> Organizations { get; init; } = None;

    /// <summary>Of customers, to their CONTACT.</summary>
    public IReadOnlyDictionary<string, string> Customers { get; init; } = None;

    /// <summary>Of invoices, to the invoice, or the document of Order Entry.</summary>
    public IReadOnlyDictionary<string, string> Invoices { get; init; } = None;

    /// <summary>Of the lines of invoices and of their products, to the line.</summary>
    public IReadOnlyDictionary<string, string> InvoiceLines { get; init; } = None;
}
