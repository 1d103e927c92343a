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

    /// <summary>The custom fields of an object, by their integration names.</summary>
    public static ChoiceList CustomFields(string name, string title, string objectName) =>
        new(
            name,
            title,
            async (look, cancellationToken) =>
                [
                    .. (
                        await look.Client.ListCustomFieldsAsync(
                            look.Access.Intacct,
                            objectName,
                            definition: null,
                            cancellationToken
                        )
                    ).Select(f => new FieldChoice(f.Name, f.Label)),
                ]
        );

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
