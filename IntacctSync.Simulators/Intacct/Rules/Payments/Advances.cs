using IntacctSync.Simulators.Intacct.Answers;
using IntacctSync.Simulators.Intacct.Records;

namespace IntacctSync.Simulators.Intacct.Rules.Payments;

/// <summary>
/// What becomes of an advance after it was made: how much of it is applied, its reversal, and how ARPYMT shows it.
/// </summary>
internal static class Advances
{
    private static readonly string[] Shared =
    [
        "FINANCIALENTITY",
        "UNDEPOSITEDACCOUNTNO",
        "PAYMENTMETHOD",
        "CUSTOMERID",
        "CUSTOMERNAME",
        "CUSTOMERKEY",
        "DOCNUMBER",
        "DESCRIPTION",
        "RECEIPTDATE",
        "WHENCREATED",
        "WHENPAID",
        "BASECURR",
        "CURRENCY",
        "EXCHANGE_RATE",
        "EXCH_RATE_TYPE_ID",
        "CLEARED",
        "RECORDTYPE",
        "TOTALENTERED",
        "TOTALPAID",
        "TOTALDUE",
        "TRX_TOTALENTERED",
        "TRX_TOTALPAID",
        "TRX_TOTALDUE",
    ];

    public static void Follow(WriteContext context, StoredRecord advance, decimal applied)
    {
        var values = new Dictionary<string, string>(advance.Values, StringComparer.Ordinal);
        var entered = advance.Amount("TRX_TOTALENTERED");
        PaymentTotals.Put(values, entered, entered - applied);
        values["STATE"] =
            applied == 0 ? "Posted"
            : applied == entered ? "Fully applied"
            : "Partially applied";
        Keep(context, advance, values, context.Options.ApplicationsTouchCredits);
    }

    /// <summary>
    /// Takes back an advance that nothing is applied of: it is Reversed, and a Reversal with the other sign names it as
    /// its PARENTPAYMENT [assumed].
    /// </summary>
    public static StoredRecord Reverse(WriteContext context, StoredRecord advance, DateOnly date, string description)
    {
        if (advance["STATE"] != "Posted")
            throw RefusedException.Generic(
                $"The advance '{advance.RecordNo}' is {advance["STATE"]} and cannot be reversed."
            );
        if (date < advance.Day("RECEIPTDATE"))
            throw RefusedException.Generic($"Date must be on or after {advance["RECEIPTDATE"]}");
        Ledger.RequireOpen(context, date);
        var entered = advance.Amount("TRX_TOTALENTERED");
        var original = new Dictionary<string, string>(advance.Values, StringComparer.Ordinal)
        {
            ["STATE"] = "Reversed",
            ["RAWSTATE"] = "V",
        };
        PaymentTotals.Put(original, entered, 0);
        Keep(context, advance, original, context.Options.ReversalsTouchPayments);
        var values = new Dictionary<string, string>(advance.Values, StringComparer.Ordinal)
        {
            ["STATE"] = "Reversal",
            ["RAWSTATE"] = "V",
            ["PARENTPAYMENT"] = Money.Number(advance.RecordNo),
            ["DESCRIPTION"] = description.Length > 0 ? description : $"Reversed - {advance["DESCRIPTION"]}",
            ["SYSTEMGENERATED"] = "T",
        };
        values["RECEIPTDATE"] = values["PAYMENTDATE"] = values["WHENCREATED"] = values["WHENPAID"] = Money.Text(date);
        PaymentTotals.Put(values, -entered, 0);
        return Insert(context, values);
    }

    public static StoredRecord Insert(WriteContext context, Dictionary<string, string> values)
    {
        var advance = context.Books.Insert(context.Table("ARADVANCE"), values, context.Stamp);
        if (context.Options.AdvancesAmongPayments)
            context.Books.Insert(context.Table("ARPYMT"), AsPayment(advance), context.Stamp, advance.RecordNo);
        return advance;
    }

    public static StoredRecord Keep(
        WriteContext context,
        StoredRecord advance,
        Dictionary<string, string> values,
        bool touches
    )
    {
        var changed = Update("ARADVANCE", advance, values);
        if (context.Table("ARPYMT").Find(advance.RecordNo) is { } shown)
            Update("ARPYMT", shown, AsPayment(changed));
        return changed;

        StoredRecord Update(string name, StoredRecord before, Dictionary<string, string> after) =>
            touches
                ? context.Books.Update(context.Table(name), before, after, context.Stamp)
                : context.Books.UpdateQuietly(context.Table(name), before, after, context.Stamp);
    }

    private static Dictionary<string, string> AsPayment(StoredRecord advance)
    {
        var values = Shared
            .Where(f => advance[f].Length > 0)
            .ToDictionary(f => f, f => advance[f], StringComparer.Ordinal);
        values["PARENTPAYMENTKEY"] = advance["PARENTPAYMENT"];
        var (shown, raw) = advance["STATE"] switch
        {
            "Draft" => ("Draft", "D"),
            "Reversed" => ("Reversed", "V"),
            "Reversal" => ("Reversal", "V"),
            _ => ("Complete", "C"),
        };
        return PaymentRules.State(values, shown, raw);
    }
}
