using IntacctSync.Core.Flows;
using IntacctSync.Core.Recoverability;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Invoices.Books;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>
/// Adopts invoices whose id stood in Zuper already, if the id is good: it exists, customer and amount are the same, no
/// other record has it, and no older invoice in Zuper carries it.
/// </summary>
internal sealed class InvoiceAdoption(CounterpartLinks links, ZuperClient zuper)
{
    public async Task RunAsync(
        InvoicePass pass,
        IReadOnlyDictionary<string, InvoiceDecision.CheckSageId> carrying,
        IReadOnlyDictionary<string, InvoiceContext> contexts,
        CancellationToken cancellationToken
    )
    {
        var open = carrying
            .Where(c => contexts.ContainsKey(c.Key) && pass.IsOpen(c.Key))
            .ToDictionary(c => c.Key, c => c.Value, StringComparer.Ordinal);
        if (open.Count == 0)
            return;
        var ids = open.Values.Select(c => c.SageId).Distinct(StringComparer.Ordinal).ToList();
        var found = (await pass.Books.ByIdAsync(pass.Batch, ids, cancellationToken))
            .Values.Concat(await pass.Books.ByNumberAsync(pass.Batch, ids, cancellationToken))
            .DistinctBy(b => b.TargetId, StringComparer.Ordinal)
            .ToList();
        var owners = await links.FindAsync(
            pass.Batch.Connection,
            ZuperFlows.Invoices,
            [.. found.Select(f => f.TargetId)],
            cancellationToken
        );
        foreach (var (id, check) in open)
            await JudgeAsync(
                pass,
                id,
                check,
                contexts[id],
                [.. found.Where(f => f.TargetId == check.SageId || f.Number == check.SageId)],
                owners,
                cancellationToken
            );
    }

    private async Task JudgeAsync(
        InvoicePass pass,
        string sourceId,
        InvoiceDecision.CheckSageId check,
        InvoiceContext context,
        IReadOnlyList<BookedInvoice> found,
        IReadOnlyDictionary<string, string> owners,
        CancellationToken cancellationToken
    )
    {
        var good = found
            .Where(f =>
                f.State is not (BookedState.Reversed or BookedState.Draft)
                && f.Total == check.Draft.Total
                && string.Equals(f.CustomerId, context.CustomerId, StringComparison.OrdinalIgnoreCase)
            )
            .ToList();
        switch (good)
        {
            case [] when found.Count == 0:
                pass.Fail(sourceId, InvoiceMatch.SageIdUnknown(check.SageId));
                break;
            case []:
                pass.Fail(sourceId, InvoiceMatch.SageIdDiffers(check.SageId, check.Draft, context, found[0]));
                break;
            case [_, _, ..]:
                pass.Fail(sourceId, InvoiceMatch.SageIdAmbiguous(check.SageId, good));
                break;
            case [var only]
                when owners.TryGetValue(only.TargetId.ToUpperInvariant(), out var owner) && owner != sourceId:
                pass.Fail(sourceId, InvoiceMatch.SageIdTaken(check.SageId, owner));
                break;
            case [var only]:
                await AdoptAsync(pass, sourceId, check, only, cancellationToken);
                break;
        }
    }

    private async Task AdoptAsync(
        InvoicePass pass,
        string sourceId,
        InvoiceDecision.CheckSageId check,
        BookedInvoice booked,
        CancellationToken cancellationToken
    )
    {
        var invoice = pass.Invoices[sourceId];
        try
        {
            var priority = pass.Batch.Records.All(r => r.Bulk) ? RequestPriority.Bulk : RequestPriority.Live;
            var others = await zuper.FindInvoicesAsync(
                pass.Batch.Access.Zuper(),
                InvoiceMapper.SageInvoiceId,
                check.SageId,
                priority,
                cancellationToken
            );
            var older = others
                .Where(o => o.Uid != sourceId && o.CreatedAt < invoice.CreatedAt)
                .OrderBy(o => o.CreatedAt)
                .FirstOrDefault();
            if (older is not null)
                pass.Fail(sourceId, InvoiceMatch.SageIdTaken(check.SageId, older.Uid));
            else
                await pass.AdoptAsync(
                    sourceId,
                    booked,
                    check.Draft,
                    "its id stood in Zuper, and customer and amount are the same",
                    cancellationToken
                );
        }
        catch (ZuperException e)
        {
            pass.Records.Fail(sourceId, Failures.Of(e));
        }
    }
}
