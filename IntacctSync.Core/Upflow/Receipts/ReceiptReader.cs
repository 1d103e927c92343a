using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Upflow.Payments;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Receipts;

/// <summary>
/// Reads the payments of a pass from Upflow, with their refunds, and what was posted of them from Intacct.
/// </summary>
/// <remarks>
/// Upflow's reference names no call for a single payment, so the list is read: that of the customer where it is known.
/// </remarks>
public sealed class ReceiptReader(UpflowClient upflow, IntacctClient intacct, KeyMapStore keyMap)
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
        var posted = await PostedAsync(pass, works, cancellationToken);
        var gone = await GoneInvoicesAsync(pass, works, cancellationToken);
        var applied = await AppliedAsync(pass, posted.Values, cancellationToken);
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
                CustomerId = payment.CustomerId is { } customer
                    ? customers.GetValueOrDefault(customer.ToUpperInvariant())
                    : null,
                Posted = pass[id].TargetId is { } target ? posted.GetValueOrDefault(target) : null,
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

    private Task<IReadOnlyDictionary<string, PaymentRecord>> PostedAsync(
        RecordPass pass,
        IReadOnlyList<RecordWork> works,
        CancellationToken cancellationToken
    ) =>
        ReadPostedAsync(
            pass.Batch,
            [.. works.Select(w => pass[w.SourceId].TargetId).OfType<string>()],
            cancellationToken
        );

    /// <summary>What the posted ones that count give to receivables in Intacct now, by RECORDNO.</summary>
    private async Task<IReadOnlyDictionary<string, IReadOnlyList<AppliedPart>>> AppliedAsync(
        RecordPass pass,
        IEnumerable<PaymentRecord> posted,
        CancellationToken cancellationToken
    )
    {
        var counting = posted.Where(p => PaymentStates.Of(p) == PaymentState.Complete).Select(p => p.RecordNo).ToList();
        var details = new List<PaymentApplication>();
        if (counting.Count > 0)
        {
            var query = new IntacctQuery("ARPYMTDETAIL", PaymentApplication.Fields)
            {
                Filter = QueryFilter.In("PAYMENTKEY", counting),
            };
            await foreach (var row in intacct.QueryAsync(pass.Batch.Access.Intacct, query, cancellationToken))
                details.Add(PaymentApplication.Read(row));
        }

        return details
            .Where(d => d.PaymentKey is not null)
            .GroupBy(d => d.PaymentKey!, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => AppliedPart.Of(g), StringComparer.Ordinal);
    }

    /// <summary>Payments of Intacct by RECORDNO, read by key, which is not delayed.</summary>
    internal async Task<IReadOnlyDictionary<string, PaymentRecord>> ReadPostedAsync(
        FlowBatch batch,
        IReadOnlyCollection<string> recordNos,
        CancellationToken cancellationToken
    )
    {
        if (recordNos.Count == 0)
            return new Dictionary<string, PaymentRecord>(StringComparer.Ordinal);
        var rows = await intacct.ReadAsync(
            batch.Access.Intacct,
            "ARPYMT",
            recordNos,
            PaymentRecord.Fields,
            cancellationToken
        );
        return rows.Select(PaymentRecord.Read).ToDictionary(p => p.RecordNo, p => p, StringComparer.Ordinal);
    }

    /// <summary>
    /// The payments in Intacct that bear these numbers and that no receipt is linked to: those that count, and those
    /// that were posted from here and are reversed.
    /// </summary>
    internal async Task<IReadOnlyList<PostedPayment>> FindFreeAsync(
        FlowBatch batch,
        IReadOnlyCollection<string> docNumbers,
        CancellationToken cancellationToken
    )
    {
        var found = new List<PostedPayment>();
        if (docNumbers.Count == 0)
            return found;
        var query = new IntacctQuery("ARPYMT", PaymentRecord.Fields)
        {
            Filter = QueryFilter.In("DOCNUMBER", docNumbers),
        };
        await foreach (var row in intacct.QueryAsync(batch.Access.Intacct, query, cancellationToken))
        {
            var payment = PaymentRecord.Read(row);
            var state = PaymentStates.Of(payment);
            if (
                state is PaymentState.Complete or PaymentState.Reversed
                && ReceiptKey.Of(payment, batch.Connection.Upflow().DefaultCurrency) is { } key
                && (state is PaymentState.Complete || key.Mark is not null)
            )
                found.Add(new PostedPayment(key, payment.RecordNo, state is PaymentState.Complete));
        }

        var taken = await keyMap.FindByTargetsAsync(
            batch.Connection.Id,
            UpflowFlows.Receipts,
            [.. found.Select(f => f.RecordNo)],
            cancellationToken
        );
        return [.. found.Where(f => !taken.ContainsKey(f.RecordNo.ToUpperInvariant()))];
    }

    private sealed record Refund(string Payment, long Amount, DateOnly? Date, ReceiptState State);
}

/// <summary>A payment in Intacct that no receipt is linked to.</summary>
/// <param name="Key">By what it is known.</param>
/// <param name="RecordNo">RECORDNO.</param>
/// <param name="Counts">False for one that is reversed.</param>
internal sealed record PostedPayment(ReceiptKey Key, string RecordNo, bool Counts);
