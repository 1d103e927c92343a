using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Client;

/// <summary>Reading invoices.</summary>
public sealed partial class ZuperClient
{
    /// <summary>
    /// One invoice, deleted ones too; null when Zuper does not know the uid (developers.zuper.co, Get Invoice Details).
    /// </summary>
    /// <exception cref="ZuperException">The call failed.</exception>
    public Task<ZuperInvoice?> GetInvoiceAsync(
        ZuperAccount account,
        string uid,
        RequestPriority priority,
        CancellationToken cancellationToken
    ) => GetAsync(ZuperKinds.Invoice, account, uid, priority, cancellationToken);

    /// <summary>
    /// The invoices with these uids, deleted ones too, by the uid that was asked for; a record that is not in
    /// the answer is not known to Zuper.
    /// </summary>
    /// <remarks>
    /// One call of the module's filter for 100 uids. What that does not bring whole is read one by one; so is all when
    /// it is refused.
    /// </remarks>
    /// <exception cref="ZuperPartialReadException{T}">Some could not be read; it holds those that were.</exception>
    /// <exception cref="ZuperException">A call failed before any was read.</exception>
    public Task<IReadOnlyDictionary<string, ZuperInvoice>> GetInvoicesAsync(
        ZuperAccount account,
        IReadOnlyCollection<string> uids,
        RequestPriority priority,
        CancellationToken cancellationToken
    ) => GetManyAsync(ZuperKinds.Invoice, account, uids, priority, cancellationToken);

    /// <summary>
    /// One page of the list, oldest first (developers.zuper.co, Get Invoices). Rows without a uid are left out.
    /// </summary>
    /// <remarks>
    /// <paramref name="updated"/> null is all; <paramref name="page"/> counts from 1, <paramref name="count"/> is 1 to
    /// 1,000. <paramref name="deleted"/> true is deleted ones only, false what Zuper lists by itself. That the module
    /// knows that filter is not documented: look at each row as well.
    /// </remarks>
    public Task<ZuperPage<ZuperInvoice>> ListInvoicesAsync(
        ZuperAccount account,
        ZuperWindow? updated,
        int page,
        int count,
        bool deleted,
        RequestPriority priority,
        CancellationToken cancellationToken
    ) => ListAsync(ZuperKinds.Invoice, account, updated, page, count, deleted, priority, cancellationToken);

    /// <summary>
    /// The invoices, not deleted, whose custom field of that label has that value (developers.zuper.co, Get Invoices:
    /// filter.custom_field).
    /// </summary>
    /// <remarks>
    /// Rows that hold something else are left out; of a service that ignores the filter only the first page is looked
    /// at.
    /// </remarks>
    public Task<IReadOnlyList<ZuperInvoice>> FindInvoicesAsync(
        ZuperAccount account,
        string label,
        string value,
        RequestPriority priority,
        CancellationToken cancellationToken
    ) => FindByFieldAsync(ZuperKinds.Invoice, account, label, value, priority, cancellationToken);
}
