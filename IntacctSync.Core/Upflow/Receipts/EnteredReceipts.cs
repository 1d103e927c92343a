using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Upflow.Payments;

namespace IntacctSync.Core.Upflow.Receipts;

/// <summary>
/// Before receipts are posted, looks whether their invoices owe the money still, in its currency, and whether somebody
/// has entered it in Intacct by hand. What may be there already is never posted before a person was asked.
/// </summary>
public sealed class EnteredReceipts(OpenInvoices open, PostedReader posted)
{
    /// <summary>Ends the receipts about which a person is asked.</summary>
    /// <param name="pass">Whose records.</param>
    /// <param name="due">The receipts that would be posted else.</param>
    /// <param name="found">The payments in Intacct that may be theirs, and that no receipt is linked to.</param>
    /// <param name="cancellationToken">Stops the look-up.</param>
    internal async Task AskAsync(
        RecordPass pass,
        IReadOnlyList<ReceiptFacts> due,
        IReadOnlyList<PostedPayment> found,
        CancellationToken cancellationToken
    )
    {
        if (due.Count == 0)
            return;
        var invoices = await open.ReadAsync(pass, due, cancellationToken);
        var entered = await EnteredAsync(pass, due, found, invoices, cancellationToken);
        var paid = due.SelectMany(f => f.Given)
            .GroupBy(g => g.Key, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Sum(i => i.Value), StringComparer.Ordinal);
        foreach (var facts in due.Where(f => pass.IsOpen(f.Id)))
        {
            var work = pass.Open.Single(w => w.SourceId == facts.Id);
            if (ReceiptDoubt.OfInvoices(facts, invoices) is { } doubt)
            {
                pass.Fail(facts.Id, doubt);
                continue;
            }

            // Only who asks for this one record has looked at it.
            var like = entered.Where(e => e.IsLike(facts)).ToList();
            if (
                work.EventIds.Any(EventIds.IsAsked)
                && like.All(e => ReceiptNames.AskedOf(pass[facts.Id]).Contains(e.RecordNo, StringComparer.Ordinal))
            )
                pass.Put(ReceiptNames.Denied(pass[facts.Id]));
            var others = ReceiptNames.OthersOf(pass[facts.Id]).ToHashSet(StringComparer.Ordinal);
            if (like.Where(e => !others.Contains(e.RecordNo)).ToList() is { Count: > 0 } asked)
            {
                pass.Put(ReceiptNames.AskedAbout(pass[facts.Id], asked.Select(e => e.RecordNo)));
                pass.Fail(
                    facts.Id,
                    new Failure(FailureClass.Data, ReceiptProblems.MayBeEntered(facts, [.. asked.Select(e => e.Text)]))
                );
            }
            else if (ReceiptDoubt.OfDue(facts, invoices, paid, entered) is { } problem)
                pass.Fail(facts.Id, new Failure(FailureClass.Data, problem));
        }
    }

    /// <summary>
    /// The payments that may have been entered for one of these: those that give something to one of their invoices,
    /// and those of the same customer, amount and currency that are not applied yet. One that can't be read ends the
    /// receipts that it may be of.
    /// </summary>
    private async Task<IReadOnlyList<EnteredPayment>> EnteredAsync(
        RecordPass pass,
        IReadOnlyList<ReceiptFacts> due,
        IReadOnlyList<PostedPayment> found,
        IReadOnlyDictionary<string, OpenInvoice> invoices,
        CancellationToken cancellationToken
    )
    {
        var alike = found.Where(p => due.Any(f => EnteredPayment.IsOfAmount(p.Payment, f))).ToList();
        var unreadable = new List<UnreadablePayment>();
        var applied = await posted.AppliedAsync(
            pass.Batch,
            [.. alike.Select(p => p.RecordNo)],
            [.. invoices.Where(i => i.Value.IsPaidInPart).Select(i => i.Key)],
            unreadable,
            cancellationToken
        );
        var heads = found.ToDictionary(p => p.RecordNo, p => p.Payment, StringComparer.Ordinal);
        var unread = await posted.FreeAsync(
            pass.Batch,
            [
                .. applied
                    .Keys.Concat(unreadable.Select(u => u.RecordNo))
                    .Where(k => k.Length > 0 && !heads.ContainsKey(k))
                    .Distinct(StringComparer.Ordinal),
            ],
            cancellationToken
        );

        // Those that other receipts are linked to are nobody's else.
        unreadable.RemoveAll(u =>
            u.RecordNo.Length > 0 && !heads.ContainsKey(u.RecordNo) && !unread.Contains(u.RecordNo)
        );
        foreach (
            var (recordNo, payment) in await posted.ReadAsync(pass.Batch, [.. unread], unreadable, cancellationToken)
        )
            heads[recordNo] = payment;
        unreadable.RemoveAll(u => heads.TryGetValue(u.RecordNo, out var head) && PaymentStates.IsTakenBack(head));
        foreach (var facts in due)
        {
            if (unreadable.Find(u => MayBeOf(u, facts, alike, applied)) is { } wrong)
                pass.Fail(facts.Id, wrong.Of(facts.Title));
        }

        return
        [
            .. alike
                .Select(p => p.RecordNo)
                .Concat(applied.Keys)
                .Distinct(StringComparer.Ordinal)
                .Where(heads.ContainsKey)
                .Select(r => new EnteredPayment(heads[r], applied.GetValueOrDefault(r) ?? []))
                .Where(e => !PaymentStates.IsTakenBack(e.Payment))
                .OrderBy(e => e.Payment.ReceiptDate)
                .ThenBy(e => e.RecordNo, StringComparer.Ordinal),
        ];
    }

    /// <summary>
    /// Whether a payment that can't be read may be that of a receipt: it gives, or may give, something to one of its
    /// invoices, or its head is of the same customer, amount and currency.
    /// </summary>
    private static bool MayBeOf(
        UnreadablePayment payment,
        ReceiptFacts receipt,
        IReadOnlyList<PostedPayment> alike,
        IReadOnlyDictionary<string, IReadOnlyList<AppliedPart>> applied
    ) =>
        payment
            .Receivables.Concat(applied.GetValueOrDefault(payment.RecordNo)?.Select(p => p.Receivable) ?? [])
            .Any(receipt.Given.ContainsKey)
        || alike.Any(a => a.RecordNo == payment.RecordNo && EnteredPayment.IsOfAmount(a.Payment, receipt));
}
