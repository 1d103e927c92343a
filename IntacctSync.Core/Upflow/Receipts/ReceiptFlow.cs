using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.KeyMap;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Core.Upflow.Receipts;

/// <summary>
/// Payments that were taken in Upflow are posted in Intacct, applied to the invoices that they are linked to; a refund
/// reverses them.
/// </summary>
public sealed class ReceiptFlow(
    ReceiptReader reader,
    PostedReader payments,
    OpenInvoices open,
    ReceiptAdoption adoption,
    EnteredReceipts entered,
    PostedReceipts posted,
    IntentSettler settler,
    IntacctWriter writer,
    WritingOptions options,
    KeyMapStore keyMap,
    TimeProvider time,
    ILogger<ReceiptFlow> logger
) : IRecordFlow
{
    public FlowName Name => UpflowFlows.Receipts;

    public Task<IReadOnlyDictionary<string, Failure?>> RunAsync(FlowBatch batch, CancellationToken cancellationToken) =>
        RecordPass.RunAsync(batch, keyMap, time, logger, pass => RunAsync(pass, cancellationToken), cancellationToken);

    private async Task RunAsync(RecordPass pass, CancellationToken cancellationToken)
    {
        var target = Target(pass.Batch);
        await settler.SettleAsync(pass, target, cancellationToken);
        await pass.LeaveIgnoredAsync(cancellationToken);
        await posted.TellLinkedAsync(pass, cancellationToken);
        foreach (var work in pass.Open.ToList())
            pass.Put(ReceiptNames.LookedAtFor(pass[work.SourceId], work.EventIds));
        var facts = await open.AddToAsync(pass, await reader.ReadAsync(pass, cancellationToken), cancellationToken);
        foreach (var work in pass.Open.ToList())
            Remember(pass, work, facts.GetValueOrDefault(work.SourceId));
        var decisions = Decide(pass, facts);
        var doubtful = DoubtfulReceipts.LetGo(pass);
        await AdoptMarkedAsync(pass, facts, decisions, cancellationToken);
        var found = await payments.FindForAsync(pass, Due(pass, facts, decisions), cancellationToken);
        await adoption.AdoptAsync(pass, Due(pass, facts, decisions), found, cancellationToken);
        await entered.AskAsync(pass, Due(pass, facts, decisions), found, cancellationToken);
        DoubtfulReceipts.Hold(pass, doubtful, decisions, options.SettleAfter);
        await ConcludeAsync(pass, facts, decisions, cancellationToken);
        await WriteAsync(pass, facts, decisions, target, cancellationToken);
    }

    /// <summary>
    /// What is left out, as for its date, and is looked at for the first time, may have been posted from here before
    /// its row was lost, and what went back may have been posted after a copy was made from which its row was restored:
    /// its payment in Intacct bears its mark then.
    /// </summary>
    private async Task AdoptMarkedAsync(
        RecordPass pass,
        IReadOnlyDictionary<string, ReceiptFacts> facts,
        Dictionary<string, ReceiptDecision> decisions,
        CancellationToken cancellationToken
    )
    {
        var old = pass
            .Open.Where(w =>
                decisions[w.SourceId]
                    is ReceiptDecision.Skip { MayBePosted: true }
                        or ReceiptDecision.Reject { Failure.Problem.Code: ReceiptProblems.FromBeforeCode }
            )
            .Where(w => pass[w.SourceId] is { TargetId: null, Intent: null })
            .Where(w =>
                w.Requested
                || pass[w.SourceId] is { EventIds: [], Intents: 0 }
                || facts.GetValueOrDefault(w.SourceId) is { IsUndone: true }
            )
            .Select(w => facts.GetValueOrDefault(w.SourceId))
            .OfType<ReceiptFacts>()
            .Where(f => f.CustomerId is not null)
            .ToList();
        var unreadable = new List<UnreadablePayment>();
        var found = await payments.FindNumberedAsync(
            pass.Batch,
            [.. old.Select(f => f.DocNumber).Distinct(StringComparer.Ordinal)],
            unreadable,
            cancellationToken
        );
        foreach (var one in old)
        {
            if (unreadable.Find(u => u.Mark == one.Key.Mark) is { } wrong)
                pass.Fail(one.Id, wrong.Of(one.Title));
        }

        await adoption.AdoptAsync(
            pass,
            [.. old.Where(f => pass.IsOpen(f.Id) && found.Any(p => p.Key?.Mark == f.Key.Mark))],
            [.. found.Where(p => p.Key?.Mark is not null)],
            cancellationToken
        );
    }

    /// <summary>The receipts that are to be posted.</summary>
    private static List<ReceiptFacts> Due(
        RecordPass pass,
        IReadOnlyDictionary<string, ReceiptFacts> facts,
        Dictionary<string, ReceiptDecision> decisions
    ) => [.. pass.Open.Where(w => decisions[w.SourceId] is ReceiptDecision.Post).Select(w => facts[w.SourceId])];

    private static Dictionary<string, ReceiptDecision> Decide(
        RecordPass pass,
        IReadOnlyDictionary<string, ReceiptFacts> facts
    )
    {
        var connection = pass.Batch.Connection;
        var startDate = connection.UpflowStartDate();
        return pass.Decide(
            pass.Open,
            w =>
                ReceiptDecision.For(
                    pass[w.SourceId],
                    facts.GetValueOrDefault(w.SourceId),
                    connection.Upflow().Receipts,
                    startDate,
                    IsAsked(pass, w),
                    OffUntil(pass, w),
                    pass.Now - Since(pass, w)
                )
        );
    }

    /// <summary>
    /// Whether a person asked for it. Of one that needs a person to say whether it is entered by hand, a change is no
    /// answer.
    /// </summary>
    internal static bool IsAsked(RecordPass pass, RecordWork work) =>
        work.Requested
        && (work.RequestedAt is not null || pass[work.SourceId].Problem?.Code != ReceiptProblems.FromBeforeCode);

    /// <summary>
    /// When receipts were switched on, where what was taken before may be entered by hand; null for one that was known
    /// while they were on before, or whose money was under way.
    /// </summary>
    private static DateTimeOffset? OffUntil(RecordPass pass, RecordWork work) =>
        pass.Batch.Connection.SwitchedOnAt(UpflowFlows.Receipts) is { } on
        && !(Since(pass, work) < on)
        && !ReceiptNames.WasUnderWay(pass[work.SourceId])
            ? on
            : null;

    /// <summary>
    /// Since when it has been known. What was known before the flow was switched on has waited since it was on before.
    /// </summary>
    private static DateTimeOffset Since(RecordPass pass, RecordWork work) =>
        pass[work.SourceId].PendingSince is { } since && since < work.FirstSeen ? since : work.FirstSeen;

    /// <summary>
    /// The row names the number of its payment in Intacct before anything is sent, so that the payment is recognized
    /// there, whatever becomes of the answer.
    /// </summary>
    private static void Remember(RecordPass pass, RecordWork work, ReceiptFacts? facts)
    {
        var entry = pass.Titled(work.SourceId, facts?.Title ?? "", null, facts?.Shown) with
        {
            WriteBack = WriteBack.None,
            Parts = facts?.Payment.CustomerId ?? ReceiptLists.CustomerOf(pass, work),
        };
        if (facts is { State: not ReceiptState.UnderWay } && entry.TargetId is null)
            entry = OffUntil(pass, work) is { } on && facts.IsFromBefore(on) ? ReceiptNames.FromBefore(entry) : entry;
        pass.Put(facts is null ? entry : entry with { Waits = ReceiptNames.NamesOf(facts, entry) });
    }

    private static async Task ConcludeAsync(
        RecordPass pass,
        IReadOnlyDictionary<string, ReceiptFacts> facts,
        Dictionary<string, ReceiptDecision> decisions,
        CancellationToken cancellationToken
    )
    {
        var (ended, unseen) = (new List<KeyMapEntry>(), new List<KeyMapEntry>());
        foreach (var work in pass.Open.ToList())
        {
            switch (decisions[work.SourceId])
            {
                case ReceiptDecision.Reject reject:
                    pass.Fail(work.SourceId, reject.Failure);
                    break;
                case ReceiptDecision.Skip skip:
                    (skip.Unseen ? unseen : ended).Add(pass[work.SourceId].Skip(pass.Now, skip.Reason));
                    break;
                case ReceiptDecision.Unchanged unchanged:
                    var hash = facts.GetValueOrDefault(work.SourceId)?.Hash;
                    ended.Add(
                        (pass[work.SourceId] with { Hash = hash ?? pass[work.SourceId].Hash }).Sync(
                            pass.Now,
                            "unchanged",
                            unchanged.Detail
                        )
                    );
                    break;
            }
        }

        await pass.SaveFinalAsync(ended, cancellationToken);

        // Its events do not count as handled, so that it is taken up again should it be shown.
        await pass.SaveShadowAsync(unseen, cancellationToken);
    }

    private async Task WriteAsync(
        RecordPass pass,
        IReadOnlyDictionary<string, ReceiptFacts> facts,
        Dictionary<string, ReceiptDecision> decisions,
        WriteTarget target,
        CancellationToken cancellationToken
    )
    {
        var due = pass.Open.ToList();
        if (pass.Batch.Connection.Settings.Mode == SyncMode.Shadow)
        {
            await pass.SaveShadowAsync(
                [
                    .. due.Select(w =>
                        Shadow(
                            pass,
                            w.SourceId,
                            decisions[w.SourceId] is ReceiptDecision.Post ? "post it" : "reverse it"
                        )
                    ),
                ],
                cancellationToken
            );
            return;
        }

        var outcomes = await writer.WriteAsync(
            pass.Batch,
            target,
            [.. due.Select(w => Plan(pass, w, facts[w.SourceId], decisions[w.SourceId]))],
            cancellationToken
        );
        pass.Take(outcomes.Values);
    }

    internal static KeyMapEntry Shadow(RecordPass pass, string sourceId, string would) =>
        (pass[sourceId] with { Waits = [] }).Skip(pass.Now, $"{RecordPass.ShadowMode} would {would}.");

    private static PlannedWrite Plan(RecordPass pass, RecordWork work, ReceiptFacts facts, ReceiptDecision decision) =>
        decision switch
        {
            ReceiptDecision.Post post => new PlannedWrite(
                pass[work.SourceId],
                work.EventIds,
                Intent.Create,
                facts.Hash,
                facts.Key.ToString(),
                facts.Payment.ModifiedAt,
                id => PaymentRequests.Create(id, post.Fields)
            ),
            ReceiptDecision.Reverse reverse => new PlannedWrite(
                pass[work.SourceId],
                work.EventIds,
                Intent.Reverse,
                facts.Hash,
                null,
                facts.Payment.ModifiedAt,
                id => PaymentRequests.Reverse(id, pass[work.SourceId].TargetId!, reverse.Date, reverse.Reason)
            ),
            _ => throw new InvalidOperationException($"{work.SourceId} is not to be written."),
        };

    private WriteTarget Target(FlowBatch batch) =>
        new(
            static (_, result) => result.RecordNo,
            (keys, token) => FindAsync(batch, keys, token),
            static (_, _) => false,
            (ids, token) => EndedAsync(batch, ids, token),
            DecidesAnew: true
        );

    private async Task<IReadOnlyDictionary<string, string>> FindAsync(
        FlowBatch batch,
        IReadOnlyCollection<string> naturalKeys,
        CancellationToken cancellationToken
    )
    {
        var unreadable = new List<UnreadablePayment>();
        var free = await payments.FindNumberedAsync(
            batch,
            [.. naturalKeys.Select(k => ReceiptKey.Parse(k).DocNumber).Distinct(StringComparer.Ordinal)],
            unreadable,
            cancellationToken
        );
        var found = new Dictionary<string, string>(
            ReceiptKey.Assign(
                naturalKeys,
                [.. free.Where(f => f.Counts && f.Key?.Mark is not null).Select(f => (f.Key!, f.RecordNo))]
            ),
            StringComparer.Ordinal
        );

        // What can't be read is known by the mark that nothing but this receipt's payment has. In the same pass it is
        // met again by its key, and a person is asked about it.
        foreach (var key in naturalKeys.Where(k => !found.ContainsKey(k)))
        {
            if (
                ReceiptKey.Parse(key).Mark is { } mark
                && unreadable.Find(u => u.Mark == mark && u.RecordNo.Length > 0) is { } own
            )
                found[key] = own.RecordNo;
        }

        return found;
    }

    private async Task<IReadOnlySet<string>> EndedAsync(
        FlowBatch batch,
        IReadOnlyCollection<string> targetIds,
        CancellationToken cancellationToken
    )
    {
        // Of one that can't be read it is not known, and a person is asked about it in the same pass.
        var shown = await payments.ReadAsync(batch, targetIds, [], cancellationToken);
        return targetIds
            .Where(id => shown.TryGetValue(id, out var payment) && PaymentStates.IsTakenBack(payment))
            .ToHashSet(StringComparer.Ordinal);
    }
}
