using IntacctSync.Core.Domain;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Client;

/// <summary>Reading products.</summary>
public sealed partial class ZuperClient
{
    /// <summary>
    /// One product, deleted ones too; null when Zuper does not know the uid (developers.zuper.co, Get Product Details).
    /// </summary>
    /// <exception cref="ZuperException">The call failed.</exception>
    public Task<ZuperProduct?> GetProductAsync(
        ZuperAccount account,
        string uid,
        RequestPriority priority,
        CancellationToken cancellationToken
    ) => GetAsync(ZuperKinds.Product, account, uid, priority, cancellationToken);

    /// <summary>
    /// The products with these uids, deleted ones too, by the uid that was asked for; a record that is not in
    /// the answer is not known to Zuper.
    /// </summary>
    /// <remarks>
    /// One call of the module's filter for 100 uids. What that does not bring whole is read one by one; so is all when
    /// it is refused.
    /// </remarks>
    /// <exception cref="ZuperPartialReadException{T}">Some could not be read; it holds those that were.</exception>
    /// <exception cref="ZuperException">A call failed before any was read.</exception>
    public Task<IReadOnlyDictionary<string, ZuperProduct>> GetProductsAsync(
        ZuperAccount account,
        IReadOnlyCollection<string> uids,
        RequestPriority priority,
        CancellationToken cancellationToken
    ) => GetManyAsync(ZuperKinds.Product, account, uids, priority, cancellationToken);

    /// <summary>
    /// One page of the list, oldest first (developers.zuper.co, Get Products). Rows without a uid are left out.
    /// </summary>
    /// <remarks>
    /// <paramref name="updated"/> null is all; <paramref name="page"/> counts from 1, <paramref name="count"/> is 1 to
    /// 1,000. <paramref name="deleted"/> true is deleted ones only, false what Zuper lists by itself.
    /// </remarks>
    public Task<ZuperPage<ZuperProduct>> ListProductsAsync(
        ZuperAccount account,
        ZuperWindow? updated,
        int page,
        int count,
        bool deleted,
        RequestPriority priority,
        CancellationToken cancellationToken
    ) => ListAsync(ZuperKinds.Product, account, updated, page, count, deleted, priority, cancellationToken);

    /// <summary>
    /// The products, not deleted, whose meta data of that label have that value (developers.zuper.co, Get Products:
    /// filter.custom_field).
    /// </summary>
    /// <remarks>
    /// Rows that hold something else are left out; of a service that ignores the filter only the first page is looked
    /// at.
    /// </remarks>
    public Task<IReadOnlyList<ZuperProduct>> FindProductsByFieldAsync(
        ZuperAccount account,
        string label,
        string value,
        RequestPriority priority,
        CancellationToken cancellationToken
    ) => FindByFieldAsync(ZuperKinds.Product, account, label, value, priority, cancellationToken);

    /// <summary>
    /// The products, not deleted, with that part number, in any case (developers.zuper.co, Get Products:
    /// filter.product_id).
    /// </summary>
    public Task<IReadOnlyList<ZuperProduct>> FindProductsAsync(
        ZuperAccount account,
        string productId,
        RequestPriority priority,
        CancellationToken cancellationToken
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(productId);
        return FindAsync(
            ZuperKinds.Product,
            account,
            $"filter.product_id={Uri.EscapeDataString(productId)}",
            PageSize,
            static _ => true,
            product => ComparisonKey.AreEqual(product.ProductId, productId),
            priority,
            cancellationToken
        );
    }
}
