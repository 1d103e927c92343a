using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Answers;
using IntacctSync.Simulators.Intacct.Records;

namespace IntacctSync.Simulators.Intacct.Rules.Invoices;

/// <summary>
/// reverse_invoice, and what a person does to an adjustment: it is Reversed, and another, a Reversal, takes its money
/// back. That the second has the other sign, a number of its own, and is what the answer's key names is [assumed]; so
/// is that the one of an adjustment names it in PARENTPAYMENT.
/// </summary>
internal static class ReceivableReversal
{
    public static string Run(WriteContext context, XElement call)
    {
        try
        {
            return Money.Number(
                Reverse(
                    context,
                    ReceivableKind.Invoice,
                    InvoiceHeader.Find(context, call, "reverse"),
                    call.Date("datereversed")!.Value,
                    call.Text("description")
                ).RecordNo
            );
        }
        catch (RefusedException refused)
        {
            throw refused.Within("Could not reverse Invoice record!");
        }
    }

    public static StoredRecord Reverse(
        WriteContext context,
        ReceivableKind kind,
        StoredRecord document,
        DateOnly date,
        string description
    )
    {
        Require(context, kind, document, date);
        var values = new Dictionary<string, string>(document.Values, StringComparer.Ordinal)
        {
            ["STATE"] = "Reversal",
            ["RAWSTATE"] = "V",
            ["RECORDID"] = $"Reversed - {document["RECORDID"]}",
            ["DESCRIPTION"] = description.Length > 0 ? description : $"Reversed - {document["DESCRIPTION"]}",
            ["EXTERNALID"] = "",
            ["WHENCREATED"] = Money.Text(date),
            ["WHENPOSTED"] = Money.Text(date),
            ["SYSTEMGENERATED"] = "T",
        };
        if (kind == ReceivableKind.Invoice)
            values["WHENDUE"] = Money.Text(date);
        else if (context.Options.ReversalsNameAdjustments)
            values["PARENTPAYMENT"] = Money.Number(document.RecordNo);
        var original = new Dictionary<string, string>(document.Values, StringComparer.Ordinal)
        {
            ["STATE"] = "Reversed",
            ["RAWSTATE"] = "V",
        };
        var table = context.Table(kind.Object);
        ReceivableTotals.Sum(context, kind, context.Books.Update(table, document, original, context.Stamp));
        var reversal = context.Books.Insert(table, values, context.Stamp);
        var number = 0;
        foreach (var line in kind.LinesOf(context, document))
            kind.AddLine(context, reversal, ++number, Negated(line));
        return ReceivableTotals.Sum(context, kind, reversal);
    }

    private static void Require(WriteContext context, ReceivableKind kind, StoredRecord document, DateOnly date)
    {
        var name = $"The {(kind == ReceivableKind.Invoice ? "invoice" : "adjustment")} '{document["RECORDID"]}'";
        if (document["MODULEKEY"] == "8.SO")
            throw RefusedException.Generic($"{name} was created in Order Entry and cannot be reversed here.");
        if (document["STATE"] is "Reversed" or "Reversal")
            throw RefusedException.Generic($"{name} has already been reversed.");
        if (document["STATE"] == "Draft")
            throw RefusedException.Generic($"{name} is a draft and cannot be reversed.");
        if (document.Amount("TRX_TOTALPAID") != 0)
            throw RefusedException.Generic($"{name} is paid in whole or in part and cannot be reversed.");
        if (date < document.Day("WHENCREATED"))
            throw RefusedException.Generic($"Date must be on or after {document["WHENCREATED"]}");
        Ledger.RequireOpen(context, date);
    }

    private static Dictionary<string, string> Negated(StoredRecord line)
    {
        var values = new Dictionary<string, string>(line.Values, StringComparer.Ordinal)
        {
            ["TRX_AMOUNT"] = Money.Text(-line.Amount("TRX_AMOUNT")),
            ["AMOUNT"] = Money.Text(-line.Amount("AMOUNT")),
        };
        if (line.Amount(ReceivableTotals.Tax) is not 0 and var tax)
            values[ReceivableTotals.Tax] = Money.Text(-tax);
        foreach (var total in new[] { "TRX_TOTALPAID", "TRX_TOTALDUE", "TOTALPAID", "TOTALDUE" })
            values.Remove(total);
        return values;
    }
}
