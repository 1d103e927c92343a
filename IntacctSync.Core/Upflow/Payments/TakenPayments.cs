using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Upflow.Receipts;
using IntacctSync.Core.Upflow.Standings;

namespace IntacctSync.Core.Upflow.Payments;

/// <summary>
/// Before a payment of Intacct is sent to Upflow for the first time, looks whether it was taken there: somebody has
/// entered it in Intacct by hand, or another program has posted it. It stands in Upflow already then.
/// </summary>
public sealed class TakenPayments(TakenLists lists, KeyMapStore keyMap, KnownSources sources)
{
    /// <summary>
    /// What is done in place of what was decided, by source id, for the payments that were taken in Upflow, or may have
    /// been.
    /// </summary>
    internal async Task<IReadOnlyDictionary<string, PaymentDecision>> JudgeAsync(
        RecordPass pass,
        IReadOnlyDictionary<string, PaymentDecision> decided,
        IReadOnlyDictionary<string, PaymentFacts> facts,
        CancellationToken cancellationToken
    )
    {
        var judged = new Dictionary<string, PaymentDecision>(StringComparer.Ordinal);
        var works = pass
            .Open.Where(w => decided.GetValueOrDefault(w.SourceId) is PaymentDecision.Carry { Wanted.IsEmpty: false })
            .Where(w => pass[w.SourceId].TargetId is null && Standing.Of(pass[w.SourceId].Parts).IsEmpty)
            .Where(w => facts[w.SourceId] is var its && its.Known.TargetOf(its.Customer) is not null)
            .ToList();
        if (works.Count == 0)
            return judged;
        var taken = await lists.ReadAsync(
            pass,
            works
                .Select(w => (Work: w, Facts: facts[w.SourceId]))
                .GroupBy(w => w.Facts.Known.TargetOf(w.Facts.Customer)!, StringComparer.Ordinal)
                .ToDictionary(
                    of => of.Key,
                    of => of.Max(w => ChangedAt(w.Work, w.Facts.Payment) ?? DateTimeOffset.MaxValue),
                    StringComparer.Ordinal
                ),
            works.TrueForAll(w => w.Bulk) ? RequestPriority.Bulk : RequestPriority.Live,
            cancellationToken
        );
        var ids = await sources.FindAsync(
            pass.Batch.Connection,
            UpflowFlows.Receipts,
            [.. taken.Select(t => t.Id)],
            cancellationToken
        );
        var rows = await keyMap.GetManyAsync(
            pass.Batch.Connection.Id,
            UpflowFlows.Receipts,
            [.. ids.Values.Distinct(StringComparer.Ordinal)],
            cancellationToken
        );
        var receipts = pass.Batch.Connection.Settings.Syncs(UpflowFlows.Receipts);
        foreach (var work in works)
        {
            var its = facts[work.SourceId];
            var free = taken
                .Where(t => rows.GetValueOrDefault(ids[t.Id]) is not { } row || MayBeOf(row, its.Payment.RecordNo))
                .ToList();
            if (free.Exists(t => t.IsPostedAs(its, receipts)))
                judged[work.SourceId] = PaymentDecision.IsTaken;
            else if (Ask(pass, work, its, LikeOf(its, free)) is { } asked)
                judged[work.SourceId] = asked;
        }

        return judged;

        IReadOnlyList<TakenPayment> LikeOf(PaymentFacts its, List<TakenPayment> free) =>
            free.FindAll(t => t.IsLike(its, IsWaiting(t))) is { Count: > 0 } like
                ? like
                : TakenPayment.LikeTogether(free, its);

        bool IsWaiting(TakenPayment payment) =>
            rows.GetValueOrDefault(ids[payment.Id]) is not ({ Ignored: true } or { State: RecordState.Skipped });
    }

    /// <summary>
    /// A time before which a payment was entered: when it last changed. Null where that is not known, or a person asks
    /// for this record, who may have changed something in Upflow just now.
    /// </summary>
    /// <remarks>
    /// A head says it in the user's offset. No offset is further behind than twelve hours, so with that one the time is
    /// never too early.
    /// </remarks>
    internal static DateTimeOffset? ChangedAt(RecordWork work, PaymentRecord payment) =>
        !work.Bulk ? null
        : work.SnapshotVersion is { } version ? version
        : payment.WhenModified is { } text && IntacctTime.TryParse(text, TimeSpan.FromHours(-12), out var at) ? at
        : null;

    /// <summary>
    /// Asks a person, unless the person who retries this one record was asked about the same before. The row keeps
    /// what was asked about.
    /// </summary>
    private static PaymentDecision? Ask(
        RecordPass pass,
        RecordWork work,
        PaymentFacts facts,
        IReadOnlyList<TakenPayment> like
    )
    {
        var marked = like.Count == 0 ? ReceiptKey.MarkIn(facts.Payment.Description) : null;
        List<string> names =
        [
            .. like.Select(t => t.Id).Concat(marked is null ? [] : [marked]).Select(PostedReceipts.TakenName),
        ];
        var row = pass[work.SourceId];
        if (
            names.Count == 0
            || (
                work.EventIds.Any(EventIds.IsAsked)
                && names.TrueForAll(n => row.Waits.Contains(n, StringComparer.Ordinal))
            )
        )
            return null;
        pass.Put(row with { Waits = names });
        return new PaymentDecision.Reject(
            new Failure(
                FailureClass.Data,
                marked is null
                    ? PaymentProblems.MayBeTaken(facts, [.. like.Select(t => t.Text)])
                    : PaymentProblems.TakenAndGone(facts)
            )
        );
    }

    /// <summary>
    /// Whether a payment of Intacct may be that of a receipt: the receipt is not posted as another one, and nobody has
    /// said that this is other money.
    /// </summary>
    private static bool MayBeOf(KeyMapEntry receipt, string recordNo) =>
        receipt.TargetId is null && !ReceiptNames.OthersOf(receipt).Contains(recordNo, StringComparer.Ordinal);
}
