using System.Runtime.CompilerServices;
using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Detection;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Upflow.Receipts;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Comparing;

/// <summary>
/// Reads the payments that were taken in Upflow, with what they pay and what was paid back of them, as their flow reads
/// them.
/// </summary>
internal sealed class ComparedReceipts(UpflowClient upflow, KnownSources sources, KeyMapStore keyMap)
{
    /// <summary>All of them, page by page; while the refunds are read, the pages are empty.</summary>
    public async IAsyncEnumerable<IReadOnlyList<ReceiptFacts>> PagesAsync(
        ComparedScope scope,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var refunded = new Dictionary<string, long>(StringComparer.Ordinal);
        await foreach (var page in UpflowSides.PagesAsync(upflow, scope, UpflowKind.Refund, ct))
        {
            AddUp(refunded, page);
            yield return [];
        }

        await foreach (var page in UpflowSides.PagesAsync(upflow, scope, UpflowKind.Payment, ct))
            yield return await OfAsync(scope, page, refunded, ct);
    }

    /// <summary>Those with certain source ids; one that Upflow does not show is missing.</summary>
    public async Task<IReadOnlyList<ReceiptFacts>> FindAsync(
        ComparedScope scope,
        IReadOnlyCollection<string> sourceIds,
        CancellationToken ct
    )
    {
        var wanted = sourceIds.Select(id => UpflowIds.Own(id)).ToHashSet(StringComparer.Ordinal);
        var rows = await keyMap.GetManyAsync(scope.Connection.Id, UpflowFlows.Receipts, sourceIds, ct);

        // Upflow's reference names no call for a single payment; the row keeps whose list shows it.
        var lists = rows.Values.Select(r => r.Parts).Distinct(StringComparer.Ordinal).ToList();
        if (lists.Count > UpflowClient.MostCustomerLists || lists.Contains(null, StringComparer.Ordinal))
            lists = [null];
        var payments = await FindAsync(scope, lists, wanted, ct);
        if (payments.Count < wanted.Count && !lists.Contains(null, StringComparer.Ordinal))
        {
            // It may have moved to another customer.
            lists = [null];
            payments = await FindAsync(scope, lists, wanted, ct);
        }

        var refunded = new Dictionary<string, long>(StringComparer.Ordinal);
        if (payments.Count > 0)
        {
            foreach (var list in lists)
                AddUp(refunded, await ListAsync(scope, UpflowKind.Refund, list, ct).ToListAsync(ct));
        }

        return await OfAsync(scope, payments, refunded, ct);
    }

    private async Task<IReadOnlyList<UpflowRead>> FindAsync(
        ComparedScope scope,
        IReadOnlyList<string?> lists,
        HashSet<string> wanted,
        CancellationToken ct
    )
    {
        var found = new Dictionary<string, UpflowRead>(StringComparer.Ordinal);
        foreach (var list in lists)
        {
            await foreach (var payment in ListAsync(scope, UpflowKind.Payment, list, ct))
            {
                if (UpflowIds.Own(payment.Id) is { } id && wanted.Contains(id))
                    found[id] = payment;
                if (found.Count == wanted.Count)
                    break;
            }
        }

        return [.. found.Values];
    }

    private IAsyncEnumerable<UpflowRead> ListAsync(
        ComparedScope scope,
        UpflowKind kind,
        string? customer,
        CancellationToken ct
    ) => upflow.ListAsync(scope.Access.Upflow(), kind, customer, RequestPriority.Live, ct);

    private static void AddUp(Dictionary<string, long> refunded, IEnumerable<UpflowRead> refunds)
    {
        foreach (var refund in refunds.Where(r => ReceiptStates.Of(r) == ReceiptState.Taken))
        {
            foreach (var (payment, amount) in refund.LinkedTransactions.Where(l => l.Transaction.Id is not null))
            {
                var id = UpflowIds.Own(payment.Id!);
                refunded[id] = refunded.GetValueOrDefault(id) + amount;
            }
        }
    }

    private async Task<IReadOnlyList<ReceiptFacts>> OfAsync(
        ComparedScope scope,
        IReadOnlyList<UpflowRead> payments,
        IReadOnlyDictionary<string, long> refunded,
        CancellationToken ct
    )
    {
        var taken = payments.Where(p => p.ExternalId is null && p.Id is not null).ToList();
        if (taken.Count == 0)
            return [];
        var ids = await sources.FindAsync(
            scope.Connection,
            UpflowFlows.Receipts,
            [.. taken.Select(p => p.Id!).Distinct(StringComparer.Ordinal)],
            ct
        );
        var customers = await UpflowSides.CustomersAsync(keyMap, scope, taken, ct);
        var invoices = await keyMap.FindByTargetsAsync(
            scope.Connection.Id,
            UpflowFlows.Invoices,
            [
                .. taken
                    .SelectMany(p => p.LinkedInvoices)
                    .Select(l => l.Invoice.Id)
                    .OfType<string>()
                    .Distinct(StringComparer.Ordinal),
            ],
            ct
        );
        return
        [
            .. taken.Select(p => new ReceiptFacts
            {
                Id = ids[p.Id!],
                Payment = p,
                Parts =
                [
                    .. p.LinkedInvoices.Select(l => new ReceiptPart(
                        l.Invoice.Id ?? "",
                        invoices.GetValueOrDefault((l.Invoice.Id ?? "").ToUpperInvariant()),
                        l.Invoice.CustomId,
                        l.Amount,
                        l.Invoice.Currency
                    )),
                ],
                Refunded = refunded.GetValueOrDefault(UpflowIds.Own(p.Id!)),
                DefaultCurrency = scope.Connection.Upflow().DefaultCurrency,
                CustomerId = UpflowSides.CustomerOf(p, customers),
            }),
        ];
    }
}
