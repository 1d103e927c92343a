using System.Text.Json.Nodes;
using IntacctSync.Core;
using IntacctSync.Core.Connections.Document;
using IntacctSync.Core.Doctor;
using IntacctSync.Core.Upflow.Doctor;
using IntacctSync.Core.Zuper.Doctor;

namespace IntacctSync.Local.Cli;

/// <summary>
/// The console's form as questions: the same fields in the same words and order, but that those come first by which
/// both systems are signed in to, since the lists of the others are read with them.
/// </summary>
internal static class ConnectForm
{
    private static readonly string[] Accounts =
    [
        ZuperCheckNames.InvoiceSettings,
        ZuperCheckNames.IntacctAccounts,
        ZuperCheckNames.IntacctAccountLabels,
    ];

    private static readonly string[] Products = [ZuperCheckNames.ProductSettings, ZuperCheckNames.Categories];
    private static readonly string[] Payments = [ZuperCheckNames.PaymentSettings, ZuperCheckNames.PaymentModes];
    private static readonly string[] Receipts = [UpflowCheckNames.Receipts, UpflowCheckNames.IntacctReceiptAccount];
    private static readonly string[] Dimensions = [ZuperCheckNames.IntacctDimensions];
    private static readonly string[] InvoiceFields = [ZuperCheckNames.InvoiceFields];
    private static readonly string[] Currency = [ZuperCheckNames.IntacctCurrency];
    private static readonly string[] CustomFields = [ZuperCheckNames.CustomFields, ZuperCheckNames.IntacctCustomFields];

    /// <summary>
    /// The doctor's checks by the fields that they are about, or by the beginning of their paths. The longest one
    /// counts.
    /// </summary>
    private static readonly (string Path, string[] Checks)[] ChecksOf =
    [
        ("intacct.senderId", [CheckNames.IntacctSender]),
        ("intacct.senderPassword", [CheckNames.IntacctSender]),
        ("intacct.companyId", [CheckNames.IntacctLogin]),
        ("intacct.userId", [CheckNames.IntacctLogin]),
        ("intacct.userPassword", [CheckNames.IntacctLogin]),
        ("intacct.entityId", [CheckNames.IntacctLogin, UpflowCheckNames.IntacctEntity]),
        ("zuper.companyName", [ZuperCheckNames.Region]),
        ("zuper.apiUrl", [ZuperCheckNames.Region]),
        ("zuper.apiKey", [ZuperCheckNames.Key]),
        ("zuper.timeZone", [ZuperCheckNames.TimeZone]),
        ("upflow.", [UpflowCheckNames.Keys]),
        ("syncInvoices", Accounts),
        ("syncProducts", Products),
        ("syncPayments", Payments),
        ("syncReceipts", Receipts),
        ("receipts.bankAccountId", Receipts),
        ("receipts.undepositedFundsAccountNo", Receipts),
        ("defaultCurrency", Currency),
        ("invoiceLocationField", [ZuperCheckNames.InvoiceFields, ZuperCheckNames.IntacctLocationField]),
        ("defaultProductCategoryUid", Products),
        ("productCategories", Products),
        ("defaultPaymentModeUid", Payments),
        ("paymentModes", Payments),
        ("invoice.glAccountNo", Accounts),
        ("invoice.accountLabel", Accounts),
        ("invoice.tax.", Accounts),
        ("invoice.discount.", Accounts),
        ("invoice.fee.", Accounts),
        ("invoice.rounding.", Accounts),
        ("invoice.document", [ZuperCheckNames.IntacctOrders, ZuperCheckNames.IntacctTaxSolution]),
        ("invoice.transactionDefinition", [ZuperCheckNames.IntacctTransactionDefinition]),
        ("invoice.termName", [ZuperCheckNames.IntacctTerm]),
        ("invoice.currency", Currency),
        ("invoice.exchangeRateType", Currency),
        ("invoice.default", Dimensions),
        ("invoice.departmentField", InvoiceFields),
        ("invoice.classField", InvoiceFields),
        ("invoice.projectField", InvoiceFields),
        ("customFields.", CustomFields),
    ];

    public static IReadOnlyList<string> Apps { get; } = [.. IntacctSyncRegistration.Apps.All.Select(a => a.Name)];

    /// <summary>The form of an app; of one that is not known, an empty one.</summary>
    public static ConnectionForm FormOf(string app) =>
        IntacctSyncRegistration.Apps.Find(app)?.Form ?? ConnectionForm.Empty;

    /// <summary>All questions, in the order of the form.</summary>
    public static IReadOnlyList<ConnectQuestion> For(string app) => [.. FormOf(app).Fields.Select(Question)];

    /// <summary>What is needed to sign in to both systems.</summary>
    public static IReadOnlyList<ConnectQuestion> SignInOf(string app) => [.. For(app).Where(q => q.Field.SignsIn)];

    /// <summary>The rest of a section.</summary>
    public static IReadOnlyList<ConnectQuestion> Of(FormSection section) =>
        [.. section.Fields.Where(f => !f.SignsIn).Select(Question)];

    private static ConnectQuestion Question(FormField field) =>
        new(field) { When = WhenOf(field.Path), Checks = Checks(field.Path) };

    private static string[] Checks(string path) =>
        ChecksOf
            .Where(c => path == c.Path || (path.StartsWith(c.Path, StringComparison.Ordinal) && IsBeginning(c.Path)))
            .OrderByDescending(c => c.Path.Length)
            .Select(c => c.Checks)
            .FirstOrDefault([]);

    private static bool IsBeginning(string path) => path[^1] == '.' || path == "invoice.default";

    /// <summary>
    /// When a field comes into question by the answers before it. In the form all are seen, so one sees which belong
    /// together.
    /// </summary>
    private static Func<JsonObject, bool>? WhenOf(string path) =>
        path switch
        {
            "zuper.apiUrl" => d => ConnectDocument.At(d, "zuper.companyName") is null,
            "receipts.undepositedFundsAccountNo" => d =>
                IsOn(d, "syncReceipts") && ConnectDocument.At(d, "receipts.bankAccountId") is null,
            "invoice.accountLabel" => d => IsOn(d, "syncInvoices") && !HasAccount(d),
            "defaultProductCategoryUid" or "productCategories" => static d => IsOn(d, "syncProducts"),
            "paymentModes" => static d => IsOn(d, "syncPayments"),
            _ when path.StartsWith("receipts.", StringComparison.Ordinal) => static d => IsOn(d, "syncReceipts"),
            _ when path.EndsWith(".accountLabel", StringComparison.Ordinal) => static d =>
                IsOn(d, "syncInvoices") && !HasAccount(d) && ConnectDocument.At(d, "invoice.accountLabel") is not null,
            _ when path.Count(c => c == '.') == 2 && path.EndsWith(".glAccountNo", StringComparison.Ordinal) =>
                static d => IsOn(d, "syncInvoices") && HasAccount(d),
            _ when path.StartsWith("invoice.", StringComparison.Ordinal) => static d => IsOn(d, "syncInvoices"),
            _ => null,
        };

    private static bool IsOn(JsonObject document, string path) =>
        ConnectDocument.At(document, path)?.GetValue<bool>() == true;

    /// <summary>Whether the company books by accounts and not by labels.</summary>
    private static bool HasAccount(JsonObject document) =>
        ConnectDocument.At(document, "invoice.glAccountNo") is not null;
}
