using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Invoices.Books;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>
/// Books invoices that have no counterpart. A number that the customer has already is adopted if all else is the same,
/// and never booked twice.
/// </summary>
internal sealed class InvoiceCreates(IntacctWriter writer, CounterpartLinks links)
{
    public async Task RunAsync(
        InvoicePass pass,
        IReadOnlyDictionary<string, InvoiceDraft> drafts,
        IReadOnlyDictionary<string, InvoiceContext> contexts,
        CancellationToken cancellationToken
    )
    {
        var wanted = contexts
            .Where(c => drafts.ContainsKey(c.Key) && pass.IsOpen(c.Key))
            .ToDictionary(c => c.Key, c => c.Value, StringComparer.Ordinal);
        if (wanted.Count == 0)
            return;
        PutOffRepeated(pass, wanted);
        await AdoptAsync(pass, drafts, wanted, refused: false, cancellationToken);
        var writes = wanted
            .Where(w => pass.IsOpen(w.Key) && NotAdopted(pass, w.Key))
            .Select(w => pass.Records.Guarded(w.Key, () => Plan(pass, w.Key, drafts[w.Key], w.Value)))
            .OfType<PlannedWrite>()
            .ToList();
        if (pass.Shadow)
        {
            await pass.Records.SaveShadowAsync(
                [
                    .. writes.Select(w =>
                        pass.Records[w.SourceId]
                            .Skip(pass.Records.Now, $"{RecordPass.ShadowMode} would create the invoice.")
                    ),
                ],
                cancellationToken
            );
            return;
        }

        var outcomes = await writer.WriteAsync(pass.Batch, pass.Target, writes, cancellationToken);
        pass.Records.Take(outcomes.Values);
        var taken = outcomes
            .Values.Where(o => o.Result?.Failure == IntacctFailure.Duplicate)
            .ToDictionary(o => o.Entry.Key.SourceId, o => contexts[o.Entry.Key.SourceId], StringComparer.Ordinal);
        await AdoptAsync(pass, drafts, taken, refused: true, cancellationToken);
    }

    /// <summary>
    /// Of several that would get one number of one customer the first is booked; the others meet it in their next pass.
    /// </summary>
    private static void PutOffRepeated(InvoicePass pass, Dictionary<string, InvoiceContext> wanted)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (
            var (id, context) in wanted
                .OrderBy(w => pass.Invoices[w.Key].CreatedAt)
                .ThenBy(w => w.Key, StringComparer.Ordinal)
                .ToList()
        )
        {
            if (!seen.Add(BookedInvoice.KeyOf(context.Number, context.CustomerId)))
                pass.Records.Fail(id, Repeated);
        }
    }

    /// <summary>Meets invoices that have a number already: adopted, or for a person to decide.</summary>
    /// <param name="pass">The pass.</param>
    /// <param name="drafts">As Zuper has them.</param>
    /// <param name="wanted">Whose numbers.</param>
    /// <param name="refused">Before anything is sent, another customer's number says nothing, since numbers may be each
    /// customer's own; unless its amount is the same, too.</param>
    /// <param name="cancellationToken">Stops the look-up.</param>
    private async Task AdoptAsync(
        InvoicePass pass,
        IReadOnlyDictionary<string, InvoiceDraft> drafts,
        Dictionary<string, InvoiceContext> wanted,
        bool refused,
        CancellationToken cancellationToken
    )
    {
        if (wanted.Count == 0)
            return;
        var found = await pass.Books.ByNumberAsync(
            pass.Batch,
            [.. wanted.Values.Select(c => c.Number).Distinct(StringComparer.Ordinal)],
            cancellationToken
        );
        if (found.Count == 0)
            return;
        var owners = await links.FindAsync(
            pass.Batch.Connection,
            pass.Records.Batch.Records[0].Entry.Key.Flow,
            [.. found.Select(f => f.TargetId)],
            cancellationToken
        );
        foreach (var (id, context) in wanted)
        {
            var key = BookedInvoice.KeyOf(context.Number, context.CustomerId);
            var own = found
                .Where(f =>
                    string.Equals(f.NaturalKey, key, StringComparison.OrdinalIgnoreCase)
                    && f.State != BookedState.Reversed
                )
                .ToList();
            var others = found
                .Where(f =>
                    f.Number == context.Number
                    && (refused || (f.State != BookedState.Reversed && f.Total == drafts[id].Total))
                )
                .ToList();
            if (own.Concat(others).FirstOrDefault() is not { } first || (!refused && !pass.IsOpen(id)))
                continue;
            var owner = owners.GetValueOrDefault(first.TargetId.ToUpperInvariant());
            if (
                own is [{ State: not BookedState.Draft } only]
                && only.Total == drafts[id].Total
                && (owner is null || owner == id)
            )
            {
                pass.Records.Reopen(pass.Records[id]);
                await pass.AdoptAsync(
                    id,
                    only,
                    drafts[id],
                    $"it has the number {only.Number}, the customer and the amount",
                    cancellationToken
                );
            }
            else
            {
                pass.Fail(id, InvoiceMatch.Taken(drafts[id], context, first, owner));
            }
        }
    }

    private static bool NotAdopted(InvoicePass pass, string sourceId) =>
        pass.Records[sourceId] is { TargetId: null } or { Hash: InvoiceHash.Reversed or InvoiceHash.Replaced };

    private static PlannedWrite? Plan(InvoicePass pass, string sourceId, InvoiceDraft draft, InvoiceContext context)
    {
        switch (pass.Book.Create(pass.Batch, draft, context))
        {
            case Mapped<Func<Domain.ControlId, IntacctFunction>>.Document document:
                var work = pass.Records.Open.First(w => w.SourceId == sourceId);
                return new PlannedWrite(
                    pass.Records[sourceId],
                    work.EventIds,
                    Intent.Create,
                    document.Hash,
                    BookedInvoice.KeyOf(context.Number, context.CustomerId),
                    pass.Invoices[sourceId].UpdatedAt,
                    document.Value
                );
            case Mapped<Func<Domain.ControlId, IntacctFunction>>.Rejected rejected:
                pass.Fail(sourceId, rejected.Problem);
                return null;
            default:
                return null;
        }
    }

    private static Failure Repeated { get; } =
        new(
            FailureClass.Throttled,
            new Domain.Problem(
                "invoice-number-repeated",
                "Another invoice with the same number and customer goes first.",
                "Nothing: it is looked at again by itself."
            ),
            TimeSpan.FromSeconds(2)
        );
}
