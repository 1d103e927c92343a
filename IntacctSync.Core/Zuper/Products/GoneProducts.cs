using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Recoverability;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Products;

/// <summary>
/// Where a person asks for linked items, looks whether their products are still in Zuper. One that is deleted there is
/// made again if it was made here, or a person is asked.
/// </summary>
public sealed class GoneProducts(ZuperClient zuper)
{
    /// <summary>Replaces the decisions about those whose products are gone.</summary>
    internal async Task LookAsync(
        RecordPass pass,
        Dictionary<string, ProductDecision> decisions,
        IReadOnlyDictionary<string, ItemRecord> items,
        CancellationToken cancellationToken
    )
    {
        var asked = pass
            .Open.Where(w =>
                w.Requested
                && items.TryGetValue(w.SourceId, out var item)
                && ProductMapper.IsActive(item)
                && decisions.GetValueOrDefault(w.SourceId) is ProductDecision.Unchanged or ProductDecision.Update
            )
            .ToList();
        if (asked.Count == 0)
            return;
        var (products, unread) = await ReadAsync(pass, asked, cancellationToken);
        foreach (var work in asked)
        {
            var entry = pass[work.SourceId];
            if (unread.TryGetValue(entry.TargetId!, out var failure))
                pass.Fail(work.SourceId, failure);
            else if (IsGone(products.GetValueOrDefault(entry.TargetId!)))
                Replace(pass, decisions, entry, items[work.SourceId], products.ContainsKey(entry.TargetId!));
        }
    }

    private static bool IsGone(ZuperProduct? product) => product is null or { IsDeleted: true };

    /// <summary>
    /// Zuper still shows what was deleted there. One that it does not know is therefore not made again.
    /// </summary>
    private static void Replace(
        RecordPass pass,
        Dictionary<string, ProductDecision> decisions,
        KeyMapEntry entry,
        ItemRecord item,
        bool known
    )
    {
        if (!known || !entry.IsOwn)
        {
            decisions[entry.Key.SourceId] = new ProductDecision.Reject(Gone(entry, known));
            return;
        }

        var unlinked = (entry with { TargetId = null, NaturalKey = null, Hash = null }).Note(
            pass.Now,
            "gone",
            $"The product {entry.TargetId} was deleted in Zuper."
        );
        pass.Put(unlinked);
        decisions[entry.Key.SourceId] = ProductDecision.For(unlinked, item, pass.Batch.Connection.Zuper());
    }

    private static Problem Gone(KeyMapEntry entry, bool known) =>
        new(
            "product-gone",
            $"The product {entry.TargetId} "
                + $"{(known ? "is deleted in Zuper, and was not made from this item" : "is not known to Zuper")}.",
            "Restore the product in Zuper, or see that the account and key still show it, then retry; or link the "
                + "item to another product; or ignore it."
        );

    private async Task<(IReadOnlyDictionary<string, ZuperProduct>, IReadOnlyDictionary<string, Failure>)> ReadAsync(
        RecordPass pass,
        List<RecordWork> asked,
        CancellationToken cancellationToken
    )
    {
        var uids = asked.ConvertAll(w => pass[w.SourceId].TargetId!);
        var unread = new Dictionary<string, Failure>(StringComparer.Ordinal);
        var priority = asked.TrueForAll(w => w.Bulk) ? RequestPriority.Bulk : RequestPriority.Live;
        try
        {
            var read = await zuper.GetProductsAsync(pass.Batch.Access.Zuper(), uids, priority, cancellationToken);
            return (read, unread);
        }
        catch (ZuperPartialReadException<ZuperProduct> e)
        {
            foreach (var uid in uids.Where(u => !e.Found.ContainsKey(u) && !e.Missing.Contains(u)))
                unread[uid] = Failures.Of(e.CauseOf(uid));
            return (e.Found, unread);
        }
    }
}
