using IntacctSync.Simulators.Intacct.Records;

namespace IntacctSync.Simulators.Intacct.Rules.Invoices;

/// <summary>
/// Sums an invoice up: what its lines and the payments applied to it make of its totals and its state.
/// </summary>
internal static class InvoiceTotals
{
    /// <summary>After a change of the invoice or its lines; WHENMODIFIED is the caller's matter.</summary>
    public static StoredRecord Sum(WriteContext context, StoredRecord invoice) =>
        Sum(context, invoice, touches: false, paidOn: null);

    /// <summary>After a payment, or a reversal of one.</summary>
    public static StoredRecord Settle(WriteContext context, StoredRecord invoice, DateOnly? paidOn) =>
        Sum(context, invoice, context.Options.PaymentsTouchInvoices, paidOn);

    private static StoredRecord Sum(WriteContext context, StoredRecord invoice, bool touches, DateOnly? paidOn)
    {
        var table = context.Table("ARINVOICE");
        var rate = invoice.Amount("EXCHANGE_RATE") is 0 ? 1 : invoice.Amount("EXCHANGE_RATE");
        var paidByLine = Applied(context, invoice);
        decimal entered = 0,
            paid = 0,
            baseEntered = 0;
        foreach (var line in InvoiceLines.Of(context, invoice))
        {
            var linePaid = paidByLine.GetValueOrDefault(line.RecordNo);
            var amount = line.Amount("TRX_AMOUNT");
            entered += amount;
            baseEntered += line.Amount("AMOUNT");
            paid += linePaid;
            PutLine(context, line, amount, linePaid, rate, invoice["STATE"] is "Reversed" or "Reversal");
        }
        var values = new Dictionary<string, string>(invoice.Values, StringComparer.Ordinal);
        var due = invoice["STATE"] is "Reversed" or "Reversal" ? 0 : entered - paid;
        Put(values, "TRX_", entered, paid, due);
        Put(
            values,
            "",
            baseEntered,
            paid * rate,
            due == entered ? baseEntered
                : due == 0 ? 0
                : due * rate
        );
        values["TRX_ENTITYDUE"] = values["TRX_TOTALDUE"];
        if (invoice["STATE"] is not ("Draft" or "Reversed" or "Reversal"))
        {
            values["STATE"] =
                paid == 0 ? "Posted"
                : due == 0 ? "Paid"
                : "Partially Paid";
            values["WHENPAID"] =
                due == 0 && paid != 0 ? (paidOn is null ? invoice["WHENPAID"] : Money.Text(paidOn)) : "";
        }
        var changed = touches
            ? context.Books.Update(table, invoice, values, context.Stamp)
            : context.Books.UpdateQuietly(table, invoice, values, context.Stamp);
        Orders.OrderTotals.Follow(context, changed);
        return changed;
    }

    /// <summary>What complete payments and their reversals come to, by line. Details of drafts don't count.</summary>
    private static Dictionary<int, decimal> Applied(WriteContext context, StoredRecord invoice)
    {
        var paid = new Dictionary<int, decimal>();
        foreach (var detail in context.Table("ARPYMTDETAIL").FindAll("RECORDKEY", invoice.RecordNo))
            if (detail["STATE"] == "C")
            {
                var line = (int)detail.Amount("ENTRYKEY");
                paid[line] = paid.GetValueOrDefault(line) + Payments.PaymentDetails.Applied(detail);
            }
        return paid;
    }

    private static void PutLine(
        WriteContext context,
        StoredRecord line,
        decimal amount,
        decimal paid,
        decimal rate,
        bool reversed
    )
    {
        var due = reversed ? 0 : amount - paid;
        if (line["TRX_TOTALDUE"] == Money.Text(due) && line["TRX_TOTALPAID"] == Money.Text(paid))
            return;
        var values = new Dictionary<string, string>(line.Values, StringComparer.Ordinal)
        {
            ["TRX_TOTALPAID"] = Money.Text(paid),
            ["TRX_TOTALDUE"] = Money.Text(due),
            ["TOTALPAID"] = Money.Text(paid * rate),
            ["TOTALDUE"] = Money.Text(due * rate),
        };
        context.Books.UpdateQuietly(context.Table("ARINVOICEITEM"), line, values, context.Stamp);
    }

    private static void Put(
        Dictionary<string, string> values,
        string prefix,
        decimal entered,
        decimal paid,
        decimal due
    )
    {
        values[$"{prefix}TOTALENTERED"] = Money.Text(entered);
        values[$"{prefix}TOTALPAID"] = Money.Text(paid);
        values[$"{prefix}TOTALDUE"] = Money.Text(due);
        values[$"{prefix}TOTALSELECTED"] = "0";
    }
}
