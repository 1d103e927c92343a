using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Mapping;

namespace IntacctSync.Core.Flows.Zuper.Invoices;

/// <summary>Makes what is booked what Zuper has: by the smallest update there is, and where there is none, by what a person or the settings choose.</summary>
internal static class InvoiceUpdates
{
    public static async Task<List<PlannedWrite>> PlanAsync(
        InvoicePass pass, IReadOnlyDictionary<string, InvoiceDraft> drafts, IReadOnlyDictionary<string, InvoiceContext> contexts, CancellationToken cancellationToken)
    {
        var booked = await BookedReader.ReadAsync(pass, [.. contexts.Keys.Where(drafts.ContainsKey)], cancellationToken);
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
            var limit = InvoiceLimits.Of(contexts[id], found, SameIdentity(pass.Records[id], draft));
            var change = limit ?? pass.Books.Of(found.TargetId).Change(pass.Batch, draft, contexts[id], found, [.. lines[found.TargetId]]);
            switch (change)
            {
                case InvoiceChange.None:
                    same.Add(Same(pass, id, found, draft));
                    break;
                case InvoiceChange.Write write:
                    writes.Add(Update(pass, id, found, draft, write));
                    break;
                case InvoiceChange.Inexpressible other when pass.Settings.Invoice.Recreate && found is { HasPayments: false, MadeByOrderEntry: false }:
                    writes.Add(InvoiceEnds.Reversal(pass, id, found, InvoiceHash.Replaced, other.What));
                    break;
                case InvoiceChange.Inexpressible other:
                    pass.Fail(id, InvoiceLimits.Choice(other, found));
                    break;
                case InvoiceChange.Reject reject:
                    pass.Fail(id, reject.Problem);
                    break;
            }
        }

        await pass.Records.SaveFinalAsync([.. same.Where(e => e.WriteBack != WriteBack.Due)], cancellationToken);
        await pass.Records.SaveAsync([.. same.Where(e => e.WriteBack == WriteBack.Due)], cancellationToken);
        return writes;
    }

    private static async Task<ILookup<string, BookedLine>> LinesAsync(InvoicePass pass, Dictionary<string, BookedInvoice> booked, CancellationToken cancellationToken)
    {
        var all = new List<(string TargetId, BookedLine Line)>();
        foreach (var group in booked.Values.DistinctBy(b => b.TargetId, StringComparer.Ordinal).GroupBy(b => pass.Books.Of(b.TargetId)))
        {
            var lines = await group.Key.LinesAsync(pass.Batch, [.. group], cancellationToken);
            all.AddRange(group.SelectMany(b => lines[b.RecordNo].Select(l => (b.TargetId, l))));
        }

        return all.ToLookup(l => l.TargetId, l => l.Line, StringComparer.Ordinal);
    }

    /// <summary>Null where it is not known what was written: a linked invoice may have any number.</summary>
    private static bool? SameIdentity(KeyMapEntry entry, InvoiceDraft draft) => InvoiceHash.Parse(entry.Hash)?.Identity is { } identity ? identity == draft.Hash.Identity : null;

    private static KeyMapEntry Same(InvoicePass pass, string sourceId, BookedInvoice booked, InvoiceDraft draft)
    {
        var entry = pass.Records[sourceId] with { Hash = draft.Hash.ToString(), NaturalKey = booked.NaturalKey, Adopted = false };
        return WriteOutcomes.Linked(entry, pass.Target, pass.Records.Now, "unchanged", "Intacct has it so already.");
    }

    private static PlannedWrite Update(InvoicePass pass, string sourceId, BookedInvoice booked, InvoiceDraft draft, InvoiceChange.Write write)
    {
        var work = pass.Records.Open.First(w => w.SourceId == sourceId);
        return new PlannedWrite(
            pass.Records[sourceId] with { NaturalKey = booked.NaturalKey },
            work.EventIds,
            Intent.Update,
            draft.Hash.ToString(),
            NaturalKey: null,
            pass.Invoices[sourceId].UpdatedAt,
            write.Build);
    }

    private static Problem Gone(KeyMapEntry entry) => new(
        "invoice-gone",
        $"It has changed in Zuper, and its invoice {entry.TargetId} ({entry.NaturalKey}) is no longer in Intacct. What somebody deleted there is not made again by itself.",
        "Link the record to the invoice that took its place; or cancel it in Zuper if it is no longer owed; or ignore it.");
}
