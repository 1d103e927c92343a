using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Answers;
using IntacctSync.Simulators.Intacct.Records;

namespace IntacctSync.Simulators.Intacct.Rules.Invoices;

/// <summary>
/// reverse_invoice: the invoice is Reversed, and another, a Reversal, takes its money back. That the second has
/// negative totals, a number of its own, and is what the answer's key names is [assumed].
/// </summary>
internal static class InvoiceReversal
{
    public static string Run(WriteContext context, XElement call)
    {
        try
        {
            var invoice = InvoiceHeader.Find(context, call, "reverse");
            return Money.Number(
                Reverse(context, invoice, call.Date("datereversed")!.Value, call.Text("description")).RecordNo
            );
        }
        catch (RefusedException refused)
        {
            throw refused.Within("Could not reverse Invoice record!");
        }
    }

    public static StoredRecord Reverse(WriteContext context, StoredRecord invoice, DateOnly date, string description)
    {
        Require(context, invoice, date);
        var lines = InvoiceLines.Of(context, invoice);
        var values = new Dictionary<string, string>(invoice.Values, StringComparer.Ordinal)
        {
            ["STATE"] = "Reversal",
            ["RAWSTATE"] = "V",
            ["RECORDID"] = $"Reversed - {invoice["RECORDID"]}",
            ["DESCRIPTION"] = description.Length > 0 ? description : $"Reversed - {invoice["DESCRIPTION"]}",
            ["EXTERNALID"] = "",
            ["WHENCREATED"] = Money.Text(date),
            ["WHENPOSTED"] = Money.Text(date),
            ["WHENDUE"] = Money.Text(date),
            ["SYSTEMGENERATED"] = "T",
        };
        var original = new Dictionary<string, string>(invoice.Values, StringComparer.Ordinal)
        {
            ["STATE"] = "Reversed",
            ["RAWSTATE"] = "V",
        };
        InvoiceTotals.Sum(context, context.Books.Update(context.Table("ARINVOICE"), invoice, original, context.Stamp));
        return InvoiceCreation.Insert(context, values, lines.Select(Negated));
    }

    private static void Require(WriteContext context, StoredRecord invoice, DateOnly date)
    {
        var number = invoice["RECORDID"];
        if (invoice["MODULEKEY"] == "8.SO")
            throw RefusedException.Generic(
                $"The invoice '{number}' was created in Order Entry and cannot be reversed here."
            );
        if (invoice["STATE"] is "Reversed" or "Reversal")
            throw RefusedException.Generic($"The invoice '{number}' has already been reversed.");
        if (invoice["STATE"] == "Draft")
            throw RefusedException.Generic($"The invoice '{number}' is a draft and cannot be reversed.");
        if (invoice.Amount("TRX_TOTALPAID") != 0)
            throw RefusedException.Generic(
                $"The invoice '{number}' is paid in whole or in part and cannot be reversed."
            );
        if (date < invoice.Day("WHENCREATED"))
            throw RefusedException.Generic($"Date must be on or after {invoice["WHENCREATED"]}");
        Ledger.RequireOpen(context, date);
    }

    private static Dictionary<string, string> Negated(StoredRecord line)
    {
        var values = new Dictionary<string, string>(line.Values, StringComparer.Ordinal)
        {
            ["TRX_AMOUNT"] = Money.Text(-line.Amount("TRX_AMOUNT")),
            ["AMOUNT"] = Money.Text(-line.Amount("AMOUNT")),
        };
        foreach (var total in new[] { "TRX_TOTALPAID", "TRX_TOTALDUE", "TOTALPAID", "TOTALDUE" })
            values.Remove(total);
        return values;
    }
}
