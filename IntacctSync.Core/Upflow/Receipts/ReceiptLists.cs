using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Receipts;

/// <summary>Reads the payments of a pass, and their refunds, from the lists of Upflow.</summary>
/// <remarks>
/// Upflow's reference names no call for a single payment, so the list is read: that of the customer where it is known.
/// </remarks>
public sealed class ReceiptLists(UpflowClient upflow)
{
    /// <summary>What a row keeps of where its payment is found: Upflow's id of the customer.</summary>
    internal static string? CustomerOf(RecordPass pass, RecordWork work) => pass[work.SourceId].Parts ?? work.Snapshot;

    /// <summary>The payments that Upflow shows, by source id.</summary>
    internal async Task<Dictionary<string, UpflowRead>> PaymentsAsync(
        RecordPass pass,
        IReadOnlyList<RecordWork> works,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<string, UpflowRead>(StringComparer.Ordinal);
        var wanted = works.Select(w => w.SourceId).ToLookup(id => UpflowIds.Own(id), StringComparer.Ordinal);

        // A payment may have moved to another customer: the list of all shows it wherever it is.
        var customers = Customers(pass, works).ToList();
        foreach (var customer in customers.Contains(null, StringComparer.Ordinal) ? customers : [.. customers, null])
        {
            if (found.Count == works.Count)
                break;
            await foreach (var payment in ListAsync(pass, UpflowKind.Payment, customer, works, cancellationToken))
            {
                foreach (var id in payment.Id is { } read ? wanted[UpflowIds.Own(read)] : [])
                    found[id] = payment;
            }
        }

        return found;
    }

    /// <summary>All refunds of what those customers have paid.</summary>
    internal async Task<IReadOnlyList<ReceiptRefund>> RefundsAsync(
        RecordPass pass,
        IReadOnlyList<RecordWork> works,
        IReadOnlyDictionary<string, UpflowRead> payments,
        CancellationToken cancellationToken
    )
    {
        var refunds = new List<ReceiptRefund>();
        var moved = payments.Any(p =>
            works.FirstOrDefault(w => w.SourceId == p.Key) is { } work
            && CustomerOf(pass, work) is { } kept
            && p.Value.CustomerId != kept
        );
        foreach (var customer in moved ? [null] : Customers(pass, works))
        {
            await foreach (var refund in ListAsync(pass, UpflowKind.Refund, customer, works, cancellationToken))
            {
                if (refund.Unreadable is { } why)
                    Hold(pass, works, refund, why);
                refunds.AddRange(
                    refund
                        .LinkedTransactions.Where(l => l.Transaction.Id is not null)
                        .Select(l => new ReceiptRefund(
                            UpflowIds.Own(l.Transaction.Id!),
                            l.Amount,
                            refund.ValidatedAt,
                            ReceiptStates.Of(refund)
                        ))
                );
            }
        }

        return refunds;
    }

    /// <summary>Ends the payments that a refund pays back, where it can't be told how much of them.</summary>
    private static void Hold(RecordPass pass, IReadOnlyList<RecordWork> works, UpflowRead refund, string why)
    {
        var paidBack = refund.LinkedTransactionIds.Select(UpflowIds.Own).ToHashSet(StringComparer.Ordinal);
        foreach (var work in works.Where(w => paidBack.Contains(UpflowIds.Own(w.SourceId))))
            pass.Fail(
                work.SourceId,
                new Failure(
                    FailureClass.Data,
                    ReceiptProblems.Unreadable(pass[work.SourceId].Title ?? work.SourceId, $"of a refund, {why}")
                )
            );
    }

    private IAsyncEnumerable<UpflowRead> ListAsync(
        RecordPass pass,
        UpflowKind kind,
        string? customer,
        IReadOnlyList<RecordWork> works,
        CancellationToken cancellationToken
    ) =>
        upflow.ListAsync(
            pass.Batch.Access.Upflow(),
            kind,
            customer,
            works.All(w => w.Bulk) ? RequestPriority.Bulk : RequestPriority.Live,
            cancellationToken
        );

    /// <summary>The customers whose lists hold the payments; null among them stands for the list of all.</summary>
    private static IEnumerable<string?> Customers(RecordPass pass, IReadOnlyList<RecordWork> works)
    {
        var customers = works.Select(w => CustomerOf(pass, w)).Distinct(StringComparer.Ordinal).ToList();
        return customers.Contains(null, StringComparer.Ordinal) || customers.Count > UpflowClient.MostCustomerLists
            ? [null]
            : customers;
    }

    /// <summary>Whether any of some payments is shown; where even that can't be read, nothing is known.</summary>
    internal async Task<bool> ShowsAnyAsync(
        RecordPass pass,
        IReadOnlyList<string> sourceIds,
        CancellationToken cancellationToken
    )
    {
        var wanted = sourceIds.Select(UpflowIds.Own).ToHashSet(StringComparer.Ordinal);
        try
        {
            await foreach (
                var payment in upflow.ListAsync(
                    pass.Batch.Access.Upflow(),
                    UpflowKind.Payment,
                    null,
                    RequestPriority.Live,
                    cancellationToken
                )
            )
            {
                if (payment.Id is { } id && wanted.Contains(UpflowIds.Own(id)))
                    return true;
            }

            return false;
        }
        catch (UpflowException)
        {
            return false;
        }
    }
}

/// <summary>What was, or was to be, paid back of a payment.</summary>
/// <param name="Payment">Upflow's id of the payment, as it is compared.</param>
/// <param name="Amount">In the smallest unit.</param>
/// <param name="Date">When it was paid back.</param>
/// <param name="State">What became of the money.</param>
internal sealed record ReceiptRefund(string Payment, long Amount, DateOnly? Date, ReceiptState State);
