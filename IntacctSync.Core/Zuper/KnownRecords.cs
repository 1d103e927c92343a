using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Contacts;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper;

/// <summary>
/// Tells by what it shows whether a key is one of the account that a connection's records are linked in, where Zuper
/// does not say whose it is: another account does not know them.
/// </summary>
public sealed class KnownRecords(ZuperClient zuper, KeyMapStore keyMap)
{
    /// <summary>How many of a kind are asked for: some may have been deleted in Zuper.</summary>
    private const int Most = 5;

    /// <summary>
    /// Whether any linked record is shown, or none is linked at all. A record counts in whatever state it is, unless it
    /// is ignored.
    /// </summary>
    /// <exception cref="ZuperException">Zuper can't be asked for now, or takes no call with this key.</exception>
    public async Task<bool> AreShownAsync(
        Connection connection,
        ZuperAccount account,
        CancellationToken cancellationToken
    )
    {
        var organizations = await LinkedAsync(connection, ZuperFlows.Organizations, cancellationToken);
        var own = organizations.Where(e => OwnCustomer.Is(e.Key.SourceId));
        var people = await LinkedAsync(connection, ZuperFlows.Customers, cancellationToken);
        var invoices = await LinkedAsync(connection, ZuperFlows.Invoices, cancellationToken);
        var products = await LinkedAsync(connection, ZuperFlows.Products, cancellationToken);
        string[] uids = [.. organizations.Select(e => e.Key.SourceId).Where(id => !OwnCustomer.Is(id))];
        string[] customers =
        [
            .. people.Select(e => e.Key.SourceId).Concat(own.Select(e => OwnCustomer.Uid(e.Key.SourceId))),
        ];
        return organizations.Count + people.Count + invoices.Count + products.Count == 0
            || await ShowsAsync(zuper.GetOrganizationsAsync, account, uids, cancellationToken)
            || await ShowsAsync(zuper.GetCustomersAsync, account, customers, cancellationToken)
            || await ShowsAsync(
                zuper.GetInvoicesAsync,
                account,
                [.. invoices.Select(e => e.Key.SourceId)],
                cancellationToken
            )
            || await ShowsAsync(
                zuper.GetProductsAsync,
                account,
                [.. products.Select(e => e.TargetId!)],
                cancellationToken
            );
    }

    private Task<IReadOnlyList<KeyMapEntry>> LinkedAsync(
        Connection connection,
        FlowName flow,
        CancellationToken cancellationToken
    ) => keyMap.SomeLinkedAsync(connection.Id, flow, static e => !e.Ignored, Most, cancellationToken);

    /// <summary>A kind of records that the key's user may not see shows none.</summary>
    private static async Task<bool> ShowsAsync<T>(
        Func<
            ZuperAccount,
            IReadOnlyCollection<string>,
            RequestPriority,
            CancellationToken,
            Task<IReadOnlyDictionary<string, T>>
        > read,
        ZuperAccount account,
        IReadOnlyCollection<string> uids,
        CancellationToken cancellationToken
    )
        where T : ZuperRecord
    {
        if (uids.Count == 0)
            return false;
        try
        {
            return (await read(account, uids, RequestPriority.Live, cancellationToken)).Count > 0;
        }
        catch (ZuperPartialReadException<T> e) when (e.Found.Count > 0)
        {
            return true;
        }
        catch (ZuperException e)
            when (e.Failure is ZuperFailure.NotFound or ZuperFailure.NotPermitted or ZuperFailure.Rejected)
        {
            return false;
        }
    }
}
