using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Answers;
using IntacctSync.Simulators.Intacct.Records;
using IntacctSync.Simulators.Intacct.Rules.Invoices;

namespace IntacctSync.Simulators.Intacct.Rules.Payments;

/// <summary>
/// reverse_arpayment: the payment is Reversed, and a Reversal takes it back, with the negative of every detail and the
/// payment as its parent [assumed]; its invoices are due again.
/// </summary>
internal static class PaymentReversal
{
    public static string Run(WriteContext context, XElement call)
    {
        try
        {
            var payment = Existing.FindByRecordNo(
                context.Table("ARPYMT"),
                call.Attribute("key")!.Value.Trim(),
                "reverse"
            );
            return Money.Number(
                Reverse(context, payment, call.Date("datereversed")!.Value, call.Text("description")).RecordNo
            );
        }
        catch (RefusedException refused)
        {
            throw refused.Within("Could not reverse Arpymt record!");
        }
    }

    public static StoredRecord Reverse(WriteContext context, StoredRecord payment, DateOnly date, string description)
    {
        Require(context, payment, date);
        var table = context.Table("ARPYMT");
        var details = PaymentDetails.Of(context, payment);
        var reversed = PaymentRules.State(new(payment.Values, StringComparer.Ordinal), "Reversed", "V");
        _ = context.Options.ReversalsTouchPayments
            ? context.Books.Update(table, payment, reversed, context.Stamp)
            : context.Books.UpdateQuietly(table, payment, reversed, context.Stamp);
        var values = PaymentRules.State(new(payment.Values, StringComparer.Ordinal), "Reversal", "V");
        values["WHENCREATED"] = values["RECEIPTDATE"] = values["WHENPAID"] = Money.Text(date);
        values["PARENTPAYMENTKEY"] = Money.Number(payment.RecordNo);
        values["DESCRIPTION"] = description.Length > 0 ? description : $"Reversed - {payment["DESCRIPTION"]}";
        PaymentTotals.Put(values, -payment.Amount("TRX_TOTALENTERED"), -payment.Amount("TRX_TOTALPAID"));
        var reversal = context.Books.Insert(table, values, context.Stamp);
        foreach (var detail in details)
            context.Books.Insert(context.Table("ARPYMTDETAIL"), Negated(detail, reversal, date), context.Stamp);
        foreach (var key in details.Select(d => (int)d.Amount("RECORDKEY")).Distinct())
            if (context.Table("ARINVOICE").Find(key) is { } invoice)
                InvoiceTotals.Settle(context, invoice, null);
        PaymentTotals.Follow(context, details);
        return reversal;
    }

    private static void Require(WriteContext context, StoredRecord payment, DateOnly date)
    {
        if (payment["DISPLAYSTATE"] is not ("Complete" or "Reconciled"))
            throw RefusedException.Generic(
                $"The payment '{payment.RecordNo}' is {payment["DISPLAYSTATE"]} and cannot be reversed."
            );
        var applied = CreditSource
            .All.Where(s => s.Object == "ARPYMT")
            .Sum(s => context.Table("ARPYMTDETAIL").FindAll(s.Key, payment.RecordNo).Sum(PaymentDetails.Applied));
        if (applied != 0)
            throw RefusedException.Generic(
                $"The payment '{payment.RecordNo}' has been applied by another one; reverse that first."
            );
        if (date < payment.Day("RECEIPTDATE"))
            throw RefusedException.Generic($"Date must be on or after {payment["RECEIPTDATE"]}");
        Ledger.RequireOpen(context, date);
    }

    private static Dictionary<string, string> Negated(StoredRecord detail, StoredRecord reversal, DateOnly date)
    {
        var values = new Dictionary<string, string>(detail.Values, StringComparer.Ordinal)
        {
            ["PAYMENTKEY"] = Money.Number(reversal.RecordNo),
            ["PAYMENTDATE"] = Money.Text(date),
            ["PARENTPAYMENTKEY"] = detail["PAYMENTKEY"],
        };
        foreach (var name in detail.Values.Keys.Where(k => k.EndsWith("AMOUNT", StringComparison.Ordinal)))
            values[name] = Money.Text(-detail.Amount(name));
        return values;
    }
}
