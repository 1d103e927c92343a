using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Client;

/// <summary>Reading whole lists, in the largest pages that Zuper gives.</summary>
public sealed partial class ZuperClient
{
    /// <summary>The most rows of a page (developers.zuper.co, the count of each list).</summary>
    private const int LargestPage = 1000;

    /// <summary>
    /// All organizations that are not deleted, or those updated in a window; no organization comes twice.
    /// </summary>
    /// <exception cref="ZuperException">A page failed.</exception>
    public IAsyncEnumerable<ZuperPage<ZuperOrganization>> ReadAllOrganizationsAsync(
        ZuperAccount account,
        ZuperWindow? updated,
        CancellationToken cancellationToken
    ) => ReadWholeAsync(ZuperKinds.Organization, account, updated, cancellationToken);

    /// <inheritdoc cref="ReadAllOrganizationsAsync"/>
    public IAsyncEnumerable<ZuperPage<ZuperCustomer>> ReadAllCustomersAsync(
        ZuperAccount account,
        ZuperWindow? updated,
        CancellationToken cancellationToken
    ) => ReadWholeAsync(ZuperKinds.Customer, account, updated, cancellationToken);

    /// <inheritdoc cref="ReadAllOrganizationsAsync"/>
    public IAsyncEnumerable<ZuperPage<ZuperInvoice>> ReadAllInvoicesAsync(
        ZuperAccount account,
        CancellationToken cancellationToken
    ) => ReadWholeAsync(ZuperKinds.Invoice, account, null, cancellationToken);

    /// <inheritdoc cref="ReadAllOrganizationsAsync"/>
    public IAsyncEnumerable<ZuperPage<ZuperProduct>> ReadAllProductsAsync(
        ZuperAccount account,
        CancellationToken cancellationToken
    ) => ReadWholeAsync(ZuperKinds.Product, account, null, cancellationToken);

    private IAsyncEnumerable<ZuperPage<T>> ReadWholeAsync<T>(
        ZuperKind<T> kind,
        ZuperAccount account,
        ZuperWindow? updated,
        CancellationToken cancellationToken
    )
        where T : ZuperRecord =>
        ReadAllAsync(kind, account, updated, deleted: false, LargestPage, RequestPriority.Bulk, cancellationToken);
}
