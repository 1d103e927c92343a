using IntacctSync.Core.Connections;
using IntacctSync.Core.Connections.Document;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Upflow.Receipts;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow;

/// <summary>What is known of Upflow without calling it; see <see cref="IAppProfile"/>.</summary>
public sealed class UpflowProfile : IAppProfile
{
    private UpflowProfile() { }

    public static UpflowProfile Instance { get; } = new();

    public string Name => "upflow";

    public string Title => "Upflow";

    public IReadOnlyList<AppFlow> Flows => UpflowFlows.All;

    public SecretFields Secrets => UpflowSecrets.Fields;

    /// <remarks>
    /// External ids are made of Intacct's keys, which each company counts by itself. A pair of keys belongs to one
    /// organisation (docs.upflow.io, Integrating with the Upflow API).
    /// </remarks>
    public string? AccountSecret => UpflowSecrets.ApiKey;

    public ConnectionForm Form => UpflowForm.Form;

    public Type SettingsType => typeof(UpflowConnectionSettings);

    /// <summary>Uuids in another case are the same payment; ids of Intacct are left as they are.</summary>
    public string SourceId(FlowName flow, string id) =>
        Flows.Any(f => f.Name == flow && f.Source == FlowSource.App) ? UpflowIds.Own(id) : id;

    /// <summary>A payment is looked for by its number and amount; all else by external ids, which only programs read.
    /// </summary>
    public string? KeyInWords(FlowName flow, string key) =>
        flow == UpflowFlows.Receipts && key.Count(c => c == '|') > 1 ? ReceiptKey.Parse(key).InWords : null;

    public ConnectionSettings Read(
        DocumentReader root,
        ConnectionRules rules,
        IDictionary<string, SecretChange> secrets
    )
    {
        var upflow = root.Child("upflow");
        secrets[UpflowSecrets.ApiKey] = upflow.Secret("apiKey");
        secrets[UpflowSecrets.ApiSecret] = upflow.Secret("apiSecret");
        var settings = new UpflowConnectionSettings
        {
            Upflow = new UpflowSettings { ApiUrl = upflow.Text("apiUrl") },
            DefaultCurrency = root.Text("defaultCurrency", "USD")!.ToUpperInvariant(),
            SyncCustomers = root.Flag("syncCustomers", true),
            SyncInvoices = root.Flag("syncInvoices", true),
            SyncCreditNotes = root.Flag("syncCreditNotes", true),
            SyncPayments = root.Flag("syncPayments", true),
            SyncPdfs = root.Flag("syncPdfs", false),
            SyncReceipts = root.Flag("syncReceipts", false),
            Receipts = ReadReceipts(root.Child("receipts")),
            CustomFields = ReadCustomFields(root.Child("customFields")),
        };
        Check(settings, root, upflow, rules);
        upflow.End();
        return settings;
    }

    private static void Check(
        UpflowConnectionSettings settings,
        DocumentReader root,
        DocumentReader upflow,
        ConnectionRules rules
    )
    {
        if (
            settings.Upflow.ApiUrl is { } url
            && (!Uri.TryCreate(url, UriKind.Absolute, out var address) || !rules.Hosts.Permits(address))
        )
            upflow.Refuse("apiUrl", $"is '{url}'; give an https address of {rules.Hosts}");
        if (!UpflowMoney.IsCurrency(settings.DefaultCurrency))
            root.Refuse(
                "defaultCurrency",
                $"is '{settings.DefaultCurrency}'; give the three letters of a currency, such as USD"
            );
    }

    /// <summary>
    /// Both accounts, none, or one that does not exist: the document is taken, the doctor says so, and what can't be
    /// posted needs a person.
    /// </summary>
    private static ReceiptSettings ReadReceipts(DocumentReader receipts)
    {
        var settings = new ReceiptSettings
        {
            BankAccountId = receipts.Text("bankAccountId"),
            UndepositedFundsAccountNo = receipts.Text("undepositedFundsAccountNo"),
            PaymentMethods = receipts.Map("paymentMethods"),
        };
        foreach (var name in settings.PaymentMethods.Keys.Where(k => !UpflowInstruments.All.Contains(k)))
            receipts.Refuse(
                "paymentMethods",
                $"names the instrument '{name}'; Upflow has {string.Join(", ", UpflowInstruments.All)}"
            );
        receipts.End();
        return settings;
    }

    private static CustomFieldMaps ReadCustomFields(DocumentReader fields)
    {
        var maps = new CustomFieldMaps
        {
            Customers = fields.Map("customers"),
            Invoices = fields.Map("invoices"),
            CreditNotes = fields.Map("creditNotes"),
        };
        fields.End();
        return maps;
    }
}
