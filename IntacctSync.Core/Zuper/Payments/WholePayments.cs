using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Recoverability;

namespace IntacctSync.Core.Zuper.Payments;

/// <summary>
/// Tells whether Intacct shows all that payments were applied to. Where the money of their details is not what was
/// paid, the credits and discounts that were taken with them are read as well, and what other payments applied of
/// theirs: one query for all of them, and a reading of the payments that did. A payment that is a draft, or reversed,
/// uses nothing.
/// </summary>
public sealed class WholePayments(IntacctClient intacct)
{
    /// <param name="credentials">Of the company.</param>
    /// <param name="payments">As Intacct has them.</param>
    /// <param name="applied">Their details, with the money that they gave, by RECORDNO.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>Of each that counts, by RECORDNO.</returns>
    internal async Task<IReadOnlyDictionary<string, ShownDetails>> JudgeAsync(
        IntacctCredentials credentials,
        IReadOnlyCollection<PaymentRecord> payments,
        ILookup<string, PaymentApplication> applied,
        CancellationToken cancellationToken
    )
    {
        var counting = payments.Where(p => PaymentStates.Of(p) == PaymentState.Complete).ToList();
        var shown = counting.ToDictionary(p => p.RecordNo, _ => ShownDetails.All, StringComparer.Ordinal);
        var others = counting
            .Where(p => p.Paid is { } paid && applied[p.RecordNo].Sum(Money) != paid)
            .ToDictionary(p => p.RecordNo, StringComparer.Ordinal);
        if (others.Count == 0)
            return shown;
        var sums = new Dictionary<string, Sums>(StringComparer.Ordinal);
        try
        {
            var details = new List<PaymentApplication>();
            await foreach (var row in intacct.QueryAsync(credentials, QueryOf([.. others.Keys]), cancellationToken))
                details.Add(PaymentApplication.Read(row));
            var users = details.Where(d => d.Overpayment.Key is { } used && others.ContainsKey(used));
            var idle = await PaymentApplications.IdleAsync(
                intacct,
                credentials,
                [.. users.Select(d => d.PaymentKey).OfType<string>()],
                cancellationToken
            );
            foreach (var detail in details)
                Add(detail, detail.PaymentKey is { } user && idle.Contains(user));
        }
        catch (Exception e) when (e is FormatException || Failures.Of(e).Class == FailureClass.Data)
        {
            // A company may lack a field of these, and an amount may be no number: then nothing is concluded.
            foreach (var recordNo in others.Keys)
                shown[recordNo] = ShownDetails.Unclear;
            return shown;
        }

        foreach (var (recordNo, payment) in others)
        {
            var its = sums.GetValueOrDefault(recordNo);
            shown[recordNo] = payment.Shown(its.Own, its.Discounts, its.All);
        }

        return shown;

        void Add(PaymentApplication detail, bool isIdle)
        {
            if (detail.PaymentKey is { } payment && others.ContainsKey(payment))
                sums[payment] = sums.GetValueOrDefault(payment)
                    .With(Money(detail), detail.Discount.Value, detail.Total);
            if (detail.Overpayment.Key is { } used && others.ContainsKey(used) && !isIdle)
                sums[used] = sums.GetValueOrDefault(used).With(detail.Overpayment.Value, 0, detail.Overpayment.Value);
        }
    }

    /// <summary>All details of payments, and those of others that applied money of them.</summary>
    private static IntacctQuery QueryOf(IReadOnlyList<string> payments) =>
        new(PaymentApplication.Object, PaymentApplication.Fields)
        {
            Filter = QueryFilter.Or(
                QueryFilter.In("PAYMENTKEY", payments),
                QueryFilter.In("OVERPAYMENTKEY", payments),
                QueryFilter.In("POSTEDOVERPAYMENTKEY", payments)
            ),
        };

    private static decimal Money(PaymentApplication detail) => detail.TrxPaymentAmount ?? detail.PaymentAmount ?? 0;

    private readonly record struct Sums(decimal Own, decimal Discounts, decimal All)
    {
        public Sums With(decimal own, decimal discounts, decimal all) =>
            new(Own + own, Discounts + discounts, All + all);
    }
}
