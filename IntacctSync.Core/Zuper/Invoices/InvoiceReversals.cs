using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Invoices.Books;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>
/// Takes out of the books what is cancelled or deleted in Zuper. What has payments, a person decides.
/// </summary>
internal static class InvoiceReversals
{
    /// <summary>
    /// Plans the reversals; what is out of the books already is noted, and what can't be taken out ends.
    /// </summary>
    public static async Task<List<PlannedWrite>> PlanAsync(
        InvoicePass pass,
        IReadOnlyDictionary<string, InvoiceDecision.End> ends,
        CancellationToken cancellationToken
    )
    {
        var booked = await BookedReader.ReadAsync(pass, [.. ends.Keys], cancellationToken);
        var noted = new List<KeyMapEntry>();
        var writes = new List<PlannedWrite>();
        foreach (var (id, end) in ends.Where(e => pass.IsOpen(e.Key)))
        {
            var found = booked.GetValueOrDefault(id);
            if (found is { State: BookedState.Reversed })
                noted.Add(
                    Noted(pass, pass.Records[id], $"{end.Cause}; {found.TargetId} was reversed in Intacct already.")
                );
            else if (found is not null && Obstacle(found, end.Cause) is { } problem)
                pass.Fail(id, problem);
            else
                writes.Add(Reversal(pass, id, found ?? Unseen(pass.Records[id]), InvoiceHash.Reversed, end.Cause));
        }

        await pass.Records.SaveFinalAsync(noted, cancellationToken);
        return writes;
    }

    /// <summary>Notes those whose reversals were refused because Intacct has nothing to reverse.</summary>
    public static Task NoteGoneAsync(
        InvoicePass pass,
        IReadOnlyCollection<string> sourceIds,
        CancellationToken cancellationToken
    )
    {
        foreach (var id in sourceIds)
            pass.Records.Reopen(pass.Records[id]);
        return pass.Records.SaveFinalAsync(
            [
                .. sourceIds.Select(id =>
                    Noted(pass, pass.Records[id], $"{pass.Records[id].TargetId} is no longer in Intacct.")
                ),
            ],
            cancellationToken
        );
    }

    /// <param name="pass">The pass.</param>
    /// <param name="sourceId">Which record.</param>
    /// <param name="booked">As Intacct has it.</param>
    /// <param name="hash"><see cref="InvoiceHash.Reversed"/>, or <see cref="InvoiceHash.Replaced"/> where another one
    /// is to follow: its events are then handled by that one.</param>
    /// <param name="cause">For the books.</param>
    public static PlannedWrite Reversal(
        InvoicePass pass,
        string sourceId,
        BookedInvoice booked,
        string hash,
        string cause
    )
    {
        var work = pass.Records.Open.First(w => w.SourceId == sourceId);
        return new PlannedWrite(
            pass.Records[sourceId],
            hash == InvoiceHash.Replaced ? [] : work.EventIds,
            Intent.Reverse,
            hash,
            NaturalKey: null,
            pass.Invoices.GetValueOrDefault(sourceId)?.UpdatedAt,
            pass.Books.Of(booked.TargetId).End(booked, booked.Date ?? pass.Today, $"{cause}: {booked.Number}")
        );
    }

    /// <summary>What a person is told where Intacct refuses a reversal.</summary>
    public static Problem Refused(Problem problem, string? number) =>
        problem with
        {
            Message = $"Invoice {number} is to be taken out of the books, and Intacct refuses: {problem.Message}",
            Fix =
                problem.Code == Intacct.Errors.IntacctCauses.PeriodClosed
                    ? "An invoice is reversed on its own date. Open its accounting period in Intacct and retry; "
                        + "or reverse the invoice in Intacct by hand in an open period and retry, which is then "
                        + "noted; or ignore this record."
                    : "Mend what Intacct names and retry; or reverse the invoice in Intacct by hand and retry, "
                        + "which is then noted; or ignore this record.",
        };

    private static KeyMapEntry Noted(InvoicePass pass, KeyMapEntry entry, string detail) =>
        (
            entry with
            {
                Hash = InvoiceHash.Reversed,
                Revision = entry.Revision + 1,
                WriteBack = WriteBack.None,
                Adopted = false,
            }
        ).Sync(pass.Records.Now, "reversed", detail);

    /// <summary>
    /// That it is not seen proves nothing: its reversal is sent all the same, and Intacct says whether it is there.
    /// </summary>
    private static BookedInvoice Unseen(KeyMapEntry entry) =>
        new()
        {
            TargetId = entry.TargetId!,
            RecordNo = entry.TargetId!,
            Number = entry.Title,
        };

    private static Problem? Obstacle(BookedInvoice booked, string cause) =>
        booked switch
        {
            { HasPayments: true } => new Problem(
                "invoice-paid-and-cancelled",
                $"{cause}, but invoice {booked.Number} in Intacct is "
                    + $"{(booked.State == BookedState.Paid ? "paid" : "partly paid")}: what has payments is never "
                    + $"reversed by itself.",
                "Reverse the payment in Intacct, or unapply it, then retry; or credit the invoice in Intacct "
                    + "by hand and ignore this record; or restore the invoice in Zuper."
            ),
            { MadeByOrderEntry: true } => new Problem(
                "invoice-of-order-entry",
                $"{cause}, but invoice {booked.Number} ({booked.TargetId}) is made by a document of Order "
                    + $"Entry, through which alone it can be taken back.",
                "Delete the document in Order Entry by hand, then retry, which is then noted."
            ),
            _ => null,
        };
}
