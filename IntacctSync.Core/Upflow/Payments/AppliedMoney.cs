using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Responses;

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
        if (mixed.Count == 0)
            return;
        var query = new IntacctQuery(PaymentReader.Applications, PaymentApplication.Fields)
        {
            // A detail may name the over-payment in either, or in both.
            Filter = QueryFilter.Or(
                QueryFilter.In("OVERPAYMENTKEY", mixed),
                QueryFilter.In("POSTEDOVERPAYMENTKEY", mixed)
            ),
        };
        var rows = new List<IntacctRecord>();
        await foreach (var row in intacct.QueryAsync(pass.Batch.Access.Intacct, query, cancellationToken))
            rows.Add(row);
        var idle = await PaymentStates.IdleAsync(
            intacct,
            pass.Batch.Access.Intacct,
            [.. rows.Select(r => r["PAYMENTKEY"]).OfType<string>()],
            cancellationToken
        );
        foreach (var row in rows.Where(r => r["PAYMENTKEY"] is not { } user || !idle.Contains(user)))
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
