using System.Globalization;
using IntacctSync.Simulators.Intacct.Records;

namespace IntacctSync.Simulators.Intacct.Rules.Payments;

/// <summary>
/// What a payment was, what of it is applied and what is left. What is left of a payment is an over-payment, all of an
/// advance is left at first; that both show as TOTALDUE is [assumed].
/// </summary>
internal static class PaymentTotals
{
    public static Dictionary<string, string> Put(Dictionary<string, string> values, decimal entered, decimal applied)
    {
        foreach (var prefix in new[] { "TRX_", "" })
        {
            values[$"{prefix}TOTALENTERED"] = Money.Text(entered);
            values[$"{prefix}TOTALPAID"] = Money.Text(applied);
            values[$"{prefix}TOTALDUE"] = Money.Text(entered - applied);
        }
        return values;
    }

    /// <summary>
    /// What of an advance, an over-payment or a credit memo can still be applied; 0 for one that is a draft or
    /// reversed.
    /// </summary>
    public static decimal Left(WriteContext context, CreditSource source, StoredRecord credit) =>
        source.Object == "ARPYMT"
            ? credit["DISPLAYSTATE"] is "Complete" or "Reconciled"
                ? credit.Amount("TRX_TOTALENTERED") - Used(context, credit)
                : 0
            : Math.Max(0, -credit.Amount("TRX_TOTALENTERED")) - Applied(context, source, credit);

    /// <summary>Sums up a credit after it was applied, or an application of it reversed.</summary>
    public static void Follow(WriteContext context, IEnumerable<StoredRecord> details)
    {
        foreach (
            var (source, key) in details
                .SelectMany(d => CreditSource.All.Where(s => d[s.Key].Length > 0).Select(s => (s, d[s.Key])))
                .Distinct()
        )
        {
            var table = context.Table(source.Object);
            if (table.Find(int.Parse(key, CultureInfo.InvariantCulture)) is not { } credit)
                continue;
            var values = new Dictionary<string, string>(credit.Values, StringComparer.Ordinal);
            var entered = credit.Amount("TRX_TOTALENTERED");
            context.Books.Update(
                table,
                credit,
                source.Object == "ARPYMT"
                    ? Put(values, entered, Used(context, credit))
                    : Put(values, entered, -Applied(context, source, credit)),
                context.Stamp
            );
        }
    }

    private static decimal Used(WriteContext context, StoredRecord payment) =>
        PaymentDetails.Of(context, payment).Where(d => d["STATE"] == "C").Sum(d => d.Amount("TRX_PAYMENTAMOUNT"))
        + CreditSource.All.Where(s => s.Object == "ARPYMT").Sum(s => Applied(context, s, payment));

    private static decimal Applied(WriteContext context, CreditSource source, StoredRecord credit) =>
        context
            .Table("ARPYMTDETAIL")
            .FindAll(source.Key, credit.RecordNo)
            .Where(d => d["STATE"] == "C")
            .Sum(d => d.Amount(source.TrxAmount));
}
