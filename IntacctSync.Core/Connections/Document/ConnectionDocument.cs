using System.Text.Json;
using System.Text.Json.Nodes;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Invoices;

namespace IntacctSync.Core.Connections.Document;

/// <summary>A document as it was put: its settings, and what it says of each secret.</summary>
public sealed record ConnectionDocument(ConnectionSettings Settings, IReadOnlyDictionary<string, SecretChange> Secrets)
{
    /// <summary>Reads a document and checks everything that can be checked without asking anybody.</summary>
    /// <returns>The document, or null with at least one error.</returns>
    public static ConnectionDocument? Read(JsonElement json, ConnectionRules rules, FieldErrors errors)
    {
        try
        {
            return ReadAll(json, rules, errors);
        }
        catch (InvalidOperationException)
        {
            // JSON can spell half of a surrogate pair, which is no text.
            errors.Add("", "holds half a character, such as \\ud800 alone; give whole ones");
            return null;
        }
    }

    private static ConnectionDocument? ReadAll(JsonElement json, ConnectionRules rules, FieldErrors errors)
    {
        var root = new SettingsReader(json, "", errors);
        var intacct = root.Child("intacct");
        var zuper = root.Child("zuper");
        var secrets = new Dictionary<string, SecretChange>(StringComparer.Ordinal)
        {
            [SecretField.SenderPassword] = intacct.Secret("senderPassword"),
            [SecretField.UserPassword] = intacct.Secret("userPassword"),
            [SecretField.ZuperApiKey] = zuper.Secret("apiKey"),
            [SecretField.WebhookSecret] = zuper.Secret("webhookSecret"),
        };
        var settings = new ConnectionSettings
        {
            App = root.Text("app", "zuper")!,
            Mode = root.Choice("mode", SyncMode.Live),
            StartDate = root.Date("startDate"),
            Intacct = ReadIntacct(intacct),
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
            SyncFailureEmails = root.Texts("syncFailureEmails", []),
            Invoice = ReadInvoice(root.Child("invoice")),
        };
        rules.Check(settings, root, zuper, errors);
        intacct.End();
        zuper.End();
        root.End();
        return errors.Any ? null : new ConnectionDocument(settings, secrets);
    }

    /// <summary>
    /// The document as the API shows it: every setting with its value, every secret only as set or not.
    /// </summary>
    public static JsonObject Show(ConnectionSettings settings, IReadOnlySet<string> secretsSet)
    {
        var json = JsonSerializer.SerializeToNode(settings, ConnectionJson.Options)!.AsObject();
        foreach (var field in SecretField.All)
        {
            var (group, name) = (field.Split('.')[0], field.Split('.')[1]);
            json[group]!.AsObject()[name] = new JsonObject { ["set"] = secretsSet.Contains(field) };
        }

        return json;
    }

    private static IntacctSettings ReadIntacct(SettingsReader intacct) =>
        new()
        {
            SenderId = intacct.Required("senderId"),
            CompanyId = intacct.Required("companyId"),
            UserId = intacct.Required("userId"),
            EntityId = intacct.Text("entityId"),
        };

    private static ZuperSettings ReadZuper(SettingsReader zuper) =>
        new()
        {
            CompanyName = zuper.Text("companyName"),
            ApiUrl = zuper.Text("apiUrl"),
            TimeZone = zuper.Text("timeZone", "America/Chicago")!,
        };

    private static InvoiceSettings ReadInvoice(SettingsReader invoice)
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
            TransactionDefinition = invoice.Text("transactionDefinition", defaults.TransactionDefinition)!,
            Recreate = invoice.Flag("recreate", false),
            DefaultLocationId = invoice.Text("defaultLocationId"),
            DefaultDepartmentId = invoice.Text("defaultDepartmentId"),
            DepartmentField = invoice.Text("departmentField"),
            ClassField = invoice.Text("classField"),
            ProjectField = invoice.Text("projectField"),
        };
        CheckAccount(invoice, settings.GlAccountNo, settings.AccountLabel);
        invoice.End();
        return settings;
    }

    private static AccountSettings ReadAccount(SettingsReader reader)
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

    private static void CheckAccount(SettingsReader reader, string? glAccountNo, string? accountLabel)
    {
        if (glAccountNo is not null && accountLabel is not null)
            reader.Refuse("accountLabel", "is set beside glAccountNo; give one of the two");
    }
}
