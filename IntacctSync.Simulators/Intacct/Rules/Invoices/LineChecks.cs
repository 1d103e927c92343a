using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Answers;
using IntacctSync.Simulators.Intacct.Records;

namespace IntacctSync.Simulators.Intacct.Rules.Invoices;

/// <summary>
/// Reads a line of an invoice or adjustment and checks its account and dimensions
/// (developer.intacct.com/api/accounts-receivable/invoices).
/// </summary>
internal static class LineChecks
{
    private static readonly (
        string Element,
        string Field,
        string Object,
        string Title,
        string Requirement
    )[] Dimensions =
    [
        ("locationid", "LOCATIONID", "LOCATION", "Location", "REQUIRELOC"),
        ("departmentid", "DEPARTMENTID", "DEPARTMENT", "Department", "REQUIREDEPT"),
        ("projectid", "PROJECTID", "PROJECT", "Project", "REQUIREPROJECT"),
        ("customerid", "CUSTOMERID", "CUSTOMER", "Customer", "REQUIRECUSTOMER"),
        ("itemid", "ITEMID", "ITEM", "Item", "REQUIREITEM"),
        ("classid", "CLASSID", "CLASS", "Class", "REQUIRECLASS"),
    ];

    /// <summary>The line with what the element says put over <paramref name="before"/>, the line as it was.</summary>
    public static Dictionary<string, string> Read(
        WriteContext context,
        XElement line,
        StoredRecord? before,
        ExchangeRate rate
    )
    {
        var values = before is null ? [] : new Dictionary<string, string>(before.Values, StringComparer.Ordinal);
        Account(context, line, values);
        if (before is null && !line.Has("amount"))
            throw new RefusedException(
                new IntacctError("BL03002101", "Remove the extra line item in the request, then reclassify the bill.")
            );
        if (line.Has("amount"))
            Amount(values, line.Number("amount"), rate);
        if (line.Element("taxentries") is { } taxes)
            values[ReceivableTotals.Tax] = Money.Text(taxes.Elements("taxentry").Sum(t => t.Number("trx_tax")));
        if (line.Has("memo"))
            values["ENTRYDESCRIPTION"] = line.Text("memo");
        foreach (var dimension in Dimensions)
            if (line.Has(dimension.Element))
                values[dimension.Field] = line.Text(dimension.Element);
        line.TakeCustomFields(context, "ARINVOICEITEM", values);
        Check(context, values);
        return values;
    }

    public static void Amount(Dictionary<string, string> values, decimal amount, ExchangeRate rate)
    {
        values["TRX_AMOUNT"] = Money.Text(amount);
        values["AMOUNT"] = Money.Text(Money.Rounded(amount) * rate.Rate);
        values["CURRENCY"] = rate.Currency;
    }

    /// <summary>What the account requires, and that every dimension named is there.</summary>
    public static void Check(WriteContext context, Dictionary<string, string> values)
    {
        var account = context.Table("GLACCOUNT").Find(values["ACCOUNTNO"]);
        foreach (var dimension in Dimensions)
        {
            var id = values.GetValueOrDefault(dimension.Field, "");
            if (id.Length > 0 && !Ledger.IsUsable(context.Table(dimension.Object).Find(id)))
                throw RefusedException.Invalid(Invalid(dimension.Title, id));
            var required =
                account?[dimension.Requirement] is "true" or "T"
                || (dimension.Object == "LOCATION" && context.Setup.Entities.Count > 0);
            if (id.Length == 0 && required)
                throw RefusedException.Invalid(
                    $"This transaction is missing the {dimension.Title} dimension for the Account {values["ACCOUNTNO"]}"
                );
        }
    }

    private static void Account(WriteContext context, XElement line, Dictionary<string, string> values)
    {
        var labels = Ledger.Preference(context, "AR", "USEACCOUNTLABELS") is "T" or "true";
        if (line.Has("glaccountno") && labels)
            throw RefusedException.Invalid("This company uses account labels: a GL account number is not valid here");
        if (line.Has("accountlabel") && !labels)
            throw RefusedException.Invalid("This company does not use account labels: a GL account number is required");
        if (line.Has("accountlabel"))
        {
            var label = context.Table("ARACCOUNTLABEL").Find(line.Text("accountlabel"));
            if (!Ledger.IsUsable(label))
                throw RefusedException.Invalid($"Account label '{line.Text("accountlabel")}' is not valid");
            values["ACCOUNTLABEL"] = label!["ACCOUNTLABEL"];
            values["ACCOUNTNO"] = label["GLACCOUNTNO"];
        }
        else if (line.Has("glaccountno"))
            values["ACCOUNTNO"] = line.Text("glaccountno");
        var account = context.Table("GLACCOUNT").Find(values["ACCOUNTNO"]);
        if (!Ledger.IsUsable(account))
            throw RefusedException.Invalid($"Account {values["ACCOUNTNO"]} is not valid");
        values["ACCOUNTKEY"] = Money.Number(account!.RecordNo);
        values["ACCOUNTTITLE"] = account["TITLE"];
    }

    private static string Invalid(string title, string id) =>
        title switch
        {
            "Item" => $"Item ID '{id}' is not valid",
            "Customer" => $"Customer '{id}' specified is not valid.",
            _ => $"{title} '{id}' is not valid",
        };
}
