using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Invoices.Books;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>
/// Brings booked invoices to what Zuper has: by the smallest update, and where Intacct has none, as the settings or a
/// person choose.
/// </summary>
internal static class InvoiceUpdates
{
    /// <summary>
    /// Plans the updates. An invoice that Intacct has so already, or that a person must decide, ends.
    /// </summary>
    public static async Task PlanAsync(InvoicePass pass, CancellationToken cancellationToken)
    {
        var works = pass.OpenOf<InvoiceDecision.Update>().Where(w => w.Context is not null).ToList();
        await ReadLinesAsync(pass, [.. works.Where(w => w.Booked is not null)], cancellationToken);
        var same = new List<KeyMapEntry>();
        foreach (var work in works)
        {
            work.FieldChanges = InvoiceFieldChanges.Of(work.Entry, work.Draft);
            switch (pass.Records.Guarded(work.SourceId, () => Decide(pass, work)))
            {
                case UpdateDecision.Unchanged:
                    same.Add(Same(pass, work));
                    break;
                case UpdateDecision.Update update:
                    work.Write = Write(pass, work, update.Build);
                    break;
                case UpdateDecision.Replace replace:
                    work.Write = InvoiceReversals.Write(pass, work, InvoiceHash.Replaced, replace.Cause);
                    break;
                case UpdateDecision.Fail fail:
                    work.Fail(fail.Failure);
                    break;
            }
        }

        await pass.Records.SaveLinkedAsync(same, cancellationToken);
    }

    private static UpdateDecision Decide(InvoicePass pass, InvoiceWork work) =>
        work.Booked is not { } booked
            ? UpdateDecision.Gone(work.Entry)
            : UpdateDecision.For(
                Change(pass, work, booked),
                booked,
                work.Entry,
                pass.Settings.Invoice.Recreate && work.Draft is { SumProblem: null, ReferenceProblem: null },
                pass.Now - work.Record.FirstSeen
            );

    /// <summary>
    /// Where the lines do not make the sum of their invoice, Intacct does not show all of them yet, or shows old ones:
    /// an update that is reckoned from them would add a line twice.
    /// </summary>
    private static InvoiceChange Change(InvoicePass pass, InvoiceWork work, BookedInvoice booked)
    {
        if (InvoiceLimits.Of(work.Context!, booked, SameIdentity(work)) is { } limit)
            return limit;
        if (work.Draft is { SumProblem: { } problem } draft && draft.Total != booked.Total)
            return new InvoiceChange.Reject(problem);
        return work.Lines.Sum(l => l.Amount) == booked.Total
            ? pass
                .Books.Of(booked.TargetId)
                .Change(pass.Batch, work.Draft!, work.Context!, booked, work.Lines, work.FieldChanges!)
            : new InvoiceChange.Unclear();
    }

    private static async Task ReadLinesAsync(
        InvoicePass pass,
        IReadOnlyList<InvoiceWork> works,
        CancellationToken cancellationToken
    )
    {
        foreach (var ofBook in works.GroupBy(w => pass.Books.Of(w.Booked!.TargetId)))
        {
            var lines = await ofBook.Key.LinesAsync(
                pass.Batch,
                [.. ofBook.Select(w => w.Booked!).DistinctBy(b => b.TargetId, StringComparer.Ordinal)],
                cancellationToken
            );
            foreach (var work in ofBook)
                work.Lines = [.. lines[work.Booked!.RecordNo]];
        }
    }

    /// <summary>
    /// Null where it is not known what was written: a linked invoice may have any number. That a merge in Zuper has
    /// given the invoice another customer makes no difference.
    /// </summary>
    private static bool? SameIdentity(InvoiceWork work) =>
        InvoiceHash.Parse(work.Entry.Hash)?.Identity is { } identity
            ? identity == work.Draft!.Hash.Identity
                || work.MergedFrom.Any(uid => identity == InvoiceHash.IdentityOf(work.Invoice!, uid))
            : null;

    private static KeyMapEntry Same(InvoicePass pass, InvoiceWork work) =>
        WriteOutcomes.Linked(
            LinesByHand.Noted(work.Entry, work.Draft!) with
            {
                Hash = work.Draft!.Hash.ToString(),
                NaturalKey = work.Booked!.NaturalKey,
                Fingerprints = work.FieldChanges!.After,
                Adopted = FieldChanges.AreNotedNow(work.Entry),
            },
            pass.Target,
            pass.Now,
            "unchanged",
            work.Draft!.SumProblem is not null
                    ? "Intacct has it with the total that Zuper has; its lines stay as they are booked."
                : FieldChanges.AreNotedNow(work.Entry)
                    ? "It stays as it was found. From now on what changes in Zuper is written."
                : work.Draft!.ReferenceProblem is not null ? $"Intacct has it so already. {ReferenceStays(work)}"
                : "Intacct has it so already."
        );

    private static string ReferenceStays(InvoiceWork work) =>
        $"Its reference number in Zuper is longer than the {InvoiceText.Reference} characters that Intacct takes; "
        + $"there it stays {(work.Booked!.ReferenceNo is { Length: > 0 } booked ? $"'{booked}'" : "empty")}.";

    /// <summary>The row with what a person is told of texts that Intacct does not take whole.</summary>
    private static KeyMapEntry Told(InvoicePass pass, InvoiceWork work)
    {
        var entry = LinesByHand.Noted(work.Entry, work.Draft!);
        if (work.Draft!.ReferenceProblem is not null)
            entry = entry.Note(pass.Now, "referenceTooLong", ReferenceStays(work));
        return InvoiceText.Cut(work.Invoice!) is { } cut ? entry.Note(pass.Now, LongTexts.What, cut) : entry;
    }

    private static PlannedWrite Write(InvoicePass pass, InvoiceWork work, Func<ControlId, IntacctFunction> build) =>
        new(
            Told(pass, work) with
            {
                NaturalKey = work.Booked!.NaturalKey,
            },
            work.Record.EventIds,
            Intent.Update,
            work.Draft!.Hash.ToString(),
            NaturalKey: null,
            work.Invoice!.UpdatedAt,
            build
        )
        {
            Fingerprints = work.FieldChanges!.After,
        };
}
