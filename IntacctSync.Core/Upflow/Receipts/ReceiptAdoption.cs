using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Upflow.Receipts;

/// <summary>
/// Takes payments that stand in Intacct already for those that were to be posted: the native integration, or a store
/// that this one was restored from, has posted them.
/// </summary>
public sealed class ReceiptAdoption(KeyMapStore keyMap)
{
    /// <summary>
    /// Links each receipt to the payment that bears its mark, or else to the only one of its customer, number, amount
    /// and currency that bears none, where no other receipt has the same. A person decides what is not clear.
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
            var fitting = own.Count > 0 ? own : [.. free.Where(f => f.Key.Mark is null && facts.Key.IsAs(f.Key))];
            if (fitting.Count == 0)
                continue;
            IReadOnlyList<string> others =
                own.Count > 0 ? [] : await OthersAsync(pass, due, facts, fitting[0].Key, cancellationToken);
            if (fitting is [var only] && others.Count == 0)
                adopted.Add(
                    (
                        pass[facts.Id] with
                        {
                            TargetId = only.RecordNo,
                            NaturalKey = facts.Key.ToString(),
                            Hash = facts.Hash,
                            Waits = ReceiptNames.NamesOf(facts, pass[facts.Id], only.RecordNo),
                        }
                    ).Sync(
                        pass.Now,
                        "adopted",
                        $"ARPYMT {only.RecordNo} has its customer, number, amount and currency."
                    )
                );
            else
                pass.Fail(
                    facts.Id,
                    new Failure(
                        FailureClass.Data,
                        ReceiptProblems.Ambiguous(facts, [.. fitting.Select(f => f.RecordNo)], others)
                    )
                );
        }

        if (pass.Batch.Connection.Settings.Mode == SyncMode.Shadow)
            await pass.SaveShadowAsync(
                [.. adopted.Select(e => ReceiptFlow.Shadow(pass, e.Key.SourceId, $"adopt ARPYMT {e.TargetId}"))],
                cancellationToken
            );
        else
            await pass.SaveFinalAsync(adopted, cancellationToken);
    }

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
        var entry = pass[facts.Id] with { TargetId = reversed, NaturalKey = facts.Key.ToString(), Hash = facts.Hash };
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
