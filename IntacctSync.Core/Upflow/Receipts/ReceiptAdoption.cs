using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow.Records;
using IntacctSync.Core.Upflow.Standings;

namespace IntacctSync.Core.Upflow.Receipts;

/// <summary>
/// Takes payments that stand in Intacct already for those that were to be posted: the native integration, or a store
/// that this one was restored from, has posted them.
/// </summary>
public sealed class ReceiptAdoption(PostedReader posted, KeyMapStore keyMap)
{
    /// <summary>
    /// Links each receipt to the payment that bears its mark, or else to the only one of its customer, number, amount
    /// and currency that bears none and is no other money, where no other receipt has the same. While a posting of it
    /// has no answer, only its mark counts. A person decides what is not clear.
    /// </summary>
    /// <param name="pass">Whose records.</param>
    /// <param name="due">The receipts that would be posted else.</param>
    /// <param name="found">The payments in Intacct that no receipt is linked to.</param>
    /// <param name="cancellationToken">Stops the look-up.</param>
    internal async Task AdoptAsync(
        RecordPass pass,
        IReadOnlyList<ReceiptFacts> due,
        IReadOnlyList<PostedPayment> found,
        CancellationToken cancellationToken
    )
    {
        var free = found.Where(f => f.MayBeAdopted).Select(f => (Key: f.Key!, f.RecordNo, f.Counts)).ToList();
        var unmarked = await UnmarkedAsync(pass, due, found, cancellationToken);
        var adopted = new List<KeyMapEntry>();
        foreach (var facts in due)
        {
            var own = free.Where(f => f.Key.Mark == facts.Key.Mark && facts.Key.IsAs(f.Key)).ToList();
            if (own is [{ Counts: false } reversed])
            {
                await TakeReversedAsync(pass, facts, reversed.RecordNo, cancellationToken);
                continue;
            }

            own = [.. own.Where(f => f.Counts)];
            var fitting = own.Count > 0 ? own : [.. free.Where(f => unmarked.ContainsKey((facts.Id, f.RecordNo)))];
            if (fitting.Count == 0)
                continue;
            IReadOnlyList<string> others =
                own.Count > 0 ? [] : await OthersAsync(pass, due, facts, fitting[0].Key, cancellationToken);
            if (fitting is not [var only] || others.Count > 0)
                pass.Fail(
                    facts.Id,
                    new Failure(
                        FailureClass.Data,
                        ReceiptProblems.Ambiguous(facts, [.. fitting.Select(f => f.RecordNo)], others)
                    )
                );
            else if (own.Count > 0 || unmarked[(facts.Id, only.RecordNo)])
                adopted.Add(
                    (
                        Closed(pass, facts.Id, only.RecordNo) with
                        {
                            TargetId = only.RecordNo,
                            NaturalKey = facts.Key.ToString(),
                            Hash = facts.Hash,
                            Waits = ReceiptNames.NamesOf(facts, pass[facts.Id], only.RecordNo),
                        }
                    ).Sync(
                        pass.Now,
                        "adopted",
                        own.Count > 0
                            ? $"ARPYMT {only.RecordNo} bears its mark: it was posted from here."
                            : $"ARPYMT {only.RecordNo} has its customer, number, amount and currency, and pays nothing "
                                + "else."
                    )
                );
        }

        if (pass.Batch.Connection.Settings.Mode == SyncMode.Shadow)
        {
            await pass.SaveShadowAsync(
                [.. adopted.Select(e => ReceiptFlow.Shadow(pass, e.Key.SourceId, $"adopt ARPYMT {e.TargetId}"))],
                cancellationToken
            );
            return;
        }

        // What went back is reversed at the next look.
        var undone = due.Where(f => f.IsUndone).Select(f => f.Id).ToHashSet(StringComparer.Ordinal);
        await pass.SaveFinalAsync([.. adopted.Where(e => !undone.Contains(e.Key.SourceId))], cancellationToken);
        await pass.SaveAsync([.. adopted.Where(e => undone.Contains(e.Key.SourceId))], cancellationToken);
        foreach (var entry in adopted.Where(e => undone.Contains(e.Key.SourceId) && pass.IsOpen(e.Key.SourceId)))
            pass.Fail(
                entry.Key.SourceId,
                new Failure(FailureClass.Throttled, PostedProblems.FoundAndUndone(entry), TimeSpan.FromSeconds(2))
            );
    }

