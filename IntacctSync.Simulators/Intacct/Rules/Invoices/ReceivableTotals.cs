using IntacctSync.Simulators.Intacct.Records;
using IntacctSync.Simulators.Intacct.Rules.Payments;

namespace IntacctSync.Simulators.Intacct.Rules.Invoices;

/// <summary>
/// Sums an invoice or an adjustment up: what its lines, the payments applied to it and what of it was applied as a
/// credit make of its totals and its state. A credit's totals are negative.
/// </summary>
internal static class ReceivableTotals
{
    /// <summary>
    /// What the tax entries of a line come to, where the company keeps tax by a tax solution: the line's amount is
    /// without it, the document's total is with it [assumed]. No field of the API.
    /// </summary>
    public const string Tax = "TRX_TAX";

    public static decimal Gross(StoredRecord line) => line.Amount("TRX_AMOUNT") + line.Amount(Tax);

    /// <summary>After a change of the document or its lines; WHENMODIFIED is the caller's matter.</summary>
    public static StoredRecord Sum(WriteContext context, ReceivableKind kind, StoredRecord document) =>
        Sum(context, kind, document, touches: false, paidOn: null);

    /// <summary>After it was paid, or a payment was taken back.</summary>
    public static StoredRecord Settle(
        WriteContext context,
        ReceivableKind kind,
        StoredRecord document,
        DateOnly? paidOn
    ) => Sum(context, kind, document, context.Options.PaymentsTouchInvoices, paidOn);

    /// <summary>After it was applied as a credit, or an application was taken back.</summary>
    public static StoredRecord Follow(
        WriteContext context,
        ReceivableKind kind,
        StoredRecord credit,
        DateOnly? paidOn
    ) => Sum(context, kind, credit, context.Options.ApplicationsTouchCredits, paidOn);

    private static StoredRecord Sum(
        WriteContext context,
        ReceivableKind kind,
        StoredRecord document,
        bool touches,
        DateOnly? paidOn
    )
    {
        var rate = ExchangeRate.Of(document);
        var reversed = document["STATE"] is "Reversed" or "Reversal";
        var paidByLine = PaidByLine(context, kind, document);
        var used = Used(context, kind, document);
        var (entered, due, baseEntered) = (0m, 0m, 0m);
        foreach (var line in kind.LinesOf(context, document))
        {
            var amount = Gross(line);
            var usedOfLine = Math.Min(used, Math.Max(0, -amount));
            used -= usedOfLine;
            var lineDue = reversed ? 0 : amount - paidByLine.GetValueOrDefault(line.RecordNo) + usedOfLine;
            entered += amount;
            baseEntered += line.Amount("AMOUNT") + (line.Amount(Tax) * rate.Rate);
            due += lineDue;
            PutLine(context, kind, line, lineDue, reversed, rate);
        }
        var values = new Dictionary<string, string>(document.Values, StringComparer.Ordinal);
        Put(values, "TRX_", rate.Currency, entered, due, reversed);
        Put(
            values,
            "",
            rate.Base,
            baseEntered,
            due == entered ? baseEntered
                : due == 0 ? 0
                : due * rate.Rate,
            reversed
        );
        if (kind == ReceivableKind.Invoice)
            values["TRX_ENTITYDUE"] = values["TRX_TOTALDUE"];
        if (!reversed && document["STATE"] != "Draft")
        {
            values["STATE"] =
                due == entered ? "Posted"
                : due == 0 ? "Paid"
                : "Partially Paid";
            values["WHENPAID"] =
                values["STATE"] != "Paid" ? ""
                : paidOn is null ? document["WHENPAID"]
                : Money.Text(paidOn);
        }
        var table = context.Table(kind.Object);
        var changed = touches
            ? context.Books.Update(table, document, values, context.Stamp)
            : context.Books.UpdateQuietly(table, document, values, context.Stamp);
        if (kind == ReceivableKind.Invoice)
            Orders.OrderTotals.Follow(context, changed);
        return changed;
    }

    /// <summary>What complete payments and their reversals come to, by line. Details of drafts don't count.</summary>
    private static Dictionary<int, decimal> PaidByLine(WriteContext context, ReceivableKind kind, StoredRecord document)
    {
        var paid = new Dictionary<int, decimal>();
        foreach (var detail in context.Table("ARPYMTDETAIL").FindAll(kind.Key, document.RecordNo))
            if (detail["STATE"] == "C")
            {
                var line = (int)detail.Amount(kind.LineKey);
                paid[line] = paid.GetValueOrDefault(line) + PaymentDetails.Applied(detail);
            }
        return paid;
    }

    /// <summary>What of it was applied to others.</summary>
    private static decimal Used(WriteContext context, ReceivableKind kind, StoredRecord credit) =>
        context
            .Table("ARPYMTDETAIL")
            .FindAll(kind.CreditKey, credit.RecordNo)
            .Where(d => d["STATE"] == "C")
            .Sum(d => d.Amount(kind.CreditAmount));

    private static void PutLine(
        WriteContext context,
        ReceivableKind kind,
        StoredRecord line,
        decimal due,
        bool reversed,
        ExchangeRate rate
    )
    {
        var paid = reversed ? 0 : Gross(line) - due;
        if (line["TRX_TOTALDUE"] == Money.Text(due) && line["TRX_TOTALPAID"] == Money.Text(paid))
            return;
        var values = new Dictionary<string, string>(line.Values, StringComparer.Ordinal)
        {
            ["TRX_TOTALPAID"] = Money.Text(paid),
            ["TRX_TOTALDUE"] = Money.Text(due),
            ["TOTALPAID"] = Money.Text(paid * rate.Rate),
            ["TOTALDUE"] = Money.Text(due * rate.Rate),
        };
        context.Books.UpdateQuietly(context.Table(kind.Lines), line, values, context.Stamp);
    }

    private static void Put(
        Dictionary<string, string> values,
        string prefix,
        string currency,
        decimal entered,
        decimal due,
        bool reversed
    )
    {
        due = Money.Rounded(due);
        values[$"{prefix}TOTALENTERED"] = Money.Text(entered);
        values[$"{prefix}TOTALPAID"] = Money.Text(reversed ? 0 : entered - due);
        values[$"{prefix}TOTALDUE"] = Money.Text(due);
        values[$"{prefix}TOTALSELECTED"] = "0";
    }
}
