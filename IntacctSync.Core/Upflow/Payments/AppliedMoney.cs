using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Records;

namespace IntacctSync.Core.Upflow.Payments;

/// <summary>Reads what other payments have applied of the money of payments.</summary>
public sealed class AppliedMoney(IntacctClient intacct)
{
    /// <summary>
    /// Reads which other payments used money of these. It is needed for a payment that applied credits, since its total
    /// does not say how much money came in, and for a payment that applied less than was paid.
    /// </summary>
    internal async Task AddToAsync(RecordPass pass, PaymentReading reading, CancellationToken cancellationToken)
    {
        var mixed = reading
            .Payments.Where(p => PaymentReader.ObjectOf(p.Key) == PaymentReader.Payments)
            .Select(p => (p.Key, Parts: reading.PartsOf(p.Key), p.Value.Paid))
            .Where(p => PaymentFacts.AppliesCredits(p.Parts) || PaymentFacts.OwnMoney(p.Parts) < p.Paid)
            .Select(p => p.Key)
            .ToList();
        var rows = await PaymentApplications.OfOthersAsync(
            intacct,
            pass.Batch.Access.Intacct,
            ["OVERPAYMENTKEY", "POSTEDOVERPAYMENTKEY"],
            mixed,
            cancellationToken
        );
        foreach (var row in rows)
        {
            if ((row["POSTEDOVERPAYMENTKEY"] ?? row["OVERPAYMENTKEY"]) is { } owner)
                PaymentReader.Guarded(
                    pass,
                    owner,
                    () =>
                    {
                        var overpayment = PaymentApplication.Read(row).Overpayment;
                        reading.Use(owner, overpayment.TrxAmount ?? overpayment.Amount ?? 0);
                    }
                );
        }
    }
}
