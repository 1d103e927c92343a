using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Mapping;
using IntacctSync.Core.Recoverability;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Core.Flows.Zuper.Payments;

/// <summary>Intacct payments become payments on Zuper's invoices: settle, read, plan, find the invoices, record and void.</summary>
public sealed class PaymentFlow(
    PaymentReader reader, InvoiceLinks invoiceLinks, PaymentCarrier carrier, ZuperWriter writer, KeyMapStore keyMap, TimeProvider time, ILogger<PaymentFlow> logger) : IRecordFlow
{
    private const int AtOnce = 8;

    public FlowName Name => FlowName.Payments;

    public Task<IReadOnlyDictionary<string, Failure?>> RunAsync(FlowBatch batch, CancellationToken cancellationToken) =>
        RecordPass.RunAsync(batch, keyMap, time, logger, pass => RunAsync(pass, cancellationToken), cancellationToken);

    private async Task RunAsync(RecordPass pass, CancellationToken cancellationToken)
    {
        writer.Settle(pass);
        await pass.LeaveIgnoredAsync(cancellationToken);
        var (payments, applications) = await reader.ReadAsync(pass, cancellationToken);
        var startDate = pass.Batch.Connection.StartDate();
        var plans = new Dictionary<string, PaymentPlan>(StringComparer.Ordinal);
        foreach (var work in pass.Open.ToList())
        {
            var payment = payments.GetValueOrDefault(work.SourceId);
            pass.Put(pass.Titled(work.SourceId, payment is null ? "" : PaymentMapper.Title(payment), null) with { WriteBack = WriteBack.None });
            plans[work.SourceId] = PaymentPlan.For(pass[work.SourceId], payment, [.. applications[work.SourceId]], startDate, work.Requested);
        }

        await ConcludeAsync(pass, plans, cancellationToken);
        var due = await LinkAsync(pass, plans, payments, cancellationToken);
        if (pass.Batch.Connection.Settings.Mode == SyncMode.Shadow)
            await pass.SaveShadowAsync([.. due.Select(d => pass[d.Work.SourceId].Skip(pass.Now, $"{RecordPass.ShadowMode} would record it on {d.ByInvoice.Count} invoices."))], cancellationToken);
        else
            await CarryAsync(pass, due, cancellationToken);
    }

    /// <summary>Ends the records of which nothing is to be done.</summary>
    private static Task ConcludeAsync(RecordPass pass, Dictionary<string, PaymentPlan> plans, CancellationToken cancellationToken)
    {
        var ended = new List<KeyMapEntry>();
        foreach (var (id, plan) in plans)
        {
            if (plan is PaymentPlan.Skip skip)
                ended.Add(pass[id].Skip(pass.Now, skip.Reason));
            else if (plan is PaymentPlan.Carry carry && pass[id].Hash == PaymentMapper.HashOf(carry.ByInvoice))
                ended.Add(pass[id].Sync(pass.Now, "unchanged", "Both sides are equal."));
        }

        return pass.SaveFinalAsync(ended, cancellationToken);
    }

    /// <summary>Finds the Zuper invoices of what was paid. A record ends that waits for one, or that pays none of ours.</summary>
    private async Task<List<PaymentWork>> LinkAsync(
        RecordPass pass, Dictionary<string, PaymentPlan> plans, IReadOnlyDictionary<string, PaymentRecord> payments, CancellationToken cancellationToken)
    {
        var carried = pass.Open.Select(w => (Work: w, ((PaymentPlan.Carry)plans[w.SourceId]).ByInvoice)).ToList();
        var links = await invoiceLinks.FindAsync(pass, [.. carried.SelectMany(c => c.ByInvoice.Keys).Distinct(StringComparer.Ordinal)], cancellationToken);
        var due = new List<PaymentWork>();
        var foreign = new List<KeyMapEntry>();
        foreach (var (work, byInvoice) in carried)
        {
            var own = byInvoice.Where(b => links[b.Key].Uid is not null)
                .GroupBy(b => links[b.Key].Uid!, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Sum(b => b.Value), StringComparer.Ordinal);
            var leftOut = byInvoice.Keys.Select(k => links[k].Reason).OfType<string>().ToList();
            if (byInvoice.Keys.Select(k => links[k].Failure).OfType<Failure>().FirstOrDefault() is { } failure)
                pass.Fail(work.SourceId, failure);
            else if (own.Count == 0 && pass[work.SourceId].TargetId is null)
                foreign.Add(pass[work.SourceId].Skip(pass.Now, string.Join(' ', leftOut)));
            else
                due.Add(new PaymentWork(work, payments.GetValueOrDefault(work.SourceId), own, leftOut, leftOut.Count == 0 ? PaymentMapper.HashOf(byInvoice) : null));
        }

        await pass.SaveFinalAsync(foreign, cancellationToken);
        return due;
    }

    /// <summary>Carries them over side by side, but never two at once that concern the same invoice: each looks at what is due there.</summary>
    private async Task CarryAsync(RecordPass pass, List<PaymentWork> due, CancellationToken cancellationToken)
    {
        while (due.Count > 0)
        {
            var taken = new HashSet<string>(StringComparer.Ordinal);
            var wave = new List<PaymentWork>();
            foreach (var payment in due)
            {
                var invoices = payment.ByInvoice.Keys.Concat(PaymentPart.Of(pass[payment.Work.SourceId]).Select(p => p.Invoice)).ToList();
                if (!taken.Overlaps(invoices))
                    wave.Add(payment);

                // One that must wait keeps those behind it from its invoices, so that they are worked off in their order.
                taken.UnionWith(invoices);
            }

            due = [.. due.Except(wave)];
            var outcomes = new WriteOutcome[wave.Count];
            await Parallel.ForAsync(
                0,
                wave.Count,
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
                async (i, token) => outcomes[i] = await carrier.CarryAsync(pass.Batch, pass[wave[i].Work.SourceId], wave[i], token));
            pass.Take(outcomes);
            await pass.SaveFinalAsync(
                [.. wave.Zip(outcomes).Where(w => w.Second.Failure is null).Select(w => Ended(w.Second.Entry, w.First, pass.Now))], CancellationToken.None);
        }
    }

    private static KeyMapEntry Ended(KeyMapEntry entry, PaymentWork payment, DateTimeOffset now) =>
        (entry with { Hash = payment.Hash }).Sync(
            now,
            "carriedOver",
            string.Join(' ', [$"It stands on {PaymentPart.Of(entry).Count(p => p.Amount > 0)} of Zuper's invoices.", .. payment.LeftOut]));
}
