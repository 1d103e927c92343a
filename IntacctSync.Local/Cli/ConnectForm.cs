using System.Text.Json.Nodes;

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
}

/// <summary>The questions for each app, in their order.</summary>
internal static class ConnectForm
{
    public static IReadOnlyList<string> Apps { get; } = ["zuper", "upflow"];

    public static IReadOnlyList<ConnectQuestion> For(string app) =>
        [
            new("intacct.companyId", "Intacct company id"),
            new("intacct.senderId", "Intacct sender id (Web Services)"),
            new("intacct.senderPassword", "Intacct sender password", IsSecret: true),
            new("intacct.userId", "Intacct user id (a Web Services user)"),
            new("intacct.userPassword", "Intacct user password", IsSecret: true),
            new("intacct.entityId", "Entity, of a multi-entity company (empty: top level)", ""),
            .. app == "upflow" ? OfUpflow : OfZuper,
            new("startDate", "Nothing dated before (yyyy-MM-dd; empty: today)", ""),
            new("syncFailureEmails", "Who is told of what needs a person (addresses, joined by commas)", "")
            {
                IsList = true,
            },
        ];

    private static ConnectQuestion[] OfZuper =>
        [
            new("zuper.companyName", "Zuper company login name (empty: give the address next)", ""),
            new("zuper.apiUrl", "Zuper address, the account's dc_api_url (empty: looked up)", ""),
            new("zuper.apiKey", "Zuper API key", IsSecret: true),
            new("zuper.timeZone", "Time zone of the Zuper account", "America/Chicago"),
            Switch("syncOrganizations", "Sync organizations to Intacct's customers"),
            Switch("syncCustomers", "Sync customers to Intacct's contacts"),
            Switch("syncInvoices", "Sync invoices to Intacct"),
            Switch("syncProducts", "Sync Intacct's items to products"),
            Switch("syncPayments", "Sync Intacct's payments to Zuper's invoices"),
            new("invoice.glAccountNo", "GL account of invoice lines (empty: give an account label next)", ""),
            new("invoice.accountLabel", "AR account label of invoice lines (empty: none)", ""),
            new("defaultProductCategoryUid", "Zuper product category for items, its uid (empty: later)", ""),
            new("defaultPaymentModeUid", "Zuper payment mode for payments, its uid (empty: later)", ""),
        ];

    private static ConnectQuestion[] OfUpflow =>
        [
            new("upflow.apiKey", "Upflow API key", IsSecret: true),
            new("upflow.apiSecret", "Upflow API secret", IsSecret: true),
            new("defaultCurrency", "Currency of invoices that name none", "USD"),
            Switch("syncCustomers", "Sync customers"),
            Switch("syncInvoices", "Sync invoices"),
            Switch("syncCreditNotes", "Sync credit notes"),
            Switch("syncPayments", "Sync payments"),
        ];

    /// <summary>Puts an answer at its place in the document; an empty one stands for nothing.</summary>
    public static void Put(JsonObject document, ConnectQuestion question, string answer)
    {
        var text = answer.Trim();
        JsonNode? value =
            question.IsSwitch ? text is "yes" or "y" or "true"
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

    private static ConnectQuestion Switch(string path, string text) => new(path, text, "yes") { IsSwitch = true };
}
