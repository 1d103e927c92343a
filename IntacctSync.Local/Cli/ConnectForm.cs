using System.Text.Json.Nodes;
using IntacctSync.Core.Apps.Choices;
using IntacctSync.Core.Doctor;
using IntacctSync.Core.Upflow.Doctor;
using IntacctSync.Core.Zuper.Doctor;

namespace IntacctSync.Local.Cli;

/// <summary>One question of the form by which a connection is made.</summary>
/// <param name="Path">The member of the document, dotted.</param>
/// <param name="Text">What is asked.</param>
/// <param name="Usual">The answer that an empty one stands for; null where one must be given.</param>
/// <param name="IsSecret">Whether the answer is not shown.</param>
internal sealed record ConnectQuestion(string Path, string Text, string? Usual = null, bool IsSecret = false)
{
    /// <summary>Whether the answer is true or false.</summary>
    public bool IsSwitch { get; init; }

    /// <summary>Whether the answer is a list, joined by commas.</summary>
    public bool IsList { get; init; }

    /// <summary>The only answers that are taken; none where any is.</summary>
    public IReadOnlyList<string> Answers { get; init; } = [];

    /// <summary>The list of the API that it is chosen from; null for none.</summary>
    public string? List { get; init; }

    /// <summary>What must hold of the answers before it, for it to be asked; null for always.</summary>
    public Func<JsonObject, bool>? When { get; init; }

    /// <summary>The doctor's checks after which it is asked again, if one of them failed.</summary>
    public IReadOnlyList<string> Checks { get; init; } = [];

    /// <summary>The question with what was answered before as its usual answer; a secret is not repeated.</summary>
    public ConnectQuestion After(JsonObject document) =>
        IsSecret || ConnectForm.At(document, Path) is not { } at ? this : this with { Usual = Answer(at) };

    private string Answer(JsonNode value) =>
        IsSwitch
            ? value.GetValue<bool>()
                ? "yes"
                : "no"
            : IsList
                ? string.Join(", ", value.AsArray().Select(v => v!.ToString()))
                : value.ToString();
}

/// <summary>The questions for each app, in their order.</summary>
internal static class ConnectForm
{
    private static readonly string[] Sender = [CheckNames.IntacctSender];
    private static readonly string[] SignIn = [CheckNames.IntacctLogin];
    private static readonly string[] Entity = [CheckNames.IntacctLogin, UpflowCheckNames.IntacctEntity];
    private static readonly string[] Region = [ZuperCheckNames.Region];

    private static readonly string[] Accounts =
    [
        ZuperCheckNames.InvoiceSettings,
        ZuperCheckNames.IntacctAccounts,
        ZuperCheckNames.IntacctAccountLabels,
    ];

    private static readonly string[] Products = [ZuperCheckNames.ProductSettings, ZuperCheckNames.Categories];
    private static readonly string[] Receipts = [UpflowCheckNames.Receipts, UpflowCheckNames.IntacctReceiptAccount];
    private static readonly string[] Payments = [ZuperCheckNames.PaymentSettings, ZuperCheckNames.PaymentModes];

    public static IReadOnlyList<string> Apps { get; } = ["zuper", "upflow"];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ConnectQuestion> For(string app) => [.. SignInOf(app), .. FurtherOf(app)];

    /// <summary>What is needed to sign in to both systems, and so to read the lists that further ones are of.</summary>
    public static IReadOnlyList<ConnectQuestion> SignInOf(string app) =>
        [
            new("intacct.companyId", "Intacct company id") { Checks = SignIn },
            new("intacct.senderId", "Intacct sender id (Web Services)") { Checks = Sender },
            new("intacct.senderPassword", "Intacct sender password", IsSecret: true) { Checks = Sender },
            new("intacct.userId", "Intacct user id (a Web Services user)") { Checks = SignIn },
            new("intacct.userPassword", "Intacct user password", IsSecret: true) { Checks = SignIn },
            new("intacct.entityId", "Entity, of a multi-entity company (empty: top level)", "") { Checks = Entity },
            .. app == "upflow" ? KeysOfUpflow : KeysOfZuper,
        ];

    /// <summary>What is synced, and how.</summary>
    public static IReadOnlyList<ConnectQuestion> FurtherOf(string app) =>
        [
            .. app == "upflow" ? OfUpflow : OfZuper,
            new("startDate", "Nothing dated before (yyyy-MM-dd; empty: today)", ""),
            new("syncFailureEmails", "Who is told of what needs a person (addresses, joined by commas)", "")
            {
                IsList = true,
            },
        ];

    private static ConnectQuestion[] KeysOfZuper =>
        [
            new("zuper.companyName", "Zuper company login name (empty: give the address next)", "") { Checks = Region },
            new("zuper.apiUrl", "Zuper address of the account's region, such as https://us-west-1c.zuperpro.com")
            {
                When = d => At(d, "zuper.companyName") is null,
                Checks = Region,
            },
            new("zuper.apiKey", "Zuper API key", IsSecret: true) { Checks = [ZuperCheckNames.Key] },
            new("zuper.timeZone", "Time zone of the Zuper account", "America/Chicago")
            {
                Checks = [ZuperCheckNames.TimeZone],
            },
        ];

