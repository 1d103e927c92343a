using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Receipts;

/// <summary>
/// Reads the payments of a pass from Upflow, with their refunds, and puts what is known of them in Intacct beside them.
/// </summary>
/// <remarks>
/// Upflow's reference names no call for a single payment, so the list is read: that of the customer where it is known.
/// </remarks>
public sealed class ReceiptReader(UpflowClient upflow, PostedReader posted, KeyMapStore keyMap)
{
    /// <summary>
    /// For each record what is known of it, by source id. One that Upflow does not show ends, until it may be taken for
    /// deleted (<see cref="AbsenceVerdict"/>); it is not among them.
    /// </summary>
    internal async Task<IReadOnlyDictionary<string, ReceiptFacts>> ReadAsync(
        RecordPass pass,
        CancellationToken cancellationToken
    )
    {
        var works = pass.Open.ToList();
        var facts = new Dictionary<string, ReceiptFacts>(StringComparer.Ordinal);
        if (works.Count == 0)
            return facts;
        var payments = await PaymentsAsync(pass, works, cancellationToken);
        var refunds = payments.Count == 0 ? [] : await RefundsAsync(pass, works, payments, cancellationToken);
        var sources = await SourcesAsync(pass, payments, cancellationToken);
        var customers = await keyMap.FindByTargetsAsync(
            pass.Batch.Connection.Id,
            UpflowFlows.Customers,
            [.. payments.Values.Select(p => p.CustomerId).OfType<string>().Distinct(StringComparer.Ordinal)],
            cancellationToken
        );
        var shown = await posted.ReadAsync(
            pass.Batch,
            [.. works.SelectMany(w => PostedReceipts.PaymentsOf(pass[w.SourceId])).Distinct(StringComparer.Ordinal)],
            cancellationToken
        );
        var gone = await GoneInvoicesAsync(pass, works, cancellationToken);
        var applied = await posted.AppliedAsync(
            pass.Batch,
            [.. shown.Values.Where(p => PaymentStates.Of(p) == PaymentState.Complete).Select(p => p.RecordNo)],
            [],
            cancellationToken
        );
        foreach (var (id, payment) in payments)
        {
            var paidBack = refunds.Where(r => r.Payment == UpflowIds.Own(id)).ToList();
            facts[id] = new ReceiptFacts
            {
                Id = id,
                Payment = payment,
                Parts =
                [
                    .. payment.LinkedInvoices.Select(l => new ReceiptPart(
                        l.Invoice.Id ?? "",
                        sources.GetValueOrDefault((l.Invoice.Id ?? "").ToUpperInvariant()),
                        l.Invoice.CustomId,
                        l.Amount,
                        l.Invoice.Currency
                    )),
                ],
                LostInvoices = [.. PostedReceipts.InvoicesOf(pass[id]).Where(gone.ContainsKey).Select(i => gone[i])],
                Refunded = paidBack.Where(r => r.State == ReceiptState.Taken).Sum(r => r.Amount),
                RefundedOn = paidBack.Where(r => r.State == ReceiptState.Taken).Max(r => r.Date),
                RefundUnderWay = paidBack.Where(r => r.State == ReceiptState.UnderWay).Sum(r => r.Amount),
                RefundFailed = paidBack.Where(r => r.State == ReceiptState.Failed).Sum(r => r.Amount),
                DefaultCurrency = pass.Batch.Connection.Upflow().DefaultCurrency,
                CustomerId = payment.CustomerId is { } customer
                    ? customers.GetValueOrDefault(customer.ToUpperInvariant())
                    : null,
                Posted = pass[id].TargetId is { } target ? shown.GetValueOrDefault(target) : null,
                Earlier =
                [
                    .. PostedReceipts
                        .PaymentsOf(pass[id])
                        .Where(r => r != pass[id].TargetId && shown.TryGetValue(r, out var one) && MayCount(one)),
                ],
                Applied = pass[id].TargetId is { } given ? applied.GetValueOrDefault(given) ?? [] : [],
            };
        }

        await AbsentRecords
            .OfApp(pass)
            .JudgeAsync(
                works,
                facts.ContainsKey,
                static _ => "",
                (others, token) => ShowsAnyAsync(pass, others, token),
                mayStand: null,
                cancellationToken
            );
        return facts;
    }

