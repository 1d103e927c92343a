using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Records;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>Which of Intacct's items an id names. Pure: never a guess.</summary>
internal abstract record ItemMatch
{
    private ItemMatch() { }

    public sealed record Found(InvoiceItem Item) : ItemMatch;

    /// <summary>It is inactive.</summary>
    public sealed record Unusable : ItemMatch;

    /// <summary>None is spelled so, and several differ from it in case alone.</summary>
    public sealed record Unclear(IReadOnlyList<string> ItemIds) : ItemMatch;

    public sealed record None : ItemMatch;

    /// <param name="id">An ITEMID, or what Zuper has for one.</param>
    /// <param name="exactly">Whether it is an ITEMID, so that no other spelling is meant.</param>
    /// <param name="items">The items that were read for this and other ids.</param>
    public static ItemMatch Of(string id, bool exactly, IReadOnlyList<ItemRecord> items)
    {
        var spelledSo = items.Where(i => i.ItemId == id).ToList();
        var fitting =
            spelledSo.Count > 0 || exactly
                ? spelledSo
                : items.Where(i => ComparisonKey.AreEqual(i.ItemId, id)).ToList();
        return fitting
            .Where(i => i.Status != "inactive")
            .DistinctBy(i => i.ItemId, StringComparer.Ordinal)
            .ToList() switch
        {
            [var only] => new Found(new InvoiceItem(only.ItemId, only.Unit)),
            [] => fitting.Count > 0 ? new Unusable() : new None(),
            var several => new Unclear([.. several.Select(i => i.ItemId).Order(StringComparer.Ordinal)]),
        };
    }
}
