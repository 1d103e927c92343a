using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Invoices.Books;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>What is to be done for an invoice that is cancelled or deleted in Zuper, from what Intacct has.</summary>
internal abstract record ReversalDecision
{
    private ReversalDecision() { }

    /// <summary>The reversal is sent, and Intacct says whether there is anything to reverse.</summary>
    public sealed record Reverse : ReversalDecision;

    /// <summary>Somebody has reversed it in Intacct already.</summary>
    /// <param name="Detail">For the story.</param>
    public sealed record Done(string Detail) : ReversalDecision;

    /// <summary>
    /// A person decides, since it has payments, belongs to a document of Order Entry, or was never compared.
    /// </summary>
    public sealed record Reject(Problem Problem) : ReversalDecision;

    /// <summary>Pure.</summary>
    /// <param name="booked">As Intacct has it; null where Intacct does not show it, which proves nothing.</param>
    /// <param name="cause">What has happened in Zuper.</param>
    /// <param name="entry">Its row. One that was linked by others, and never compared since, may be linked to a
    /// stranger's invoice.</param>
    public static ReversalDecision For(BookedInvoice? booked, string cause, KeyMapEntry entry) =>
        booked switch
        {
            { State: BookedState.Reversed } => new Done($"{cause}; {booked.TargetId} was reversed in Intacct already."),
            { HasPayments: true } => new Reject(
                new Problem(
                    "invoice-paid-and-cancelled",
                    $"{cause}, but invoice {booked.Number} in Intacct is "
                        + $"{(booked.State == BookedState.Paid ? "paid" : "partly paid")}: what has payments is never "
                        + $"reversed by itself.",
                    "Reverse the payment in Intacct, or unapply it, then retry; or credit the invoice in Intacct "
                        + "by hand and ignore this record; or restore the invoice in Zuper."
                )
            ),
            { MadeByOrderEntry: true } => new Reject(
                new Problem(
                    "invoice-of-order-entry",
                    $"{cause}, but invoice {booked.Number} ({booked.TargetId}) is made by a document of Order "
                        + $"Entry, through which alone it can be taken back.",
                    "Delete the document in Order Entry by hand, then retry, which is then noted."
                )
            ),
            null when entry is { Adopted: true, Hash: null } => new Reject(
                new Problem(
                    "invoice-not-shown",
                    $"{cause}. It was linked to {entry.TargetId}, which Intacct does not show.",
                    "Check that the connection's user sees its invoices in Intacct, then retry. If it is gone there, "
                        + "ignore this record."
                )
            ),
            { } shown when entry is { Adopted: true, Hash: null } => new Reject(
                InvoiceMatchProblems.StillBooked(cause, shown)
            ),
            _ => new Reverse(),
        };

    /// <summary>
    /// What an invoice comes to whose reversal Intacct has refused. Intacct's words are told to a person, and nothing
    /// is concluded from them: what is seen when it is read by its key decides. Pure.
    /// </summary>
    /// <param name="entry">Its row.</param>
    /// <param name="booked">As Intacct has it after the refusal; null where Intacct does not show it, which alone
    /// proves nothing.</param>
    /// <param name="gone">Whether it is taken for deleted, as two looks have not shown it
    /// (<see cref="AbsenceVerdict"/>).</param>
    /// <param name="replaces">Whether another invoice was to follow. An invoice that is gone, or reversed by somebody
    /// else, is then a person's choice.</param>
    /// <param name="refused">The refusal, in Intacct's words.</param>
    public static ReversalDecision AfterRefusal(
        KeyMapEntry entry,
        BookedInvoice? booked,
        bool gone,
        bool replaces,
        Problem refused
    ) =>
        (replaces, booked) switch
        {
            (false, null) when gone => new Done($"{entry.TargetId} is no longer in Intacct."),
            (_, null) when !gone => new Reject(InvoiceReversals.NotShown(refused, entry)),
            (false, { State: BookedState.Reversed }) => new Done($"{entry.TargetId} was reversed in Intacct already."),
            _ => new Reject(InvoiceReversals.Refused(refused, entry.Title)),
        };
}