    /// <summary>Where even that can't be read, nothing is known.</summary>
    private async Task<bool> ShowsAnyAsync(
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

    /// <summary>What a row keeps of where its payment is found: Upflow's id of the customer.</summary>
    internal static string? CustomerOf(RecordPass pass, RecordWork work) => pass[work.SourceId].Parts ?? work.Snapshot;

    private async Task<Dictionary<string, UpflowRead>> PaymentsAsync(
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

    private async Task<IReadOnlyList<Refund>> RefundsAsync(
        RecordPass pass,
        IReadOnlyList<RecordWork> works,
        IReadOnlyDictionary<string, UpflowRead> payments,
        CancellationToken cancellationToken
    )
    {
        var refunds = new List<Refund>();
        var moved = payments.Any(p =>
            works.FirstOrDefault(w => w.SourceId == p.Key) is { } work
            && CustomerOf(pass, work) is { } kept
            && p.Value.CustomerId != kept
        );
        foreach (var customer in moved ? [null] : Customers(pass, works))
        {
            await foreach (var refund in ListAsync(pass, UpflowKind.Refund, customer, works, cancellationToken))
                refunds.AddRange(
                    refund
                        .LinkedTransactions.Where(l => l.Transaction.Id is not null)
                        .Select(l => new Refund(
                            UpflowIds.Own(l.Transaction.Id!),
                            l.Amount,
                            refund.ValidatedAt,
                            ReceiptStates.Of(refund)
                        ))
                );
        }

        return refunds;
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

    /// <summary>
    /// What people call those invoices that receipts were linked to and that have no counterpart any more, by their
    /// source ids.
    /// </summary>
    private async Task<IReadOnlyDictionary<string, string>> GoneInvoicesAsync(
        RecordPass pass,
        IReadOnlyList<RecordWork> works,
        CancellationToken cancellationToken
    )
    {
        string[] known =
        [
            .. works
                .Select(w => pass[w.SourceId])
                .Where(e => e.TargetId is null)
                .SelectMany(PostedReceipts.InvoicesOf)
                .Distinct(StringComparer.Ordinal),
        ];
        if (known.Length == 0)
            return new Dictionary<string, string>(StringComparer.Ordinal);
        var rows = await keyMap.GetManyAsync(pass.Batch.Connection.Id, UpflowFlows.Invoices, known, cancellationToken);
        return rows
            .Values.Where(r => r.TargetId is null)
            .ToDictionary(r => r.Key.SourceId, r => r.Title ?? r.Key.SourceId, StringComparer.Ordinal);
    }

    /// <summary>The records in <c>upflow-invoices</c> by Upflow's ids of their invoices, in upper case.</summary>
    private Task<IReadOnlyDictionary<string, string>> SourcesAsync(
        RecordPass pass,
        Dictionary<string, UpflowRead> payments,
        CancellationToken cancellationToken
    ) =>
        keyMap.FindByTargetsAsync(
            pass.Batch.Connection.Id,
            UpflowFlows.Invoices,
            [
                .. payments
                    .Values.SelectMany(p => p.LinkedInvoices)
                    .Select(l => l.Invoice.Id)
                    .OfType<string>()
                    .Distinct(StringComparer.Ordinal),
            ],
            cancellationToken
        );

    private static bool MayCount(PaymentRecord payment) =>
        PaymentStates.Of(payment) is not (PaymentState.Reversed or PaymentState.Reversal);

    private sealed record Refund(string Payment, long Amount, DateOnly? Date, ReceiptState State);
}
