using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Upflow.Receipts;
using IntacctSync.Core.Upflow.Records;
using IntacctSync.Core.Upflow.Standings;
using IntacctSync.Core.Waiting;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Core.Upflow.Payments;

/// <summary>
/// Payments and advances of Intacct become payments in Upflow, linked to what they pay. A payment that applies other
/// credits makes their links as well, so that what one payment did is known in one row, and taken back with it.
/// </summary>
public sealed class PaymentFlow(
    PaymentReader reader,
    PaymentOriginals originals,
    PostedReceipts receipts,
    TakenPayments portal,
    StandingChanges changes,
    ShownStandings standings,
    AppWriter writer,
    KeyMapStore keyMap,
    TimeProvider time,
    ILogger<PaymentFlow> logger
) : IRecordFlow
{
    public FlowName Name => UpflowFlows.Payments;

    public Task<IReadOnlyDictionary<string, Failure?>> RunAsync(FlowBatch batch, CancellationToken cancellationToken) =>
        RecordPass.RunAsync(batch, keyMap, time, logger, pass => RunAsync(pass, cancellationToken), cancellationToken);

    private async Task RunAsync(RecordPass pass, CancellationToken cancellationToken)
    {
        await writer.SettleAsync(pass, UpflowWrites.App, UpflowWrites.SettleAfter, cancellationToken);
        await pass.LeaveIgnoredAsync(cancellationToken);
        var reading = await reader.ReadAsync(pass, cancellationToken);
        await originals.SendForAsync(pass, reading, cancellationToken);
        var taken = await TakenAsync(pass, reading, cancellationToken);
        var facts = await FactsAsync(pass, reading, cancellationToken);
        await standings.FindAsync(pass, Unknown(pass, reading), UpflowKind.Payment, cancellationToken);
        var startDate = pass.Batch.Connection.FirstDay();
        var decisions = pass.Decide(
            pass.Open,
            w =>
                taken.GetValueOrDefault(w.SourceId)
                ?? PaymentDecision.For(
                    Standing.Of(pass[w.SourceId].Parts),
                    facts.GetValueOrDefault(w.SourceId),
                    startDate,
                    w.Requested,
                    w.IsSaidDeleted(pass[w.SourceId])
                )
        );
        foreach (var (id, judged) in await portal.JudgeAsync(pass, decisions, facts, cancellationToken))
            decisions[id] = judged;
        var works = await ConcludeAsync(pass, decisions, facts, cancellationToken);
        var awaited = works
            .Select(w => (w.Record.SourceId, Parent: AwaitedOf(facts, w)))
            .Where(w => w.Parent is not null)
            .ToDictionary(w => w.SourceId, w => w.Parent!.Value, StringComparer.Ordinal);
        await changes.MakeAsync(pass, works, awaited, cancellationToken);
    }

    /// <summary>Those of which more may stand in Upflow than their rows know.</summary>
    private static List<(RecordWork Work, string ExternalId, string Customer)> Unknown(
        RecordPass pass,
        PaymentReading reading
    ) =>
        [
            .. pass
                .Open.Select(w => (Work: w, Payment: reading.Payments.GetValueOrDefault(w.SourceId)))
                .Where(w =>
                    ShownStandings.MayBeShown(
                        pass[w.Work.SourceId],
                        w.Payment is not null
                            && PaymentStates.Of(w.Payment) is PaymentState.Complete or PaymentState.Reversal
                    )
                )
                .Select(w =>
                    (
                        w.Work,
                        PaymentFacts.ExternalIdOf(w.Work.SourceId),
                        w.Payment?.CustomerId ?? pass[w.Work.SourceId].Facts?.Party ?? ""
                    )
                ),
        ];

    /// <summary>Only what counts waits for what it refers to; what is taken back needs its customer alone.</summary>
    private static ParentKey? AwaitedOf(Dictionary<string, PaymentFacts> facts, StandingWork work) =>
        facts.GetValueOrDefault(work.Record.SourceId) is not { } its ? null
        : PaymentStates.Of(its.Payment) == PaymentState.Complete ? its.Awaited
        : work.Wanted.IsEmpty || its.Known.TargetOf(its.Customer) is not null ? null
        : its.Customer;

    /// <summary>
    /// What is done for payments that were taken in Upflow, by source id: nothing of them is sent back there. Their
    /// receipts hear of whatever becomes of them in Intacct.
    /// </summary>
    private async Task<Dictionary<string, PaymentDecision>> TakenAsync(
        RecordPass pass,
        PaymentReading reading,
        CancellationToken cancellationToken
    )
    {
        var shown = pass
            .Open.Select(w => (w.SourceId, Payment: reading.Payments.GetValueOrDefault(w.SourceId)))
            .Where(p =>
                p.Payment is { } payment
                && PaymentStates.Of(payment) is not (PaymentState.Reversal or PaymentState.Draft)
                && payment.RecordType != PaymentDecision.Advance
            )
            .ToList();
        var found = await receipts.FindAsync(
            pass.Batch.Connection,
            [.. shown.Select(p => p.Payment!).DistinctBy(p => p.RecordNo, StringComparer.Ordinal)],
            cancellationToken
        );
        await receipts.TellDoubledAsync(pass.Batch.Connection, shown.Select(p => p.Payment!), found, cancellationToken);
        await receipts.TellChangedAsync(
            pass.Batch.Connection,
            [
                .. pass
                    .Open.Select(w => w.SourceId)
                    .Concat(
                        pass.Open.SelectMany(w => reading.PartsOf(w.SourceId)).Select(PaymentCreditOf).OfType<string>()
                    )
                    .Select(id => UpflowIds.Parse(id)?.RecordNo ?? id)
                    .Distinct(StringComparer.Ordinal),
            ],
            cancellationToken
        );
        var synced = pass.Batch.Connection.Settings.Syncs(UpflowFlows.Receipts);
        return shown
            .Where(p => found.ContainsKey(p.Payment!.RecordNo))
            .ToDictionary(
                p => p.SourceId,
                p => PaymentDecision.OfTaken(Standing.Of(pass[p.SourceId].Parts), found[p.Payment!.RecordNo], synced),
                StringComparer.Ordinal
            );
    }

    /// <summary>The other payment whose money a part is; null where it is of anything else.</summary>
    private static string? PaymentCreditOf(AppliedPart part) =>
        part.Credit.Kind == CreditKind.Payment ? part.Credit.SourceId : null;

    private async Task<Dictionary<string, PaymentFacts>> FactsAsync(
        RecordPass pass,
        PaymentReading reading,
        CancellationToken cancellationToken
    )
    {
        var shown = pass
            .Open.Where(w => reading.Payments.ContainsKey(w.SourceId))
            .Select(w => (w.SourceId, Payment: reading.Payments[w.SourceId], Parts: reading.PartsOf(w.SourceId)))
            .ToList();
        var known = await KnownCounterparts.ReadAsync(
            keyMap,
            pass.Batch.Connection,
            shown.SelectMany(s => PaymentFacts.References(s.Payment, s.Parts)).Where(r => r.SourceId.Length > 0),
            cancellationToken
        );
        var currencies = await reader.CurrenciesAsync(
            pass,
            [
                .. shown
                    .Where(s => s.Payment.Currency is not null)
                    .SelectMany(s => PaymentFacts.WithoutCurrency(known, s.Parts))
                    .Distinct(),
            ],
            cancellationToken
        );
        return shown.ToDictionary(
            s => s.SourceId,
            s => new PaymentFacts
            {
                Currencies = currencies,
                SourceId = s.SourceId,
                Payment = s.Payment,
                Parts = s.Parts,
                Known = known,
                OfDetails = reading.OfDetails(s.SourceId),
                UsedByOthers = reading.UsedOf(s.SourceId),
                ReversedOn = reading.ReversedOn.GetValueOrDefault(s.SourceId),
                DefaultCurrency = pass.Batch.Connection.Upflow().DefaultCurrency,
            },
            StringComparer.Ordinal
        );
    }

    /// <summary>Ends the payments for which nothing is to be done, and says of the others what is to stand.</summary>
    private static async Task<IReadOnlyList<StandingWork>> ConcludeAsync(
        RecordPass pass,
        Dictionary<string, PaymentDecision> decisions,
        Dictionary<string, PaymentFacts> facts,
        CancellationToken cancellationToken
    )
    {
        var skipped = new List<KeyMapEntry>();
        var works = new List<StandingWork>();
        foreach (var work in pass.Open.ToList())
        {
            var its = facts.GetValueOrDefault(work.SourceId);
            var entry = pass.Titled(work.SourceId, its?.Payment.Title ?? "", null, its?.Shown) with
            {
                WriteBack = WriteBack.None,
                WaitsFor = null,
            };
            pass.Put(entry);
            switch (decisions[work.SourceId])
            {
                case PaymentDecision.Hold hold:
                    ParentGate.Hold(pass, work.SourceId, hold.Receipt, hold.Failure);
                    break;
                case PaymentDecision.Reject reject:
                    pass.Fail(work.SourceId, reject.Failure);
                    break;
                case PaymentDecision.Skip skip:
                    skipped.Add((entry with { Waits = skip.Waits }).Skip(pass.Now, skip.Reason));
                    break;
                case PaymentDecision.Carry carry:
                    works.Add(
                        new StandingWork(
                            pass,
                            work,
                            PaymentFacts.ExternalIdOf(work.SourceId),
                            UpflowKind.Payment,
                            its?.Payment.CustomerId ?? "",
                            carry.Wanted
                        )
                        {
                            Waits = carry.Waits,
                        }
                    );
                    break;
            }
        }

        await pass.SaveFinalAsync(skipped, cancellationToken);
        return works;
    }
}
