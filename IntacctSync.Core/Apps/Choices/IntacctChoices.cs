using IntacctSync.Core.Connections;
using IntacctSync.Core.Connections.Document;
using IntacctSync.Core.Intacct.Queries;

namespace IntacctSync.Core.Apps.Choices;

/// <summary>
/// The lists of Intacct that fields of a form are chosen from. Each costs a transaction.
/// </summary>
/// <remarks>
/// Names of objects and fields: the lookups of developer.intacct.com. Transaction definitions and bank accounts may
/// need their applications: what can't be read is left to be written by hand.
/// </remarks>
public static class IntacctChoices
{
    /// <summary>More would make the form heavy; what is left out can be written by hand.</summary>
    private const int Most = 400;

    private const string DailyRate = "Intacct Daily Rate";

    /// <summary>
    /// The payment methods that Intacct writes into PAYMENTMETHOD of a payment (developer.intacct.com, AR Payments).
    /// </summary>
    private static readonly string[] Methods =
    [
        "Printed Check",
        "Cash",
        "EFT",
        "Credit Card",
        "Online Charge Card",
        "Online ACH Debit",
    ];

    public static ChoiceList Accounts { get; } = Of("accounts", "accounts", "GLACCOUNT", "ACCOUNTNO", "TITLE");

    public static ChoiceList Labels { get; } =
        Of("labels", "account labels", "ARACCOUNTLABEL", "ACCOUNTLABEL", "DESCRIPTION");

    public static ChoiceList Locations { get; } = Of("locations", "locations", "LOCATION", "LOCATIONID", "NAME");

    public static ChoiceList Departments { get; } =
        Of("departments", "departments", "DEPARTMENT", "DEPARTMENTID", "TITLE");

    public static ChoiceList Terms { get; } = Of("terms", "payment terms", "ARTERM", "NAME", null);

    public static ChoiceList Definitions { get; } =
        Of("definitions", "transaction definitions", "SODOCUMENTPARAMS", "DOCID", null);

    public static ChoiceList BankAccounts { get; } =
        Of("banks", "bank accounts", "CHECKINGACCOUNT", "BANKACCOUNTID", "BANKNAME");

    public static ChoiceList ProductLines { get; } =
        Of("lines", "product lines", "PRODUCTLINE", "PRODUCTLINEID", "DESCRIPTION");

    public static ChoiceList PaymentMethods { get; } =
        new(
            "methods",
            "payment methods",
            (_, _) => Task.FromResult<IReadOnlyList<FieldChoice>>([.. Methods.Select(m => new FieldChoice(m, m))])
        );

    /// <summary>
    /// The currency of the books, and those of invoices: which others a company takes is said by no call whose fields
    /// are published.
    /// </summary>
    public static ChoiceList Currencies { get; } = new("currencies", "currencies", CurrenciesAsync);

    /// <remarks>
    /// The daily rate is of every company, and no query shows it (developer.intacct.com, Company Console, Exchange
    /// Rates).
    /// </remarks>
    public static ChoiceList RateTypes { get; } = new("rate-types", "exchange rate types", RateTypesAsync);

    /// <summary>The custom fields of an object, by their integration names.</summary>
    public static ChoiceList CustomFields(string name, string title, string objectName) =>
        CustomFields(name, title, _ => (objectName, null));

    /// <summary>As the other, of an object that depends on the connection's settings.</summary>
    /// <param name="name">By which a field of the form names the list.</param>
    /// <param name="title">What it is a list of, for people.</param>
    /// <param name="of">The object, and the transaction definition whose fields an Order Entry document has.</param>
    public static ChoiceList CustomFields(
        string name,
        string title,
        Func<ConnectionSettings, (string Object, string? Definition)> of
    ) =>
        new(
            name,
            title,
            async (look, cancellationToken) =>
            {
                var (objectName, definition) = of(look.Settings);
                var fields = await look.Client.ListCustomFieldsAsync(
                    look.Access.Intacct,
                    objectName,
                    definition,
                    cancellationToken
                );
                return [.. fields.Select(f => new FieldChoice(f.Name, f.Label))];
            }
        );

    private static async Task<IReadOnlyList<FieldChoice>> CurrenciesAsync(
        ChoiceLook look,
        CancellationToken cancellationToken
    )
    {
        var setup = await look.Client.GetFinancialSetupAsync(look.Access.Intacct, cancellationToken);
        var found = new List<string>(setup?.BaseCurrency is { } own ? [own] : []);
        if (setup is not { MultiCurrency: false })
        {
            var query = new IntacctQuery("ARINVOICE", ["CURRENCY"])
            {
                Filter = setup?.BaseCurrency is { } books
                    ? QueryFilter.NotEqualTo("CURRENCY", books)
                    : QueryFilter.IsNotNull("CURRENCY"),
                PageSize = Most,
            };
            await foreach (var page in look.Client.QueryPagesAsync(look.Access.Intacct, query, cancellationToken))
            {
                found.AddRange(page.Records.Select(r => r["CURRENCY"]).OfType<string>().Order(StringComparer.Ordinal));
                break;
            }
        }

        return [.. found.Distinct(StringComparer.OrdinalIgnoreCase).Select(c => new FieldChoice(c, c))];
    }

    private static async Task<IReadOnlyList<FieldChoice>> RateTypesAsync(
        ChoiceLook look,
        CancellationToken cancellationToken
    )
    {
        var setup = await look.Client.GetFinancialSetupAsync(look.Access.Intacct, cancellationToken);
        if (setup is { MultiCurrency: false })
            return [];
        var names = new List<string> { DailyRate };
        var query = new IntacctQuery("EXCHANGERATETYPES", ["NAME"]) { PageSize = Most };
        await foreach (var page in look.Client.QueryPagesAsync(look.Access.Intacct, query, cancellationToken))
        {
            names.AddRange(
                page.Records.Select(r => r["NAME"]).OfType<string>().Order(StringComparer.OrdinalIgnoreCase)
            );
            break;
        }

        return [.. names.Distinct(StringComparer.OrdinalIgnoreCase).Select(n => new FieldChoice(n, n))];
    }

    private static ChoiceList Of(string name, string title, string objectName, string key, string? text) =>
        new(
            name,
            title,
            async (look, cancellationToken) =>
            {
                var query = new IntacctQuery(objectName, text is null ? [key, "STATUS"] : [key, text, "STATUS"])
                {
                    PageSize = Most,
                };
                await foreach (var page in look.Client.QueryPagesAsync(look.Access.Intacct, query, cancellationToken))
                    return
                    [
                        .. page
                            .Records.Where(r =>
                                !string.Equals(r["STATUS"], "inactive", StringComparison.OrdinalIgnoreCase)
                            )
                            .Where(r => r[key] is not null)
                            .Select(r => new FieldChoice(r[key]!, (text is null ? null : r[text]) ?? r[key]!))
                            .DistinctBy(c => c.Value, StringComparer.OrdinalIgnoreCase)
                            .OrderBy(c => c.Value, StringComparer.OrdinalIgnoreCase),
                    ];
                return [];
            }
        );
}
