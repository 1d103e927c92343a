using System.Text.RegularExpressions;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Connections.Document;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Contacts;
using IntacctSync.Core.Zuper.CustomFields;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Core.Zuper.Invoices.Books;

namespace IntacctSync.Core.Zuper;

/// <summary>What is known of Zuper without calling it; see <see cref="IAppProfile"/>.</summary>
public sealed partial class ZuperProfile : IAppProfile
{
    private static readonly string[] InvoiceStatuses =
    [
        "DRAFT",
        "READY_TO_INVOICE",
        "AWAIT_PAYMENT",
        "PARTIALLY_PAID",
        "PAID",
        "BAD_DEBT",
        "ARCHIVED",
        "CLOSED",
        "CANCELED",
    ];

    private ZuperProfile() { }

    public static ZuperProfile Instance { get; } = new();

    public string Name => "zuper";

    public string Title => "Zuper";

    public IReadOnlyList<AppFlow> Flows => ZuperFlows.All;

    public SecretFields Secrets => ZuperSecrets.Fields;

    public ConnectionForm Form => ZuperForm.Form;

    public Type SettingsType => typeof(ZuperConnectionSettings);

    /// <summary>Uids in another case are the same record; ids of Intacct are left as they are.</summary>
    public string SourceId(FlowName flow, string id) =>
        Flows.Any(f => f.Name == flow && f.Source == FlowSource.App) && ZuperUid.IsUid(OwnCustomer.Uid(id))
            ? id.ToLowerInvariant()
            : id;

    public string? KeyInWords(FlowName flow, string key) =>
        flow == ZuperFlows.Organizations || flow == ZuperFlows.Customers ? $"its contact {key}"
        : flow == ZuperFlows.Invoices && BookedInvoice.NumbersIn(key).LastOrDefault() is { } number
            ? $"its number {number}"
        : null;

    public ConnectionSettings Read(
        DocumentReader root,
        ConnectionRules rules,
        IDictionary<string, SecretChange> secrets
    )
    {
        var zuper = root.Child("zuper");
        secrets[ZuperSecrets.ApiKey] = zuper.Secret("apiKey");
        secrets[ZuperSecrets.WebhookSecret] = zuper.Secret("webhookSecret");
        var settings = new ZuperConnectionSettings
        {
            Zuper = ReadZuper(zuper),
            SyncOrganizations = root.Flag("syncOrganizations", true),
            SyncCustomers = root.Flag("syncCustomers", true),
            SyncInvoices = root.Flag("syncInvoices", true),
            SyncProducts = root.Flag("syncProducts", true),
            SyncPayments = root.Flag("syncPayments", true),
            IdentifyCustomerBy = root.Choice("identifyCustomerBy", IdentifyCustomerBy.None),
            CustomerIds = root.Choice("customerIds", CustomerIds.Zuper),
            InvoiceLocationField = root.Text("invoiceLocationField"),
            DefaultPaymentModeUid = root.Text("defaultPaymentModeUid"),
            PaymentModes = root.Map("paymentModes"),
            DefaultProductCategoryUid = root.Text("defaultProductCategoryUid"),
            ProductCategories = root.Map("productCategories"),
            CustomFields = ReadCustomFields(root.Child("customFields")),
            Invoice = ReadInvoice(root.Child("invoice")),
        };
        Check(settings.Zuper, zuper, rules);
        zuper.End();
        return settings;
    }