    private static ConnectQuestion[] OfZuper =>
        [
            Switch("syncOrganizations", "Sync organizations to Intacct's customers"),
            Switch("syncCustomers", "Sync customers to Intacct's contacts"),
            Switch("syncInvoices", "Sync invoices to Intacct", Accounts),
            Switch("syncProducts", "Sync Intacct's items to products", Products),
            Switch("syncPayments", "Sync Intacct's payments to Zuper's invoices", Payments),
            new("identifyCustomerBy", "Recognize customers of Intacct by none, name or email", "none")
            {
                Answers = ["none", "name", "email"],
            },
            new("customerIds", "Ids of new customers given by zuper or intacct", "zuper")
            {
                Answers = ["zuper", "intacct"],
            },
            Account("glAccountNo", "GL account of invoice lines (empty: give an account label next)", Invoiced),
            Label("accountLabel", "AR account label of invoice lines (empty: none)") with
            {
                When = d => Invoiced(d) && !Booked(d),
            },
            Account("tax.glAccountNo", "GL account of taxes (empty: later)", Booked),
            Account("discount.glAccountNo", "GL account of discounts (empty: later)", Booked),
            Account("fee.glAccountNo", "GL account of fees (empty: later)", Booked),
            Account("rounding.glAccountNo", "GL account of cents by rounding (empty: later)", Booked),
            Label("tax.accountLabel", "AR account label of taxes (empty: later)"),
            Label("discount.accountLabel", "AR account label of discounts (empty: later)"),
            Label("fee.accountLabel", "AR account label of fees (empty: later)"),
            Label("rounding.accountLabel", "AR account label of cents by rounding (empty: later)"),
            new("invoiceLocationField", "Zuper's invoice field for the location (empty: none)", "")
            {
                When = Invoiced,
                List = "fields",
            },
            new("defaultProductCategoryUid", "Zuper product category for items (empty: later)", "")
            {
                When = d => IsOn(d, "syncProducts"),
                Checks = Products,
                List = "categories",
            },
            new("defaultPaymentModeUid", "Zuper payment mode for payments (empty: later)", "")
            {
                When = d => IsOn(d, "syncPayments"),
                Checks = Payments,
                List = "modes",
            },
        ];

    private static ConnectQuestion[] KeysOfUpflow =>
        [
            new("upflow.apiKey", "Upflow API key", IsSecret: true) { Checks = [UpflowCheckNames.Keys] },
            new("upflow.apiSecret", "Upflow API secret", IsSecret: true) { Checks = [UpflowCheckNames.Keys] },
        ];

    private static ConnectQuestion[] OfUpflow =>
        [
            new("defaultCurrency", "Currency of invoices that name none", "USD")
            {
                Checks = [UpflowCheckNames.IntacctCurrency],
                List = IntacctChoices.Currencies.Name,
            },
            Switch("syncCustomers", "Sync customers"),
            Switch("syncInvoices", "Sync invoices"),
            Switch("syncCreditNotes", "Sync credit notes"),
            Switch("syncPayments", "Sync payments"),
            Switch("syncReceipts", "Post in Intacct what is paid in Upflow", Receipts) with
            {
                Usual = "no",
            },
            new("receipts.bankAccountId", "Bank account that such payments go to", "")
            {
                When = d => IsOn(d, "syncReceipts"),
                Checks = Receipts,
                List = IntacctChoices.BankAccounts.Name,
            },
            new("receipts.undepositedFundsAccountNo", "Or the undeposited funds account", "")
            {
                When = d => IsOn(d, "syncReceipts") && At(d, "receipts.bankAccountId") is null,
                Checks = Receipts,
                List = IntacctChoices.Accounts.Name,
            },
        ];

    /// <summary>Puts an answer at its place in the document; an empty one stands for nothing.</summary>
    public static void Put(JsonObject document, ConnectQuestion question, string answer)
    {
        var text = answer.Trim();
        if (question.Answers.Count > 0)
            text = text.ToLowerInvariant();
        JsonNode? value =
            question.IsSwitch ? text is "yes" or "y"
            : question.IsList ? new JsonArray([.. Entries(text).Select(t => (JsonNode)t)])
            : text.Length == 0 ? null
            : text;
        Put(document, question.Path, value);
    }

    /// <summary>Puts a value at a dotted path.</summary>
    public static void Put(JsonObject document, string path, JsonNode? value)
    {
        var parts = path.Split('.');
        var at = document;
        foreach (var part in parts[..^1])
        {
            if (at[part] is not JsonObject inner)
                at[part] = inner = [];
            at = inner;
        }

        at[parts[^1]] = value;
    }

    private static string[] Entries(string text) => text.Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What a document has at a dotted path; null for nothing.</summary>
    public static JsonNode? At(JsonObject document, string path)
    {
        JsonNode? at = document;
        foreach (var part in path.Split('.'))
            at = (at as JsonObject)?[part];
        return at;
    }

    private static bool IsOn(JsonObject document, string path) => At(document, path)?.GetValue<bool>() == true;

    private static bool Invoiced(JsonObject document) => IsOn(document, "syncInvoices");

    private static bool Booked(JsonObject document) =>
        Invoiced(document) && At(document, "invoice.glAccountNo") is not null;

    private static ConnectQuestion Account(string name, string text, Func<JsonObject, bool> when) =>
        new($"invoice.{name}", text, "")
        {
            When = when,
            Checks = Accounts,
            List = IntacctChoices.Accounts.Name,
        };

    /// <summary>Asked where the company books by labels.</summary>
    private static ConnectQuestion Label(string name, string text) =>
        Account(name, text, d => Invoiced(d) && !Booked(d) && At(d, "invoice.accountLabel") is not null) with
        {
            List = IntacctChoices.Labels.Name,
        };

    private static ConnectQuestion Switch(string path, string text, IReadOnlyList<string>? checks = null) =>
        new(path, text, "yes")
        {
            IsSwitch = true,
            Checks = checks ?? [],
            Answers = ["yes", "no", "y", "n"],
        };
}
