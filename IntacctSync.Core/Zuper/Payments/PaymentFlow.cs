using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Recoverability;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Core.Zuper.Payments;

/// <summary>
/// Intacct payments become payments on Zuper's invoices: settle, read, plan, find the invoices, record and void.
/// </summary>
public sealed class PaymentFlow(
    PaymentReader reader,
    InvoiceLinks invoiceLinks,
    PaymentWriter carrier,
    AppWriter writer,
    PaymentSender sender,
    KeyMapStore keyMap,
    TimeProvider time,
    ILogger<PaymentFlow> logger
) : IRecordFlow
{
    private const int AtOnce = 8;

    public FlowName Name => FlowName.Payments;

    public Task<IReadOnlyDictionary<string, Failure?>> RunAsync(FlowBatch batch, CancellationToken cancellationToken) =>
        RecordPass.RunAsync(batch, keyMap, time, logger, pass => RunAsync(pass, cancellationToken), cancellationToken);

    private async Task RunAsync(RecordPass pass, CancellationToken cancellationToken)
    {
        await writer.SettleAsync(pass, cancellationToken);
        await pass.LeaveIgnoredAsync(cancellationToken);
        var (payments, applications) = await reader.ReadAsync(pass, cancellationToken);
        var startDate = pass.Batch.Connection.StartDate();
        var plans = new Dictionary<string, PaymentPlan>(StringComparer.Ordinal);
        foreach (var work in pass.Open.ToList())
        {
            var payment = payments.GetValueOrDefault(work.SourceId);
            pass.Put(
                pass.Titled(work.SourceId, payment is null ? "" : PaymentMapper.Title(payment), null) with
                {
                    WriteBack = WriteBack.None,
                }
            );
            plans[work.SourceId] = PaymentPlan.For(
                pass[work.SourceId],
                payment,
                [.. applications[work.SourceId]],
                startDate,
                work.Requested,
                IsTold(pass[work.SourceId], work)
            );
        }

        await SendOriginalsAsync(pass, payments, cancellationToken);
        await ConcludeAsync(pass, plans, cancellationToken);
        var due = await LinkAsync(pass, plans, payments, cancellationToken);
        if (pass.Batch.Connection.Settings.Mode == SyncMode.Shadow)
            await pass.SaveShadowAsync(
                [
                    .. due.Select(d =>
                        pass[d.Work.SourceId]
                            .Skip(pass.Now, $"{RecordPass.ShadowMode} would record it on {d.ByInvoice.Count} invoices.")
                    ),
                ],
                cancellationToken
            );
        else
            await CarryAsync(pass, due, cancellationToken);
    }

    private static bool IsTold(KeyMapEntry entry, RecordWork work) =>
        work.EventIds.Concat(entry.EventIds).Any(e => e.StartsWith(Envelope.DeletionPrefix, StringComparison.Ordinal));

    /// <summary>A reversal sends its original: that Intacct marks that one as changed, too, is nowhere said.</summary>
    private async Task SendOriginalsAsync(
        RecordPass pass,
        IReadOnlyDictionary<string, PaymentRecord> payments,
        CancellationToken cancellationToken
    )
    {
        var reversals = pass
            .Open.Select(w => payments.GetValueOrDefault(w.SourceId))
            .OfType<PaymentRecord>()
            .Where(p =>
                p.ParentPaymentKey is not null
                && PaymentMapper.StateOf(p) is PaymentState.Reversal or PaymentState.Reversed
            )
            .ToList();
        if (reversals.Count == 0)
            return;
        var connection = pass.Batch.Connection;
        var originals = await keyMap.GetManyAsync(
            connection.Id,
            FlowName.Payments,
            [.. reversals.Select(r => r.ParentPaymentKey!).Distinct(StringComparer.Ordinal)],
            cancellationToken
        );
        var due = reversals.Where(r =>
            originals[r.ParentPaymentKey!] is { Stored: not null } row
            && (row.TargetId ?? row.Intent?.NaturalKey) is not null
        );
        await sender.SendAsync(
            connection,
            [
                .. due.Select(r =>
                    (
                        r.ParentPaymentKey!,
                        "reversed-" + ShortHash.Of($"{connection.Id}\n{r.ParentPaymentKey}\n{r.RecordNo}", 26)
                    )
                ),
            ],
            requested: false,
            cancellationToken
        );
    }

    /// <summary>Ends the records of which nothing is to be done.</summary>
    private static Task ConcludeAsync(
        RecordPass pass,
        Dictionary<string, PaymentPlan> plans,
        CancellationToken cancellationToken
    )
    {
        // What a person asks for is looked at in Zuper as well: somebody may have voided it there.
        var asked = pass.Open.Where(w => w.Requested).Select(w => w.SourceId).ToHashSet(StringComparer.Ordinal);
        var ended = new List<KeyMapEntry>();
        foreach (var (id, plan) in plans)
        {
            if (plan is PaymentPlan.Skip skip)
                ended.Add(pass[id].Skip(pass.Now, skip.Reason));
            else if (
                plan is PaymentPlan.Carry { Held: null } carry
                && !asked.Contains(id)
                && pass[id].Hash == PaymentMapper.HashOf(carry.ByInvoice)
            )
                ended.Add(pass[id].Sync(pass.Now, "unchanged", "Both sides are equal."));
        }

        return pass.SaveFinalAsync(ended, cancellationToken);
    }

    /// <summary>
    /// Finds the Zuper invoices of what was paid. A record ends that waits for one, or that pays none of ours.
    /// </summary>
    private async Task<List<PaymentWork>> LinkAsync(
        RecordPass pass,
        Dictionary<string, PaymentPlan> plans,
        IReadOnlyDictionary<string, PaymentRecord> payments,
        CancellationToken cancellationToken
    )
    {
        var carried = pass.Open.Select(w => (Work: w, Plan: (PaymentPlan.Carry)plans[w.SourceId])).ToList();
        var links = await invoiceLinks.FindAsync(
            pass,
            [.. carried.SelectMany(c => c.Plan.ByInvoice.Keys).Distinct(StringComparer.Ordinal)],
            cancellationToken
        );
        var due = new List<PaymentWork>();
        var foreign = new List<KeyMapEntry>();
        var known = carried.ToDictionary(
            c => c.Work.SourceId,
            c => pass[c.Work.SourceId].Waits,
            StringComparer.Ordinal
        );
        var settled = carried
            .Where(c => c.Work.Entry.Intent is not null)
            .Select(c => c.Work.SourceId)
            .ToHashSet(StringComparer.Ordinal);
        var held = new List<(KeyMapEntry Entry, Failure Failure)>();
        foreach (var (work, plan) in carried)
        {
            var byInvoice = plan.ByInvoice;
            pass.Put(pass[work.SourceId] with { Waits = Waits(byInvoice.Keys.Select(k => links[k])) });
            var own = byInvoice
                .Where(b => links[b.Key].Uid is not null)
                .GroupBy(b => links[b.Key].Uid!, StringComparer.Ordinal)
                .ToDictionary(g => g.Key, g => g.Sum(b => b.Value), StringComparer.Ordinal);
            var leftOut = byInvoice.Keys.Select(k => links[k].Reason).OfType<string>().ToList();
            if (byInvoice.Keys.Select(k => links[k].Failure).OfType<Failure>().FirstOrDefault() is { } failure)
                held.Add((pass[work.SourceId], failure));
            else if (own.Count == 0 && pass[work.SourceId].TargetId is null)
                foreign.Add(pass[work.SourceId].Skip(pass.Now, string.Join(' ', leftOut)));
            else
                due.Add(
                    new PaymentWork(
                        work,
                        payments.GetValueOrDefault(work.SourceId),
                        own,
                        leftOut,
                        plan.Held ?? Lost(pass[work.SourceId], own, leftOut),
                        plan.Held is null && leftOut.Count == 0 ? PaymentMapper.HashOf(byInvoice) : null
                    )
                );
        }

        await pass.SaveAsync(
            [
                .. held.Select(h => h.Entry)
                    .Where(e =>
                        e.Stored is null
                        || !e.Waits.SequenceEqual(known[e.Key.SourceId], StringComparer.Ordinal)
                        || settled.Contains(e.Key.SourceId)
                    ),
            ],
            cancellationToken
        );
        foreach (var (entry, failure) in held.Where(h => pass.Open.Any(w => w.SourceId == h.Entry.Key.SourceId)))
            pass.Fail(entry.Key.SourceId, failure);
        if (pass.Batch.Connection.Settings.Mode == SyncMode.Shadow)
            await pass.SaveShadowAsync(foreign, cancellationToken);
        else
            await pass.SaveFinalAsync(foreign, cancellationToken);
        return due;
    }

    /// <summary>
    /// What is kept in the row of the invoices that could not be placed, so that the payment is found when one is
    /// linked.
    /// </summary>
    private static IReadOnlyList<string> Waits(IEnumerable<InvoiceLink> links) =>
        [
            .. links
                .Where(l => l.Uid is null)
                .SelectMany(l => l.Names)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>
    /// Where a payment stands on an invoice, and one that it pays can't be told, that may be the very one.
    /// </summary>
    private static Problem? Lost(KeyMapEntry entry, Dictionary<string, decimal> own, List<string> leftOut) =>
        leftOut.Count == 0 || PaymentPart.Of(entry).All(p => p.Amount <= own.GetValueOrDefault(p.Invoice))
            ? null
            : new Problem(
                "payment-invoice-lost",
                $"Payment {entry.Title} (RECORDNO {entry.Key.SourceId}) stands on an invoice in Zuper that "
                    + $"none of its invoices in Intacct is known to be any more. {string.Join(' ', leftOut)}",
                "Link the invoice of Zuper to its RECORDNO by hand, then retry. If the payment was taken off "
                    + "that invoice, void it in Zuper by hand, then retry."
            );

    /// <summary>
    /// Carries them over side by side, but never two at once that concern the same invoice: each looks at what is due
    /// there.
    /// </summary>
    private async Task CarryAsync(RecordPass pass, List<PaymentWork> due, CancellationToken cancellationToken)
    {
        while (due.Count > 0)
        {
            var taken = new HashSet<string>(StringComparer.Ordinal);
            var wave = new List<PaymentWork>();
            foreach (var payment in due)
            {
                var invoices = payment
                    .ByInvoice.Keys.Concat(PaymentPart.Of(pass[payment.Work.SourceId]).Select(p => p.Invoice))
                    .ToList();
                if (!taken.Overlaps(invoices))
                    wave.Add(payment);

                // One that must wait keeps those behind it from its invoices, so that they are worked off in their
                // order.
                taken.UnionWith(invoices);
            }

            due = [.. due.Except(wave)];
            var outcomes = new WriteOutcome[wave.Count];
            await Parallel.ForAsync(
                0,
                wave.Count,
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
                async (i, token) =>
                    outcomes[i] = await carrier.CarryAsync(pass.Batch, pass[wave[i].Work.SourceId], wave[i], token)
            );
            pass.Take(outcomes);

            // What was learned on the way stays learned: an intent that is settled, a part that stands.
            await pass.SaveAsync(
                [.. outcomes.Where(o => o.Failure is { Class: FailureClass.Data }).Select(o => o.Entry)],
                CancellationToken.None
            );
            await pass.SaveFinalAsync(
                [
                    .. wave.Zip(outcomes)
                        .Where(w => w.Second.Failure is null)
                        .Select(w => Ended(w.Second.Entry, w.First, pass.Now)),
                ],
                CancellationToken.None
            );
        }
    }

    private static KeyMapEntry Ended(KeyMapEntry entry, PaymentWork payment, DateTimeOffset now) =>
        (entry with { Hash = payment.Hash }).Sync(
            now,
            "carriedOver",
            string.Join(
                ' ',
                [
                    $"It stands on {PaymentPart.Of(entry).Count(p => p.Amount > 0)} of Zuper's invoices.",
                    .. payment.LeftOut,
                ]
            )
        );
}
