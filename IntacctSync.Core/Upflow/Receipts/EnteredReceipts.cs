using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.KeyMap;
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
        var seen = await SeenAsync(pass, due, found, invoices, cancellationToken);
        foreach (var facts in due.Where(f => pass.IsOpen(f.Id)))
        {
            var work = pass.Open.Single(w => w.SourceId == facts.Id);
            if (ReceiptDoubt.OfInvoices(facts, invoices) is { } doubt)
            {
                pass.Fail(facts.Id, doubt);
                continue;
            }

            // Only who asks for this one record has looked at it.
            var like = seen.Entered.Where(e => e.IsLike(facts)).ToList();
            if (
                IsAnswer(work, pass[facts.Id])
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
        }

        AskOfInvoices(pass, [.. due.Where(f => pass.IsOpen(f.Id))], invoices, seen);
    }

    /// <summary>
    /// Whether a person has asked for this one record since it was put to them; a retry from before may come later.
    /// </summary>
    private static bool IsAnswer(RecordWork work, KeyMapEntry entry) =>
        work.EventIds.Any(EventIds.IsAsked)
        && work.RequestedAt >= entry.Timeline.LastOrDefault(t => t.What == "needsAction")?.At;

    /// <summary>
    /// Of those that are like nothing that was entered: ends those whose invoices owe less than all of them take off,
    /// and those whose invoices were paid by something that Intacct does not show. It may be the receipt, and be shown
    /// later; only then is a person asked.
    /// </summary>
    private static void AskOfInvoices(
        RecordPass pass,
        IReadOnlyList<ReceiptFacts> due,
        IReadOnlyDictionary<string, OpenInvoice> invoices,
        SeenPayments seen
    )
    {
        var paid = due.SelectMany(f => f.Given)
            .GroupBy(g => g.Key, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Sum(i => i.Value), StringComparer.Ordinal);
        foreach (var facts in due)
        {
            var work = pass.Open.Single(w => w.SourceId == facts.Id);
            if (ReceiptDoubt.PaidUnseen(facts, invoices, seen) is { } part)
            {
                pass.Put(ReceiptNames.PaidUnseenAt(pass[facts.Id], pass.Now));
                var isLate = pass.Passed(ReceiptNames.UnseenSince(pass[facts.Id])!.Value) >= WriteOutcomes.ShownWithin;
                if (!isLate || !IsAnswer(work, pass[facts.Id]))
                    pass.Fail(
                        facts.Id,
                        isLate
                            ? new Failure(FailureClass.Data, ReceiptInvoiceProblems.PaidByWhatIsHidden(facts, part))
                            : new Failure(
                                FailureClass.Throttled,
                                ReceiptInvoiceProblems.PaidByWhatIsLate(facts, part),
                                AbsenceVerdict.Apart
                            )
                    );
            }
            else
            {
                pass.Put(ReceiptNames.AllSeen(pass[facts.Id]));
            }

            if (pass.IsOpen(facts.Id) && ReceiptDoubt.OfDue(facts, invoices, paid, seen.Entered) is { } problem)
                pass.Fail(facts.Id, new Failure(FailureClass.Data, problem));
        }
    }

    /// <summary>
    /// The payments that may have been entered for one of these: those that give something to one of their invoices,
    /// and those of the same customer, amount and currency that are not applied yet or have the same number. One that
    /// can't be read ends the receipts that it may be of.
    /// </summary>
    private async Task<SeenPayments> SeenAsync(
        RecordPass pass,
        IReadOnlyList<ReceiptFacts> due,
        IReadOnlyList<PostedPayment> found,
        IReadOnlyDictionary<string, OpenInvoice> invoices,
        CancellationToken cancellationToken
    )
    {
        var alike = found.Where(p => due.Any(f => IsAlike(p.Payment, f))).ToList();
        var unreadable = new List<UnreadablePayment>();
        var applied = await posted.AppliedAsync(
            pass.Batch,
            [.. alike.Select(p => p.RecordNo)],
            [.. invoices.Where(i => i.Value.IsPaidInPart).Select(i => i.Key)],
            unreadable,
            cancellationToken
        );
        var heads = found.ToDictionary(p => p.RecordNo, p => p.Payment, StringComparer.Ordinal);
        string[] unread =
        [
            .. applied
                .Keys.Concat(unreadable.Select(u => u.RecordNo))
                .Where(k => k.Length > 0 && !heads.ContainsKey(k))
                .Distinct(StringComparer.Ordinal),
        ];
        var free = found
            .Select(p => p.RecordNo)
            .Concat(await posted.FreeAsync(pass.Batch, unread, cancellationToken))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var (recordNo, payment) in await posted.ReadAsync(pass.Batch, unread, unreadable, cancellationToken))
            heads[recordNo] = payment;

        var unclear = unreadable
            .SelectMany(u =>
                u.Receivables.Concat(applied.GetValueOrDefault(u.RecordNo)?.Select(p => p.Receivable) ?? [])
            )
            .ToHashSet(StringComparer.Ordinal);

        // Those that other receipts are linked to are nobody's else.
        unreadable.RemoveAll(u => u.RecordNo.Length > 0 && !free.Contains(u.RecordNo));
        unreadable.RemoveAll(u => heads.TryGetValue(u.RecordNo, out var head) && PaymentStates.IsTakenBack(head));
        foreach (var facts in due)
        {
            if (unreadable.Find(u => MayBeOf(u, facts, alike, applied)) is { } wrong)
                pass.Fail(facts.Id, wrong.Of(facts.Title));
        }

        return new SeenPayments(
            [
                .. alike
                    .Select(p => p.RecordNo)
                    .Concat(applied.Keys)
                    .Distinct(StringComparer.Ordinal)
                    .Where(r => heads.ContainsKey(r) && free.Contains(r))
                    .Select(r => new EnteredPayment(heads[r], applied.GetValueOrDefault(r) ?? []))
                    .Where(e => !PaymentStates.IsTakenBack(e.Payment))
                    .OrderBy(e => e.Payment.ReceiptDate)
                    .ThenBy(e => e.RecordNo, StringComparer.Ordinal),
            ],
            [
                .. applied
                    .Where(a => heads.TryGetValue(a.Key, out var h) && PaymentStates.Of(h) == PaymentState.Complete)
                    .SelectMany(a => a.Value.Select(p => (heads[a.Key].Currency, p))),
            ],
            unclear
        );
    }

    private static bool IsAlike(PaymentRecord payment, ReceiptFacts receipt) =>
        EnteredPayment.IsOfAmount(payment, receipt) || EnteredPayment.IsNumbered(payment, receipt);

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
        || alike.Any(a => a.RecordNo == payment.RecordNo && IsAlike(a.Payment, receipt));
}

/// <summary>What Intacct shows that concerns some receipts and their invoices.</summary>
/// <param name="Entered">The payments that no receipt is linked to.</param>
/// <param name="Counting">What payments that count give to the invoices, whatever is linked to them, with the
/// currency that each payment names.</param>
/// <param name="Unclear">The invoices to which something gives what can't be read.</param>
internal sealed record SeenPayments(
    IReadOnlyList<EnteredPayment> Entered,
    IReadOnlyList<(string? Currency, AppliedPart Part)> Counting,
    IReadOnlySet<string> Unclear
);
