using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
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
            switch (ReversalDecision.For(work.Booked, cause, work.Entry))
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
    /// Reads the invoices by their keys whose reversals Intacct refused, and ends each by what is seen. One that is not
    /// seen is looked for again before it is taken for gone. Where they can't be read they are tried again.
    /// </summary>
    /// <param name="pass">The pass.</param>
    /// <param name="intacct">Tells whether the user may see some entities only.</param>
    /// <param name="refused">The invoices, each with the refusal.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task EndRefusedAsync(
        InvoicePass pass,
        IntacctClient intacct,
        IReadOnlyCollection<RefusedReversal> refused,
        CancellationToken cancellationToken
    )
    {
        if (refused.Count == 0)
            return;
        Dictionary<string, BookedInvoice> booked;
        IReadOnlySet<string> gone;
        try
        {
            booked = await pass.Books.ByIdAsync(
                pass.Batch,
                [.. refused.Select(r => r.Work.Entry.TargetId!)],
                cancellationToken
            );
            gone = await GoneAsync(pass, intacct, refused, booked, cancellationToken);
        }
        catch (IntacctException e)
        {
            foreach (var (work, _, _) in refused)
                work.Fail(e.Classified);
            return;
        }

        var done = new List<KeyMapEntry>();
        foreach (var (work, problem, _) in refused.Where(r => !IsJudged(r, booked) || gone.Contains(r.Work.SourceId)))
        {
            var seen = booked.GetValueOrDefault(work.Entry.TargetId!);
            switch (
                ReversalDecision.AfterRefusal(work.Entry, seen, gone.Contains(work.SourceId), Replaces(work), problem)
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

    private static bool Replaces(InvoiceWork work) => work.Write!.Hash == InvoiceHash.Replaced;

    /// <summary>
    /// Whether it matters if the invoice is gone: it is not shown, no other was to take its place, and the refusal was
    /// not for lack of a right, in which case the user may see as little as it may reverse.
    /// </summary>
    private static bool IsJudged(RefusedReversal refused, Dictionary<string, BookedInvoice> booked) =>
        !refused.Denied && !Replaces(refused.Work) && !booked.ContainsKey(refused.Work.Entry.TargetId!);

    /// <summary>Those, by source id, that are taken for gone. The others that are not shown end.</summary>
    private static async Task<IReadOnlySet<string>> GoneAsync(
        InvoicePass pass,
        IntacctClient intacct,
        IReadOnlyCollection<RefusedReversal> refused,
        Dictionary<string, BookedInvoice> booked,
        CancellationToken cancellationToken
    )
    {
        var absent = new AbsentCounterparts(pass.Records, intacct);
        absent.Seen(refused.Select(r => r.Work).Where(w => booked.ContainsKey(w.Entry.TargetId!)).Select(IdOf));
        var problems = refused.ToDictionary(r => r.Work.SourceId, r => r, StringComparer.Ordinal);
        var gone = new HashSet<string>(StringComparer.Ordinal);
        foreach (
            var book in refused.Where(r => IsJudged(r, booked)).GroupBy(r => pass.Books.Of(r.Work.Entry.TargetId!))
        )
        {
            string[] ids = [.. book.Select(r => r.Work.Entry.TargetId!)];
            gone.UnionWith(
                await absent.JudgeAsync(
                    [.. book.Select(r => r.Work.SourceId)],
                    async token =>
                        booked.Keys.Any(id => pass.Books.Of(id) == book.Key)
                        || await pass.Books.ShowsOthersAsync(pass.Batch, book.Key, ids, token),
                    id => NotShown(problems[id].Problem, problems[id].Work.Entry),
                    isTold: false,
                    cancellationToken
                )
            );
        }

        return gone;

        static string IdOf(InvoiceWork work) => work.SourceId;
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

    /// <summary>What a person is told where Intacct refuses a reversal, and does not show the invoice.</summary>
    public static Problem NotShown(Problem problem, KeyMapEntry entry) =>
        new(
            "invoice-not-shown",
            $"Invoice {entry.Title} ({entry.TargetId}) is to be taken out of the books, and Intacct refuses: "
                + $"{problem.Message} It does not show the invoice, and it can't be told whether that is deleted or "
                + $"the user sees less than before.",
            "Check that the connection's user sees its invoices in Intacct, then retry. If the invoice is really gone, "
                + "ignore this record."
        );

    /// <summary>What a person is told of a document that is not shown and whose deletion is taken no more.</summary>
    public static Problem NotShown(KeyMapEntry entry) =>
        new(
            "invoice-not-shown",
            $"{entry.TargetId} was to be deleted, and no answer came. Intacct takes that deletion no more and does not "
                + $"show the document; it can't be told whether that is deleted or the user sees less than before.",
            "Check that the connection's user sees its documents in Intacct, then retry. If the document is really "
                + "gone, link what is to take its place, or enter that by hand and ignore this record."
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

/// <summary>A reversal that Intacct has refused.</summary>
/// <param name="Work">The invoice.</param>
/// <param name="Problem">The refusal, in Intacct's words.</param>
/// <param name="Denied">Whether it was for lack of a right.</param>
internal sealed record RefusedReversal(InvoiceWork Work, Problem Problem, bool Denied);
