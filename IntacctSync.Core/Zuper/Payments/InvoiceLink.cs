using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Zuper.Payments;

/// <summary>Which Zuper invoice an invoice of Intacct is.</summary>
/// <param name="Uid">Its uid; null when none is known to be it.</param>
/// <param name="Reason">Why none is known, and none is waited for.</param>
/// <param name="Failure">Why it can't be told yet; null when it can.</param>
internal sealed record InvoiceLink(string? Uid, string? Reason = null, Failure? Failure = null)
{
    /// <summary>
    /// The ids and numbers of the invoice in Intacct: RECORDNO, number, document. A Zuper invoice that is linked later
    /// has one of them.
    /// </summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Whether Intacct shows the invoice.</summary>
    public bool IsShown { get; init; }

    /// <summary>Several invoices of Zuper may be it.</summary>
    public static InvoiceLink Ambiguous(string found) =>
        new(
            null,
            null,
            new Failure(
                FailureClass.Data,
                new Problem(
                    "payment-invoice-ambiguous",
                    found,
                    "Link the right one to the invoice's RECORDNO by hand, then retry."
                )
            )
        );
}
