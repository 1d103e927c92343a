using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Zuper.Payments;

/// <summary>What a payment pays of invoices in Intacct, as sums on invoices in Zuper.</summary>
/// <param name="ByInvoice">The sum that is to stand on each Zuper invoice, by uid. On every other one where the payment
/// was recorded, nothing is to stand.</param>
/// <param name="LeftOut">Why some invoices of Intacct get nothing in Zuper: they are not linked.</param>
/// <param name="Unlinked">The numbers and ids of the invoices that are not linked, by which the payment is found when
/// one is.</param>
/// <param name="Failure">Why it can't be told yet what stands on one of them, or which invoice in Zuper one is; null
/// when all can. What is clear of the others is in <paramref name="ByInvoice"/> all the same.</param>
internal sealed record PaymentSums(
    IReadOnlyDictionary<string, decimal> ByInvoice,
    IReadOnlyList<string> LeftOut,
    IReadOnlyList<string> Unlinked,
    Failure? Failure
)
{
    /// <summary>Whether Intacct shows all invoices that are not linked.</summary>
    public bool AllShown { get; init; }

    /// <summary>Pure.</summary>
    /// <param name="paid">What it pays, by RECORDNO of the invoice.</param>
    /// <param name="unclear">Why it can't be told what it pays of an invoice, by RECORDNO. It matters where that
    /// invoice is one of Zuper's.</param>
    /// <param name="links">The invoice in Zuper for each RECORDNO.</param>
    public static PaymentSums Of(
        IReadOnlyDictionary<string, decimal> paid,
        IReadOnlyDictionary<string, Problem> unclear,
        IReadOnlyDictionary<string, InvoiceLink> links
    )
    {
        var asked = unclear.Select(u => (Problem: u.Value, Link: links[u.Key])).ToList();
        var all = paid.Select(p => (Amount: p.Value, Link: links[p.Key]))
            .Concat(asked.Where(a => a.Link.Uid is null).Select(a => (Amount: 0m, a.Link)))
            .ToList();
        var ofAPerson = asked.Select(a => a.Link.Uid).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return new PaymentSums(
            all.Where(p => p.Link.Uid is not null && !ofAPerson.Contains(p.Link.Uid))
                .GroupBy(p => p.Link.Uid!, StringComparer.Ordinal)
                .ToDictionary(g => g.Key, g => g.Sum(p => p.Amount), StringComparer.Ordinal),
            [.. all.Select(p => p.Link.Reason).OfType<string>()],
            [
                .. all.Where(p => p.Link.Uid is null)
                    .SelectMany(p => p.Link.Names)
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal),
            ],
            all.Select(p => p.Link.Failure)
                .Concat(asked.Where(a => a.Link.Uid is not null).Select(a => new Failure(FailureClass.Data, a.Problem)))
                .OfType<Failure>()
                .FirstOrDefault()
        )
        {
            AllShown = all.TrueForAll(p => p.Link.Uid is not null || p.Link.IsShown),
        };
    }
}
