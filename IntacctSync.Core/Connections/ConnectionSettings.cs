using IntacctSync.Core.Domain;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Invoices;

namespace IntacctSync.Core.Connections;

/// <summary>The connection document without its secrets. Names and defaults are those of the public contract.</summary>
public sealed record ConnectionSettings
{
    public string App { get; init; } = "zuper";

    public SyncMode Mode { get; init; } = SyncMode.Live;

    /// <summary>Transactions dated before it are skipped; null stands for the day the connection was made.</summary>
    public DateOnly? StartDate { get; init; }

    public IntacctSettings Intacct { get; init; } = new();

    public ZuperSettings Zuper { get; init; } = new();

    public bool SyncOrganizations { get; init; } = true;

    public bool SyncCustomers { get; init; } = true;

    public bool SyncInvoices { get; init; } = true;

    public bool SyncProducts { get; init; } = true;

    public bool SyncPayments { get; init; } = true;

    public IdentifyCustomerBy IdentifyCustomerBy { get; init; }

    public CustomerIds CustomerIds { get; init; }

    public string? InvoiceLocationField { get; init; }

    public string? DefaultPaymentModeUid { get; init; }

    public IReadOnlyDictionary<string, string> PaymentModes { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    public string? DefaultProductCategoryUid { get; init; }

    public IReadOnlyDictionary<string, string> ProductCategories { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    public IReadOnlyList<string> SyncFailureEmails { get; init; } = [];

    public InvoiceSettings Invoice { get; init; } = new();

    /// <summary>
    /// Source ids of customers that have no organization and therefore a CUSTOMER of their own: this, and the
    /// customer's id.
    /// </summary>
    public const string OwnCustomerPrefix = "customer:";

    /// <summary>
    /// Whether a record is synced. A customer's own CUSTOMER belongs to the customers, although it stands among the
    /// organizations.
    /// </summary>
    public bool Syncs(FlowName flow, string sourceId) =>
        Syncs(
            flow == FlowName.Organizations && sourceId.StartsWith(OwnCustomerPrefix, StringComparison.Ordinal)
                ? FlowName.Customers
                : flow
        );

    public bool Syncs(FlowName flow) =>
        flow.Value switch
        {
            "organizations" => SyncOrganizations,
            "customers" => SyncCustomers,
            "invoices" => SyncInvoices,
            "products" => SyncProducts,
            "payments" => SyncPayments,
            _ => false,
        };
}

/// <summary>Whether anything is written.</summary>
public enum SyncMode
{
    Live,

    /// <summary>Everything is read and decided, nothing is written; each record says what would have been.</summary>
    Shadow,
}
