using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Invoices.Books;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>
/// Makes what is booked what Zuper has: by the smallest update there is, and where there is none, by what a person or
/// the settings choose.
/// </summary>
internal static class InvoiceUpdates
{
    public static async Task<List<PlannedWrite>> PlanAsync(
        InvoicePass pass,
        IReadOnlyDictionary<string, InvoiceDraft> drafts,
        IReadOnlyDictionary<string, InvoiceContext> contexts,
        CancellationToken cancellationToken
    )
    {
        var booked = await BookedReader.ReadAsync(
            pass,
            [.. contexts.Keys.Where(drafts.ContainsKey)],
            cancellationToken
        );
        var lines = await LinesAsync(pass, booked, cancellationToken);
        var same = new List<KeyMapEntry>();
        var writes = new List<PlannedWrite>();
        foreach (var id in contexts.Keys.Where(id => drafts.ContainsKey(id) && pass.IsOpen(id)))
        {
            if (!booked.TryGetValue(id, out var found))
            {
                pass.Fail(id, Gone(pass.Records[id]));
                continue;
            }

            var draft = drafts[id];
            switch (
                pass.Records.Guarded(id, () => Change(pass, id, draft, contexts[id], found, [.. lines[found.TargetId]]))
            )
            {
                case InvoiceChange.None:
                    same.Add(Same(pass, id, found, draft));
                    break;
                case InvoiceChange.Write write:
                    writes.Add(Update(pass, id, found, draft, write));
                    break;
                case InvoiceChange.Inexpressible other
                    when pass.Settings.Invoice.Recreate
                        && found is { HasPayments: false, MadeByOrderEntry: false }
                        && IsOurs(pass.Records[id]):
                    writes.Add(InvoiceReversals.Reversal(pass, id, found, InvoiceHash.Replaced, other.What));
                    break;
                case InvoiceChange.Inexpressible other:
                    pass.Fail(id, InvoiceLimits.Choice(other, found));
                    break;
                case InvoiceChange.Reject reject:
                    pass.Fail(id, reject.Problem);
                    break;
                case InvoiceChange.Unclear:
                    pass.Records.Fail(
                        id,
                        InvoiceLimits.Unclear(
                            found,
                            pass.Records.Now - pass.Records.Open.First(w => w.SourceId == id).FirstSeen
                        )
                    );
                    break;
            }
        }

        await pass.Records.SaveFinalAsync([.. same.Where(e => e.WriteBack != WriteBack.Due)], cancellationToken);
        await pass.Records.SaveAsync([.. same.Where(e => e.WriteBack == WriteBack.Due)], cancellationToken);
        return writes;
    }

    /// <summary>
    /// Lines that do not make the sum of their invoice are not all of them, or not of now: what is reckoned from them
    /// would be added twice.
    /// </summary>
    private static InvoiceChange Change(
        InvoicePass pass,
        string sourceId,
        InvoiceDraft draft,
        InvoiceContext context,
        BookedInvoice booked,
        IReadOnlyList<BookedLine> lines
    ) =>
        InvoiceLimits.Of(context, booked, SameIdentity(pass.Records[sourceId], draft))
        ?? (
            lines.Sum(l => l.Amount) == booked.Total
                ? pass.Books.Of(booked.TargetId).Change(pass.Batch, draft, context, booked, lines)
                : new InvoiceChange.Unclear()
        );

    /// <summary>What somebody else has made is not taken out of the books for another one of ours.</summary>
    private static bool IsOurs(KeyMapEntry entry) => entry is { Adopted: false, Hash: not null };

    private static async Task<ILookup<string, BookedLine>> LinesAsync(
        InvoicePass pass,
        Dictionary<string, BookedInvoice> booked,
        CancellationToken cancellationToken
    )
    {
        var all = new List<(string TargetId, BookedLine Line)>();
        foreach (
            var group in booked
                .Values.DistinctBy(b => b.TargetId, StringComparer.Ordinal)
                .GroupBy(b => pass.Books.Of(b.TargetId))
        )
        {
            var lines = await group.Key.LinesAsync(pass.Batch, [.. group], cancellationToken);
            all.AddRange(group.SelectMany(b => lines[b.RecordNo].Select(l => (b.TargetId, l))));
        }

        return all.ToLookup(l => l.TargetId, l => l.Line, StringComparer.Ordinal);
    }

    /// <summary>Null where it is not known what was written: a linked invoice may have any number.</summary>
    private static bool? SameIdentity(KeyMapEntry entry, InvoiceDraft draft) =>
        InvoiceHash.Parse(entry.Hash)?.Identity is { } identity ? identity == draft.Hash.Identity : null;

    private static KeyMapEntry Same(InvoicePass pass, string sourceId, BookedInvoice booked, InvoiceDraft draft)
    {
        var entry = pass.Records[sourceId] with { Hash = draft.Hash.ToString(), NaturalKey = booked.NaturalKey };
        return WriteOutcomes.Linked(entry, pass.Target, pass.Records.Now, "unchanged", "Intacct has it so already.");
    }

    private static PlannedWrite Update(
        InvoicePass pass,
        string sourceId,
        BookedInvoice booked,
        InvoiceDraft draft,
        InvoiceChange.Write write
    )
    {
        var work = pass.Records.Open.First(w => w.SourceId == sourceId);
        return new PlannedWrite(
            pass.Records[sourceId] with
            {
                NaturalKey = booked.NaturalKey,
            },
            work.EventIds,
            Intent.Update,
            draft.Hash.ToString(),
            NaturalKey: null,
            pass.Invoices[sourceId].UpdatedAt,
            write.Build
        );
    }

    private static Problem Gone(KeyMapEntry entry) =>
        new(
            "invoice-gone",
            $"It has changed in Zuper, and its invoice {entry.TargetId} ({entry.NaturalKey}) is no longer in "
                + $"Intacct. What somebody deleted there is not made again by itself.",
            "Link the record to the invoice that took its place; or cancel it in Zuper if it is no longer "
                + "owed; or ignore it."
        );
}
