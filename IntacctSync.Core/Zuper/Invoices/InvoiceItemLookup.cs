using System.Collections.Concurrent;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>
/// Finds the items of lines by the key map. For a product that the key map does not know, an active item is taken whose
/// ITEMID is the product's part number. Found items are remembered for an hour, and read anew where a person asks.
/// </summary>
internal sealed class InvoiceItemLookup(KeyMapStore keyMap, IntacctClient intacct, TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<
        (CompanyId Company, string ItemId),
        (InvoiceItem Item, DateTimeOffset Until)
    > _items = new();

    /// <returns>The items of those lines that have one, and the lines whose item is inactive.</returns>
    public async Task<FoundItems> FindAsync(
        FlowBatch batch,
        IReadOnlyCollection<InvoiceDraftLine> lines,
        CancellationToken cancellationToken
    )
    {
        var products = lines
            .Where(l => l.Kind == InvoiceLineKind.Item && (l.ProductUid ?? l.ProductId) is not null)
            .Distinct()
            .ToList();
        if (products.Count == 0)
            return FoundItems.None;
        var linked = await LinkedAsync(batch, products, cancellationToken);
        var wanted = products
            .Select(p => (Line: p, Linked: Linked(p), ItemId: Linked(p) ?? IntacctText.Clean(p.ProductId)))
            .Where(p => p.ItemId.Length > 0)
            .ToList();

        // Accounts Receivable takes a linked item as it is; Order Entry must name the item's unit.
        var units = batch.Connection.Zuper().Invoice.Document == InvoiceDocument.OrderEntry;
        var (known, inactive) = await KnownAsync(
            batch,
            [.. wanted.Where(w => units || w.Linked is null).Select(w => w.ItemId).Distinct(StringComparer.Ordinal)],
            cancellationToken
        );
        var found = new Dictionary<InvoiceDraftLine, InvoiceItem>();
        foreach (var (line, item, id) in wanted)
        {
            if (known.TryGetValue(id, out var read))
                found[line] = read;
            else if (item is not null && !units)
                found[line] = new InvoiceItem(item, null);
        }

        return new FoundItems(
            found,
            wanted
                .Where(w => !found.ContainsKey(w.Line) && inactive.Contains(w.ItemId))
                .Select(w => (w.Line.ProductUid, w.Line.ProductId))
                .ToHashSet()
        );

        string? Linked(InvoiceDraftLine line) =>
            line.ProductUid is { } uid ? linked.GetValueOrDefault(uid.ToUpperInvariant()) : null;
    }

    /// <summary>Products come from Intacct: the source id is the ITEMID, and the counterpart is the product.</summary>
    private async Task<IReadOnlyDictionary<string, string>> LinkedAsync(
        FlowBatch batch,
        List<InvoiceDraftLine> products,
        CancellationToken cancellationToken
    )
    {
        var uids = products
            .Select(p => p.ProductUid)
            .OfType<string>()
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToList();
        return uids.Count == 0
            ? new Dictionary<string, string>(StringComparer.Ordinal)
            : await keyMap.FindByTargetsAsync(batch.Connection.Id, ZuperFlows.Products, uids, cancellationToken);
    }

    /// <summary>
    /// The active items among the ids, and the ids of the inactive ones. A missing item is asked for again each time,
    /// so that one just made is found.
    /// </summary>
    private async Task<(Dictionary<string, InvoiceItem> Active, HashSet<string> Inactive)> KnownAsync(
        FlowBatch batch,
        IReadOnlyList<string> itemIds,
        CancellationToken cancellationToken
    )
    {
        var (company, now) = (batch.Connection.Company, time.GetUtcNow());
        var known = new Dictionary<string, InvoiceItem>(StringComparer.Ordinal);
        var inactive = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in itemIds)
        {
            if (
                _items.TryGetValue((company, id), out var kept)
                && NotedTimes.Lasts(kept.Until, Kept, now)
                && batch.MayUse(kept.Until - Kept)
            )
                known[id] = kept.Item;
        }

        var missing = itemIds.Where(id => !known.ContainsKey(id)).ToList();
        if (missing.Count == 0)
            return (known, inactive);
        var query = new IntacctQuery("ITEM", ItemRecord.Fields) { Filter = QueryFilter.In("ITEMID", missing) };
        await foreach (var record in intacct.QueryAsync(batch.Access.Intacct, query, cancellationToken))
        {
            var item = ItemRecord.Read(record);
            if (item.Status == "inactive")
            {
                _items.TryRemove((company, item.ItemId), out _);
                inactive.Add(item.ItemId);
                continue;
            }

            known[item.ItemId] = new InvoiceItem(item.ItemId, item.Unit);
            _items[(company, item.ItemId)] = (known[item.ItemId], now + Kept);
        }

        return (known, inactive);
    }
}

/// <summary>What Intacct has of the products of lines.</summary>
/// <param name="Active">The items of those lines that have one.</param>
/// <param name="Inactive">The products, by uid and part number, whose item is inactive.</param>
internal sealed record FoundItems(
    IReadOnlyDictionary<InvoiceDraftLine, InvoiceItem> Active,
    IReadOnlySet<(string? Uid, string? PartNumber)> Inactive
)
{
    public static FoundItems None { get; } =
        new(new Dictionary<InvoiceDraftLine, InvoiceItem>(), new HashSet<(string?, string?)>());
}
