using System.Globalization;
using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Answers;
using IntacctSync.Simulators.Intacct.Records;

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
            var (key, date) = (call.Attribute("key")!.Value.Trim(), call.Date("datereversed")!.Value);
            var payment = Advance(context, key) ?? Existing.FindByRecordNo(context.Table("ARPYMT"), key, "reverse");
            return Money.Number(Reverse(context, payment, date, call.Text("description")).RecordNo);
        }
        catch (RefusedException refused)
        {
            throw refused.Within("Could not reverse Arpymt record!");
        }
    }

    public static StoredRecord Reverse(WriteContext context, StoredRecord payment, DateOnly date, string description)
    {
        if (payment["RECORDTYPE"] == "rr")
            return Advances.Reverse(
                context,
                context.Table("ARADVANCE").Find(payment.RecordNo) ?? payment,
                date,
                description
            );
        RequireFree(context, payment, "reversed");
        if (date < payment.Day("RECEIPTDATE"))
            throw RefusedException.Generic($"Date must be on or after {payment["RECEIPTDATE"]}");
        Ledger.RequireOpen(context, date);
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
        values.Remove(PaymentTotals.Money);
        PaymentTotals.Put(values, -payment.Amount("TRX_TOTALENTERED"), -payment.Amount("TRX_TOTALDUE"));
        var reversal = context.Books.Insert(table, values, context.Stamp);
        foreach (var detail in details)
            context.Books.Insert(context.Table("ARPYMTDETAIL"), Negated(detail, reversal, date), context.Stamp);
        PaymentDetails.Settle(context, details, null);
        return reversal;
    }

    /// <exception cref="RefusedException">The payment is not complete, or another one has applied what it
    /// left.</exception>
    public static void RequireFree(WriteContext context, StoredRecord payment, string what)
    {
        if (payment["DISPLAYSTATE"] is not ("Complete" or "Reconciled"))
            throw RefusedException.Generic(
                $"The payment '{payment.RecordNo}' is {payment["DISPLAYSTATE"]} and cannot be {what}."
            );
        if (PaymentTotals.Applied(context, CreditSource.Overpayment, payment) != 0)
            throw RefusedException.Generic(
                $"The payment '{payment.RecordNo}' has been applied by another one; reverse that first."
            );
    }

    private static StoredRecord? Advance(WriteContext context, string key) =>
        int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? context.Table("ARADVANCE").Find(number)
            : null;

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
