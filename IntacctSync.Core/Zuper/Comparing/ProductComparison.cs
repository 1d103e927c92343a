using System.Globalization;
using System.Runtime.CompilerServices;
using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Products;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Comparing;

/// <summary>Intacct's items beside Zuper's products.</summary>
internal sealed class ProductComparison(ZuperClient zuper, IntacctClient intacct) : IFlowComparison
{
    private static readonly string[] Names =
    [
        "product_name",
        "product_id",
        "price",
        "purchase_price",
        "uom",
        "product_description",
        "is_available",
    ];

    public FlowName Flow => ZuperFlows.Products;

    public IReadOnlyList<string> Fields => Names;

    public IAsyncEnumerable<IReadOnlyList<ComparedRecord>> SourceAsync(ComparedScope scope, CancellationToken ct) =>
        Sides.PagesAsync(
            intacct,
            scope,
            new IntacctQuery("ITEM", ItemRecord.Fields),
            record => record["ITEMID"] is null ? null : Of(record, scope),
            ct
        );

    public async IAsyncEnumerable<IReadOnlyList<ComparedRecord>> TargetAsync(
        ComparedScope scope,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var account = scope.Access.Zuper();
        await foreach (var page in zuper.ReadAllProductsAsync(account, ct))
        {
            var rows = await Sides.WholeAsync(
                page.Items,
                uids => zuper.GetProductsAsync(account, uids, RequestPriority.Bulk, ct)
            );
            yield return [.. rows.Select(Of)];
        }
    }

    public async Task<ComparedRecord?> FindSourceAsync(ComparedScope scope, string sourceId, CancellationToken ct)
    {
        var query = new IntacctQuery("ITEM", ItemRecord.Fields) { Filter = QueryFilter.EqualTo("ITEMID", sourceId) };
        await foreach (var record in intacct.QueryAsync(scope.Access.Intacct, query, ct))
            return Of(record, scope) with { Whole = Sides.Whole(record) };
        return null;
    }

    public async Task<IReadOnlyDictionary<string, ComparedRecord>> FindSourcesAsync(
        ComparedScope scope,
        IReadOnlyCollection<string> sourceIds,
        CancellationToken ct
    )
    {
        var query = new IntacctQuery("ITEM", ItemRecord.Fields) { Filter = QueryFilter.In("ITEMID", sourceIds) };
        var found = new Dictionary<string, ComparedRecord>(StringComparer.Ordinal);
        await foreach (var record in intacct.QueryAsync(scope.Access.Intacct, query, ct))
        {
            if (record["ITEMID"] is not null && Of(record, scope) is var item)
                found[item.Id] = item;
        }

        return found;
    }

    public async Task<IReadOnlyDictionary<string, ComparedRecord>> FindTargetsAsync(
        ComparedScope scope,
        IReadOnlyCollection<KeyMapEntry> entries,
        CancellationToken ct
    )
    {
        var uids = entries.Select(e => e.TargetId!).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var (read, unread) = await Sides.ReadAsync(() =>
            zuper.GetProductsAsync(scope.Access.Zuper(), uids, RequestPriority.Live, ct)
        );
        var byUid = new Dictionary<string, ZuperProduct>(read, StringComparer.OrdinalIgnoreCase);
        var found = new Dictionary<string, ComparedRecord>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (byUid.TryGetValue(entry.TargetId!, out var product) && !product.IsDeleted)
                found[entry.Key.SourceId] = Of(product) with { Whole = Sides.Whole(product) };
            else if (unread.TryGetValue(entry.TargetId!, out var why))
                found[entry.Key.SourceId] = Sides.Unread(entry.TargetId!, Names.Length, why);
        }

        return found;
    }

    private static ComparedRecord Of(IntacctRecord record, ComparedScope scope)
    {
        try
        {
            return Of(ItemRecord.Read(record), scope);
        }
        catch (FormatException e)
        {
            var id = record["ITEMID"]!;
            return ComparedRecord.Unreadable(id.Trim(), record["NAME"] ?? id, Names.Length, e.Message);
        }
    }

    private static ComparedRecord Of(ItemRecord item, ComparedScope scope)
    {
        var values = new string?[Names.Length];
        var isActive = ProductMapper.IsActive(item);
        if (isActive)
            ProductMapper
                .Map(item, scope.Connection.Zuper())
                .Value.Choose(
                    (field, value) =>
                    {
                        var at = Array.IndexOf(Names, field);
                        if (at >= 0)
                            values[at] = value;
                        return value;
                    }
                );
        else
            values[^1] = bool.FalseString;
        return new ComparedRecord(item.ItemId.Trim(), item.Name ?? item.ItemId, values)
        {
            LeftOut = isActive ? null : "It is not active in Intacct.",
            IsOut = !isActive,
        };
    }

    private static ComparedRecord Of(ZuperProduct product) =>
        new(
            product.Uid,
            product.Name ?? "",
            [
                product.Name ?? "",
                product.ProductId ?? "",
                Text(product.Price),
                Text(product.PurchasePrice),
                product.Uom ?? "",
                product.Description ?? "",
                product.IsAvailable.ToString(),
            ]
        )
        {
            Particulars = string.Join(", ", new[] { product.ProductId, Text(product.Price) }.OfType<string>()),
            ChangedAt = product.UpdatedAt,
            Shows = product.CustomField(ProductMapper.SageItemId),
            IsOut = !product.IsAvailable,
        };

    private static string Text(decimal? price) => price?.ToString("0.00##########", CultureInfo.InvariantCulture) ?? "";
}