    /// <summary>
    /// The payments without a mark that may be receipts, as (receipt, RECORDNO): of the same customer, number, amount
    /// and currency, at most a month from it, and of which nothing stands in Upflow. The same number may be on other
    /// money, as a word such as ACH is.
    /// </summary>
    /// <returns>For each whether it gives nothing to anything that the receipt does not pay.</returns>
    private async Task<IReadOnlyDictionary<(string Receipt, string RecordNo), bool>> UnmarkedAsync(
        RecordPass pass,
        IReadOnlyList<ReceiptFacts> due,
        IReadOnlyList<PostedPayment> found,
        CancellationToken cancellationToken
    )
    {
        var pairs = due.Where(f => pass[f.Id].Intent is null)
            .SelectMany(f =>
                found
                    .Where(p => p is { Counts: true, Key.Mark: null } && f.Key.IsAs(p.Key!) && IsNear(f, p))
                    .Select(p => (Facts: f, p.RecordNo))
            )
            .ToList();
        if (pairs.Count == 0)
            return new Dictionary<(string, string), bool>();
        string[] recordNos = [.. pairs.Select(p => p.RecordNo).Distinct(StringComparer.Ordinal)];
        var rows = await keyMap.GetManyAsync(
            pass.Batch.Connection.Id,
            UpflowFlows.Payments,
            [.. recordNos, .. recordNos.Select(AdvanceOf)],
            cancellationToken
        );
        var unreadable = new List<UnreadablePayment>();
        var applied = await posted.AppliedAsync(pass.Batch, recordNos, [], unreadable, cancellationToken);
        return pairs
            .Where(p => IsNowhere(p.RecordNo) && IsNowhere(AdvanceOf(p.RecordNo)))
            .ToDictionary(
                p => (p.Facts.Id, p.RecordNo),
                p =>
                    !unreadable.Exists(u => u.RecordNo == p.RecordNo)
                    && p.Facts.Covers(applied.GetValueOrDefault(p.RecordNo) ?? [])
            );

        bool IsNowhere(string payment) => Standing.Of(rows[payment].Parts).IsEmpty;

        static string AdvanceOf(string recordNo) => UpflowIds.Of(UpflowIds.Advance, recordNo);

        static bool IsNear(ReceiptFacts facts, PostedPayment payment) =>
            !(payment.Payment.ReceiptDate < facts.EnteredFrom)
            && !(payment.Payment.ReceiptDate > facts.Payment.ValidatedAt?.AddDays(31));
    }

    private static KeyMapEntry Closed(RecordPass pass, string id, string recordNo) =>
        pass[id].Close(pass.Now, $"No answer came; it was found as {recordNo}.");

    /// <summary>
    /// It was posted once, as its mark says, and somebody has reversed that in Intacct: it is linked to it, and a
    /// person is told.
    /// </summary>
    private static async Task TakeReversedAsync(
        RecordPass pass,
        ReceiptFacts facts,
        string reversed,
        CancellationToken cancellationToken
    )
    {
        var entry = Closed(pass, facts.Id, reversed) with
        {
            TargetId = reversed,
            NaturalKey = facts.Key.ToString(),
            Hash = facts.Hash,
        };
        if (pass.Batch.Connection.Settings.Mode != SyncMode.Shadow)
            await pass.SaveAsync([entry], cancellationToken);
        if (pass.IsOpen(facts.Id))
            pass.Fail(facts.Id, new Failure(FailureClass.Data, PostedProblems.ReversedByHand(entry, facts)));
    }

    /// <summary>
    /// The other receipts that a payment may be as well: those of the pass, and those that came before and are not
    /// posted.
    /// </summary>
    private async Task<IReadOnlyList<string>> OthersAsync(
        RecordPass pass,
        IReadOnlyList<ReceiptFacts> due,
        ReceiptFacts facts,
        ReceiptKey payment,
        CancellationToken cancellationToken
    )
    {
        var connection = pass.Batch.Connection.Id;
        var numbered = await keyMap.FindWaitingAsync(
            connection,
            UpflowFlows.Receipts,
            ReceiptNames.NameOf(facts.DocNumber),
            cancellationToken
        );
        var rows = await keyMap.GetManyAsync(connection, UpflowFlows.Receipts, numbered, cancellationToken);
        return
        [
            .. due.Where(f => f.Key.IsAs(payment))
                .Select(f => f.Id)
                .Concat(rows.Values.Where(r => PostedReceipts.IsOpen(r, payment)).Select(r => r.Key.SourceId))
                .Where(id => id != facts.Id)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
    }
}
