using System.Globalization;
using IntacctSync.Simulators.Intacct.Records;
using IntacctSync.Simulators.Intacct.Rules.Invoices;

namespace IntacctSync.Simulators.Intacct.Rules.Payments;

/// <summary>
/// What a payment was, what of it is applied and what is left. What is left of a payment is an over-payment, all of an
/// advance is left at first; that both show as TOTALDUE is [assumed].
/// </summary>
internal static class PaymentTotals
{
    /// <summary>The money that came in; a field that is kept and not shown.</summary>
    public const string Money = "MONEYRECEIVED";

    /// <param name="context">The switches.</param>
    /// <param name="values">The payment.</param>
    /// <param name="money">What came in.</param>
    /// <param name="credits">The credits that were applied with it.</param>
    /// <param name="used">What of the money pays something.</param>
    public static Dictionary<string, string> Put(
        WriteContext context,
        Dictionary<string, string> values,
        decimal money,
        decimal credits,
        decimal used
    )
    {
        values[Money] = money.ToString(CultureInfo.InvariantCulture);
        var entered = money + (context.Options.PaymentTotalsCountCredits ? credits : 0);
        return Put(values, entered, money - used);
    }

    /// <summary>Totals of which so much was entered and so much is left.</summary>
    public static Dictionary<string, string> Put(Dictionary<string, string> values, decimal entered, decimal due)
    {
        var rate = decimal.Parse(values.GetValueOrDefault("EXCHANGE_RATE", "1"), CultureInfo.InvariantCulture);
        foreach (
            var (prefix, currency, factor) in new[] { ("TRX_", values["CURRENCY"], 1), ("", values["BASECURR"], rate) }
        )
        {
            var (all, left) = (Rules.Money.Rounded(entered * factor), Rules.Money.Rounded(due * factor));
            values[$"{prefix}TOTALENTERED"] = Rules.Money.Text(all);
            values[$"{prefix}TOTALDUE"] = Rules.Money.Text(left);
            values[$"{prefix}TOTALPAID"] = Rules.Money.Text(all - left);
        }
        return values;
    }

    /// <summary>
    /// What of an advance, an over-payment, a credit memo or a negative invoice can still be applied; 0 for one that is
    /// a draft or reversed.
    /// </summary>
    public static decimal Left(WriteContext context, CreditSource source, StoredRecord credit)
    {
        if (source == CreditSource.Overpayment)
            return credit["DISPLAYSTATE"] is "Complete" or "Reconciled"
                ? credit.Amount(Money) - Used(context, credit)
                : 0;
        if (credit["STATE"] is "Draft" or "Reversed" or "Reversal")
            return 0;
        var entered = credit.Amount("TRX_TOTALENTERED");
        return (source == CreditSource.Advance ? entered : Math.Max(0, -entered)) - Applied(context, source, credit);
    }

    /// <summary>Sums up credits after they were applied, or an application of them taken back.</summary>
    public static void Follow(WriteContext context, IEnumerable<StoredRecord> details, DateOnly? paidOn)
    {
        foreach (
            var (source, key) in details
                .SelectMany(d => CreditSource.All.Where(s => s.KeyIn(d).Length > 0).Select(s => (s, s.KeyIn(d))))
                .Distinct()
                .ToList()
        )
        {
            if (context.Table(source.Object).Find(int.Parse(key, CultureInfo.InvariantCulture)) is not { } credit)
                continue;
            if (source.Kind is { } kind)
                ReceivableTotals.Follow(context, kind, credit, paidOn);
            else if (source == CreditSource.Advance)
                Advances.Follow(context, credit, Applied(context, source, credit));
            else
                Follow(context, credit);
        }
    }

    /// <summary>What of a payment's money pays something, by itself or applied as an over-payment later.</summary>
    public static decimal Used(WriteContext context, StoredRecord payment) =>
        PaymentDetails.Of(context, payment).Where(d => d["STATE"] == "C").Sum(d => d.Amount("TRX_PAYMENTAMOUNT"))
        + Applied(context, CreditSource.Overpayment, payment);

    /// <summary>What of a credit is applied.</summary>
    public static decimal Applied(WriteContext context, CreditSource source, StoredRecord credit) =>
        source.DetailsOf(context, credit).Where(d => d["STATE"] == "C").Sum(d => d.Amount(source.TrxAmount));

    private static void Follow(WriteContext context, StoredRecord payment)
    {
        var values = Put(
            new Dictionary<string, string>(payment.Values, StringComparer.Ordinal),
            payment.Amount("TRX_TOTALENTERED"),
            payment.Amount(Money) - Used(context, payment)
        );
        _ = context.Options.ApplicationsTouchCredits
            ? context.Books.Update(context.Table("ARPYMT"), payment, values, context.Stamp)
            : context.Books.UpdateQuietly(context.Table("ARPYMT"), payment, values, context.Stamp);
    }
}
