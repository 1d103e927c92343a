using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow.Payments;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Receipts;

/// <summary>
/// Reads the payments of a pass from Upflow, with their refunds, and puts what is known of them in Intacct beside them.
/// </summary>
public sealed class ReceiptReader(ReceiptLists lists, PostedReader posted, KeyMapStore keyMap)
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
        var payments = await lists.PaymentsAsync(pass, works, cancellationToken);
        var refunds = payments.Count == 0 ? [] : await lists.RefundsAsync(pass, works, payments, cancellationToken);
        var sources = await SourcesAsync(pass, payments, cancellationToken);
        var customers = await keyMap.FindByTargetsAsync(
            pass.Batch.Connection.Id,
            UpflowFlows.Customers,
            [.. payments.Values.Select(p => p.CustomerId).OfType<string>().Distinct(StringComparer.Ordinal)],
            cancellationToken
        );
        var unreadable = new List<UnreadablePayment>();
        var shown = await posted.ReadAsync(
            pass.Batch,
            [.. works.SelectMany(w => ReceiptNames.PaymentsOf(pass[w.SourceId])).Distinct(StringComparer.Ordinal)],
            unreadable,
            cancellationToken
        );
        var gone = await GoneInvoicesAsync(pass, works, cancellationToken);
        var applied = await posted.AppliedAsync(
            pass.Batch,
            [.. shown.Values.Where(p => PaymentStates.Of(p) == PaymentState.Complete).Select(p => p.RecordNo)],
            [],
            unreadable,
            cancellationToken
        );
        var used = await posted.UsedAsync(
            pass.Batch,
            [
                .. shown
                    .Values.Where(p => MayBeUsed(p, applied.GetValueOrDefault(p.RecordNo) ?? []))
                    .Select(p => p.RecordNo),
            ],
            unreadable,
            cancellationToken
        );
        foreach (var work in unreadable.Count == 0 ? [] : works)
        {
            var its = ReceiptNames.PaymentsOf(pass[work.SourceId]).ToHashSet(StringComparer.Ordinal);
            if (unreadable.Find(u => its.Contains(u.RecordNo)) is { } wrong)
                pass.Fail(work.SourceId, wrong.Of(pass[work.SourceId].Title));
        }

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
                LostInvoices = [.. ReceiptNames.InvoicesOf(pass[id]).Where(gone.ContainsKey).Select(i => gone[i])],
                Refunded = paidBack.Where(r => r.State == ReceiptState.Taken).Sum(r => r.Amount),
                RefundedOn = paidBack.Where(r => r.State == ReceiptState.Taken).Max(r => r.Date),
                RefundUnderWay = paidBack.Where(r => r.State == ReceiptState.UnderWay).Sum(r => r.Amount),
                RefundFailed = paidBack.Where(r => r.State == ReceiptState.Failed).Sum(r => r.Amount),
                DefaultCurrency = pass.Batch.Connection.Upflow().DefaultCurrency,
                CustomerId = payment.CustomerId is { } customer
                    ? customers.GetValueOrDefault(customer.ToUpperInvariant())
                    : null,
                Posted = pass[id].TargetId is { } target ? shown.GetValueOrDefault(target) : null,
                Now = pass.Now,
                Earlier =
                [
                    .. ReceiptNames
                        .PaymentsOf(pass[id])
                        .Where(r =>
                            r != pass[id].TargetId
                            && shown.TryGetValue(r, out var one)
                            && !PaymentStates.IsTakenBack(one)
                        ),
                ],
                Applied = pass[id].TargetId is { } given
                    ? [.. applied.GetValueOrDefault(given) ?? [], .. used.GetValueOrDefault(given) ?? []]
                    : [],
            };
        }

        await AbsentRecords
            .OfApp(pass)
            .JudgeAsync(
                works,
                facts.ContainsKey,
                static _ => "",
                (others, token) => lists.ShowsAnyAsync(pass, others, token),
                mayStand: null,
                cancellationToken
            );
        return facts;
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
                .SelectMany(ReceiptNames.InvoicesOf)
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

    /// <summary>Whether other payments may give money of it: an advance, or one with a rest.</summary>
    private static bool MayBeUsed(PaymentRecord payment, IReadOnlyList<AppliedPart> applied) =>
        PaymentStates.Of(payment) == PaymentState.Complete
        && applied.Sum(p => p.Amount) < (payment.TrxTotalEntered ?? payment.TotalEntered);
}
