using System.Text.Json.Serialization;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Zuper.Contacts;
using IntacctSync.Core.Zuper.CustomFields;
using IntacctSync.Core.Zuper.Invoices;

namespace IntacctSync.Core.Zuper;

/// <summary>The settings of a connection to Zuper.</summary>
public sealed record ZuperConnectionSettings : ConnectionSettings
{
    [JsonIgnore]
    public override IAppProfile Profile => ZuperProfile.Instance;

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

    public CustomFieldSettings CustomFields { get; init; } = new();

    [JsonPropertyOrder(2)]
    public InvoiceSettings Invoice { get; init; } = new();

    public override bool Syncs(FlowName flow) =>
        flow.Value switch
        {
            "organizations" => SyncOrganizations,
            "customers" => SyncCustomers,
            "invoices" => SyncInvoices,
            "products" => SyncProducts,
            "payments" => SyncPayments,
            _ => false,
        };

    /// <summary>
    /// A customer's own CUSTOMER belongs to the customers, although it stands among the organizations.
    /// </summary>
    public override bool Syncs(FlowName flow, string sourceId) =>
        Syncs(flow == ZuperFlows.Organizations && OwnCustomer.Is(sourceId) ? ZuperFlows.Customers : flow);

    /// <remarks>
    /// Only what the document says can be compared: another login name, or another address. A new API key is taken,
    /// since keys are replaced; that it belongs to the same account is the person's to see to.
    /// </remarks>
    protected override IEnumerable<AccountChange> AppAccountChanges(ConnectionSettings old)
    {
        var (was, now) = (old.Zuper().Zuper, Zuper);
        if (
            was.CompanyName is { } wasName
            && now.CompanyName is { } nowName
            && !string.Equals(wasName, nowName, StringComparison.OrdinalIgnoreCase)
        )
            yield return new AccountChange("zuper.companyName", nowName, wasName);
        if (was.ApiUrl is { } wasUrl && now.ApiUrl is { } nowUrl && !SamePlace(wasUrl, nowUrl))
            yield return new AccountChange("zuper.apiUrl", nowUrl, wasUrl);
    }

    /// <summary>Custom fields of Order Entry are those of a transaction definition.</summary>
    public override bool ListsAsWith(ConnectionSettings old) =>
        old.Zuper().Invoice.Document == Invoice.Document
        && old.Zuper().Invoice.TransactionDefinition == Invoice.TransactionDefinition;

    private static bool SamePlace(string one, string other) =>
        string.Equals(
            new Uri(one).GetLeftPart(UriPartial.Authority),
            new Uri(other).GetLeftPart(UriPartial.Authority),
            StringComparison.OrdinalIgnoreCase
        );
}