    private static void Check(ZuperSettings settings, DocumentReader zuper, ConnectionRules rules)
    {
        if (settings.CompanyName is null && settings.ApiUrl is null)
            zuper.Refuse(
                "companyName",
                "and zuper.apiUrl are both missing; give the account's login name or its API address"
            );
        if (
            settings.ApiUrl is { } url
            && (!Uri.TryCreate(url, UriKind.Absolute, out var address) || !rules.Hosts.Permits(address))
        )
            zuper.Refuse("apiUrl", $"is '{url}'; give an https address of {rules.Hosts}");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(settings.TimeZone, out _))
            zuper.Refuse("timeZone", $"is '{settings.TimeZone}'; give an IANA name such as America/Chicago");
    }

    private static ZuperSettings ReadZuper(DocumentReader zuper) =>
        new()
        {
            CompanyName = zuper.Text("companyName"),
            ApiUrl = zuper.Text("apiUrl"),
            TimeZone = zuper.Text("timeZone", "America/Chicago")!,
        };

    private static CustomFieldSettings ReadCustomFields(DocumentReader fields)
    {
        var settings = new CustomFieldSettings
        {
            Organizations = fields.Map("organizations"),
            Customers = fields.Map("customers"),
            Invoices = fields.Map("invoices"),
            InvoiceLines = fields.Map("invoiceLines"),
        };
        foreach (var kind in CarriedFieldKind.All)
        {
            foreach (var name in kind.Map(settings).Values.Where(n => !IntegrationNames().IsMatch(n)))
                fields.Refuse(
                    kind.Name,
                    $"names '{name}'; give the integration name of a custom field in Intacct, such as REGION"
                );
            foreach (
                var twice in kind.Map(settings)
                    .GroupBy(m => m.Value, m => m.Key, StringComparer.OrdinalIgnoreCase)
                    .Where(g => g.Skip(1).Any())
            )
                fields.Refuse(
                    kind.Name,
                    $"carries '{string.Join("' and '", twice)}' to {twice.Key}; give each field of Intacct one in Zuper"
                );
        }

        fields.End();
        return settings;
    }

    private static InvoiceSettings ReadInvoice(DocumentReader invoice)
    {
        var defaults = new InvoiceSettings();
        var settings = new InvoiceSettings
        {
            Document = invoice.Choice("document", InvoiceDocument.ArInvoice),
            Statuses = invoice.Texts("statuses", defaults.Statuses),
            GlAccountNo = invoice.Text("glAccountNo"),
            AccountLabel = invoice.Text("accountLabel"),
            TermName = invoice.Text("termName"),
            Currency = invoice.Text("currency"),
            ExchangeRateType = invoice.Text("exchangeRateType"),
            Tax = ReadAccount(invoice.Child("tax")),
            Discount = ReadAccount(invoice.Child("discount")),
            Fee = ReadAccount(invoice.Child("fee")),
            Rounding = ReadAccount(invoice.Child("rounding")),
            TransactionDefinition = invoice.Text("transactionDefinition", defaults.TransactionDefinition)!,
            Recreate = invoice.Flag("recreate", false),
            DefaultLocationId = invoice.Text("defaultLocationId"),
            DefaultDepartmentId = invoice.Text("defaultDepartmentId"),
            DepartmentField = invoice.Text("departmentField"),
            ClassField = invoice.Text("classField"),
            ProjectField = invoice.Text("projectField"),
        };
        CheckAccount(invoice, settings.GlAccountNo, settings.AccountLabel);
        foreach (var status in settings.Statuses.Where(s => !InvoiceStatuses.Contains(s, StringComparer.Ordinal)))
            invoice.Refuse("statuses", $"holds '{status}'; give some of {string.Join(", ", InvoiceStatuses)}");
        invoice.End();
        return settings;
    }

    private static AccountSettings ReadAccount(DocumentReader reader)
    {
        var account = new AccountSettings
        {
            GlAccountNo = reader.Text("glAccountNo"),
            AccountLabel = reader.Text("accountLabel"),
        };
        CheckAccount(reader, account.GlAccountNo, account.AccountLabel);
        reader.End();
        return account;
    }

    private static void CheckAccount(DocumentReader reader, string? glAccountNo, string? accountLabel)
    {
        if (glAccountNo is not null && accountLabel is not null)
            reader.Refuse("accountLabel", "is set beside glAccountNo; give one of the two");
    }

    /// <summary>A name that an element of a request can have.</summary>
    [GeneratedRegex(
        "^[A-Za-z_][A-Za-z0-9_]*$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex IntegrationNames();
}
