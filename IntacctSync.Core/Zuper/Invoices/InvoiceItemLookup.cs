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
/// Finds the items of lines by the key map, by exactly the ITEMID that it has. For a product that the key map does not
/// know, an active item is taken whose ITEMID is the product's part number: the one that is spelled so, or else the
/// only one that differs in case alone. Found items are remembered for an hour, and read anew where a person asks.
/// </summary>
internal sealed class InvoiceItemLookup(KeyMapStore keyMap, IntacctClient intacct, TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    /// <summary>By the id that was asked for, as it was spelled.</summary>
    private readonly ConcurrentDictionary<
        (CompanyId Company, string Id),
        (InvoiceItem Item, DateTimeOffset Until)
    > _items = new();

    /// <returns>The items of the lines that have one, and the lines whose item is inactive or can't be told.</returns>
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
        var found = new Dictionary<InvoiceDraftLine, InvoiceItem>();
        foreach (var (line, item, _) in wanted.Where(w => w.Linked is not null && !units))
            found[line] = new InvoiceItem(item!, null);
        var asked = wanted.Where(w => !found.ContainsKey(w.Line)).ToList();
        var read = await ReadAsync(
            batch,
            [.. asked.Select(w => (w.ItemId, Exactly: w.Linked is not null)).Distinct()],
            cancellationToken
        );
        foreach (var (line, _, id) in asked)
        {
            if (read[(id, Linked(line) is not null)] is ItemMatch.Found match)
                found[line] = match.Item;
        }

        return new FoundItems(
            found,
            ThatAre<ItemMatch.Unusable>().Select(w => (w.Line.ProductUid, w.Line.ProductId)).ToHashSet(),
            ThatAre<ItemMatch.Unclear>()
                .ToDictionary(w => w.Line, w => ((ItemMatch.Unclear)read[(w.ItemId, false)]).ItemIds)
        );

        string? Linked(InvoiceDraftLine line) =>
            line.ProductUid is { } uid ? linked.GetValueOrDefault(uid.ToUpperInvariant()) : null;

        IEnumerable<(InvoiceDraftLine Line, string? Linked, string ItemId)> ThatAre<T>()
            where T : ItemMatch => asked.Where(w => read[(w.ItemId, w.Linked is not null)] is T);
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
    /// What each id is. A query compares with case, so an id is asked for as it is, in capitals and in small letters. A
    /// missing item is asked for again each time, so that one just made is found.
    /// </summary>
    private async Task<Dictionary<(string Id, bool Exactly), ItemMatch>> ReadAsync(
        FlowBatch batch,
        IReadOnlyList<(string Id, bool Exactly)> wanted,
        CancellationToken cancellationToken
    )
    {
        var (company, now) = (batch.Connection.Company, time.GetUtcNow());
        var matches = new Dictionary<(string, bool), ItemMatch>();
        foreach (var (id, exactly) in wanted)
        {
            if (
                _items.TryGetValue((company, id), out var kept)
                && NotedTimes.Lasts(kept.Until, Kept, now)
                && batch.MayUse(kept.Until - Kept)
                && (!exactly || kept.Item.ItemId == id)
            )
                matches[(id, exactly)] = new ItemMatch.Found(kept.Item);
        }

        var missing = wanted.Where(w => !matches.ContainsKey(w)).ToList();
        if (missing.Count == 0)
            return matches;
        var spelled = missing
            .SelectMany(w => w.Exactly ? [w.Id] : new[] { w.Id, w.Id.ToUpperInvariant(), w.Id.ToLowerInvariant() })
            .Distinct(StringComparer.Ordinal)
            .ToList();
        var query = new IntacctQuery("ITEM", ItemRecord.Fields) { Filter = QueryFilter.In("ITEMID", spelled) };
        var items = new List<ItemRecord>();
        await foreach (var record in intacct.QueryAsync(batch.Access.Intacct, query, cancellationToken))
            items.Add(ItemRecord.Read(record));
        foreach (var (id, exactly) in missing)
        {
            matches[(id, exactly)] = ItemMatch.Of(id, exactly, items);
            if (matches[(id, exactly)] is ItemMatch.Found match)
                _items[(company, id)] = (match.Item, now + Kept);
            else
                _items.TryRemove((company, id), out _);
        }

        return matches;
    }
}

/// <summary>What Intacct has of the products of lines.</summary>
/// <param name="Active">The items of those lines that have one.</param>
/// <param name="Inactive">The products, by uid and part number, whose item is inactive.</param>
/// <param name="Ambiguous">The lines whose part number fits several items in another spelling, with their
/// ITEMIDs.</param>
internal sealed record FoundItems(
    IReadOnlyDictionary<InvoiceDraftLine, InvoiceItem> Active,
    IReadOnlySet<(string? Uid, string? PartNumber)> Inactive,
    IReadOnlyDictionary<InvoiceDraftLine, IReadOnlyList<string>> Ambiguous
)
{
    public static FoundItems None { get; } =
        new(
            new Dictionary<InvoiceDraftLine, InvoiceItem>(),
            new HashSet<(string?, string?)>(),
            new Dictionary<InvoiceDraftLine, IReadOnlyList<string>>()
        );
}
