using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Invoices.Books;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>Takes the invoices out of the books that are cancelled or deleted in Zuper.</summary>
internal static class InvoiceReversals
{
    /// <summary>Plans the reversals. An invoice that is reversed already, or that a person must decide, ends.</summary>
    public static Task PlanAsync(InvoicePass pass, CancellationToken cancellationToken)
    {
        var done = new List<KeyMapEntry>();
        foreach (var work in pass.OpenOf<InvoiceDecision.Reverse>())
        {
            var cause = ((InvoiceDecision.Reverse)work.Decision!).Cause;
            switch (ReversalDecision.For(work.Booked, cause))
            {
                case ReversalDecision.Done ended:
                    done.Add(OutOfBooks(work.Entry, pass.Now, ended.Detail));
                    break;
                case ReversalDecision.Reject reject:
                    work.Fail(reject.Problem);
                    break;
                default:
                    work.Write = Write(pass, work, InvoiceHash.Reversed, cause);
                    break;
            }
        }

        return pass.Records.SaveFinalAsync(done, cancellationToken);
    }

    /// <summary>
    /// Reads the invoices by their keys whose reversals Intacct refused, and ends each by what is seen. Where they
    /// can't be read they are tried again.
    /// </summary>
    /// <param name="pass">The pass.</param>
    /// <param name="refused">The invoices, each with the refusal.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task EndRefusedAsync(
        InvoicePass pass,
        IReadOnlyCollection<(InvoiceWork Work, Problem Problem)> refused,
        CancellationToken cancellationToken
    )
    {
        if (refused.Count == 0)
            return;
        Dictionary<string, BookedInvoice> booked;
        HashSet<string> gone;
        try
        {
            string[] ids = [.. refused.Select(r => r.Work.Entry.TargetId!)];
            booked = await pass.Books.ByIdAsync(pass.Batch, ids, cancellationToken);
            gone = (await pass.Books.GoneAsync(pass.Batch, ids, booked, cancellationToken))
                .Where(g => !g.Alone)
                .Select(g => g.TargetId)
                .ToHashSet(StringComparer.OrdinalIgnoreCase);
        }
        catch (IntacctException e)
        {
            foreach (var (work, _) in refused)
                work.Fail(e.Classified);
            return;
        }

        var done = new List<KeyMapEntry>();
        foreach (var (work, problem) in refused)
        {
            var replaces = work.Write!.Hash == InvoiceHash.Replaced;
            var seen = booked.GetValueOrDefault(work.Entry.TargetId!);
            switch (
                ReversalDecision.AfterRefusal(work.Entry, seen, gone.Contains(work.Entry.TargetId!), replaces, problem)
            )
            {
                case ReversalDecision.Done ended:
                    work.Reopen();
                    done.Add(OutOfBooks(work.Entry, pass.Now, ended.Detail));
                    break;
                case ReversalDecision.Reject reject:
                    work.Fail(reject.Problem);
                    break;
            }
        }

        await pass.Records.SaveFinalAsync(done, cancellationToken);
    }

    /// <summary>The write that takes an invoice out of the books.</summary>
    /// <param name="pass">The pass.</param>
    /// <param name="work">The invoice.</param>
    /// <param name="hash"><see cref="InvoiceHash.Reversed"/>, or <see cref="InvoiceHash.Replaced"/> where another one
    /// is to follow: its events are then handled by that one.</param>
    /// <param name="cause">For the books.</param>
    public static PlannedWrite Write(InvoicePass pass, InvoiceWork work, string hash, string cause)
    {
        var booked = work.Booked ?? Unseen(work.Entry);
        return new PlannedWrite(
            work.Entry,
            hash == InvoiceHash.Replaced ? [] : work.Record.EventIds,
            Intent.Reverse,
            hash,
            NaturalKey: null,
            work.Invoice?.UpdatedAt,
            pass.Books.Of(booked.TargetId).Reverse(booked, booked.Date ?? pass.Today, $"{cause}: {booked.Number}")
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

    /// <summary>What a person is told where Intacct refuses a reversal, and shows no invoice by its key.</summary>
    public static Problem NotShown(Problem problem, KeyMapEntry entry) =>
        new(
            "invoice-not-shown",
            $"Invoice {entry.Title} ({entry.TargetId}) is to be taken out of the books, and Intacct refuses: "
                + $"{problem.Message} It does not show the invoice, and no other one either that is known to be there.",
            "Check that the connection's user sees its invoices in Intacct, then retry. If the invoice is really gone, "
                + "ignore this record."
        );

    private static KeyMapEntry OutOfBooks(KeyMapEntry entry, DateTimeOffset now, string detail) =>
        (
            entry with
            {
                Hash = InvoiceHash.Reversed,
                Revision = entry.Revision + 1,
                WriteBack = WriteBack.None,
                Adopted = false,
            }
        ).Sync(now, "reversed", detail);

    /// <summary>What is known of an invoice that Intacct does not show.</summary>
    private static BookedInvoice Unseen(KeyMapEntry entry) =>
        new()
        {
            TargetId = entry.TargetId!,
            RecordNo = entry.TargetId!,
            Number = entry.Title,
        };
}
