using System.Text.Json.Serialization;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Upflow;

/// <summary>The settings of a connection to Upflow.</summary>
public sealed record UpflowConnectionSettings : ConnectionSettings
{
    [JsonIgnore]
    public override IAppProfile Profile => UpflowProfile.Instance;

    public UpflowSettings Upflow { get; init; } = new();

    /// <summary>Of records that name none, in the letters of ISO 4217.</summary>
    public string DefaultCurrency { get; init; } = "USD";

    public bool SyncCustomers { get; init; } = true;

    public bool SyncInvoices { get; init; } = true;

    public bool SyncCreditNotes { get; init; } = true;

    public bool SyncPayments { get; init; } = true;

    /// <summary>Whether invoices and credit notes carry their PDF.</summary>
    public bool SyncPdfs { get; init; }

    /// <summary>Whether payments that were taken in Upflow are posted in Intacct.</summary>
    public bool SyncReceipts { get; init; }

    public ReceiptSettings Receipts { get; init; } = new();

    [JsonPropertyOrder(2)]
    public CustomFieldMaps CustomFields { get; init; } = new();

    public override bool Syncs(FlowName flow) =>
        flow.Value switch
        {
            "upflow-customers" => SyncCustomers,
            "upflow-invoices" => SyncInvoices,
            "upflow-credit-notes" => SyncCreditNotes,
            "upflow-payments" => SyncPayments,
            "upflow-receipts" => SyncReceipts,
            _ => false,
        };

    /// <remarks>
    /// Of Upflow only the address can be compared: it tells the sandbox from the real thing. A new pair of keys is
    /// taken, since keys are replaced; that it belongs to the same organisation is the person's to see to.
    /// </remarks>
    protected override IEnumerable<AccountChange> AppAccountChanges(ConnectionSettings old)
    {
        var (was, now) = (old.Upflow().Upflow.ApiUrl, Upflow.ApiUrl);
        if (!string.Equals(was?.TrimEnd('/'), now?.TrimEnd('/'), StringComparison.OrdinalIgnoreCase))
            yield return new AccountChange("upflow.apiUrl", now ?? Usual, was ?? Usual);
    }

    private const string Usual = "the address of Upflow:Endpoint";
}
