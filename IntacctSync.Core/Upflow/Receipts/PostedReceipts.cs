using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Receipts;

/// <summary>
/// Recognizes payments in Intacct that were taken in Upflow, so that they make no second payment there.
/// </summary>
public sealed class PostedReceipts(KeyMapStore keyMap, IEnvelopeQueue queue, TimeProvider time)
{
    /// <summary>
    /// The receipts that payments of Intacct are, by RECORDNO. A receipt whose payment is not known yet may be any of
    /// its customer, number, amount and currency. What was posted for a receipt stays its own, whatever a person has
    /// linked it to since.
    /// </summary>
    internal async Task<IReadOnlyDictionary<string, KeyMapEntry>> FindAsync(
        Connection connection,
        IReadOnlyCollection<PaymentRecord> payments,
        CancellationToken cancellationToken
    )
    {
        var receipts = new Dictionary<string, KeyMapEntry>(StringComparer.Ordinal);
        if (payments.Count == 0 || !await keyMap.AnyAsync(connection.Id, UpflowFlows.Receipts, cancellationToken))
            return receipts;
        var linked = await keyMap.FindByTargetsAsync(
            connection.Id,
            UpflowFlows.Receipts,
            [.. payments.Select(p => p.RecordNo)],
            cancellationToken
        );
        var asked = await keyMap.FindWaitingForAnyAsync(
            connection.Id,
            UpflowFlows.Receipts,
            ReceiptNames.Asked,
            cancellationToken
        );
        var numbered = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (
            var number in payments
                .Where(p => !linked.ContainsKey(p.RecordNo.ToUpperInvariant()))
                .Select(p => p.DocNumber?.Trim())
                .OfType<string>()
                .Where(n => n.Length > 0)
                .Distinct(StringComparer.Ordinal)
        )
            numbered[number] = await keyMap.FindWaitingAsync(
                connection.Id,
                UpflowFlows.Receipts,
                ReceiptNames.NameOf(number),
                cancellationToken
            );
        var rows = await keyMap.GetManyAsync(
            connection.Id,
            UpflowFlows.Receipts,
            [
                .. linked
                    .Values.Concat(asked)
                    .Concat(numbered.Values.SelectMany(n => n))
                    .Distinct(StringComparer.Ordinal),
            ],
            cancellationToken
        );
        foreach (var payment in payments)
        {
            var its = numbered.GetValueOrDefault(payment.DocNumber?.Trim() ?? "") ?? [];
            var receipt = linked.GetValueOrDefault(payment.RecordNo.ToUpperInvariant()) is { } id
                ? rows[id]
                : its.Select(r => rows[r])
                    .FirstOrDefault(r => r.Made == payment.RecordNo || MayBe(connection, r, payment))
                    ?? its.Concat(asked)
                        .Select(r => rows[r])
                        .FirstOrDefault(r => IsAskedAbout(connection, r, payment.RecordNo));
            if (receipt is not null)
                receipts[payment.RecordNo] = receipt;
        }

        return receipts;
    }

    /// <summary>
    /// Whether a receipt of the payment's number may turn out to be the payment. While receipts are not synced, only
    /// one that was sent and got no answer may.
    /// </summary>
    private static bool MayBe(Connection connection, KeyMapEntry receipt, PaymentRecord payment) =>
        (receipt.Intent is not null || connection.Settings.Syncs(UpflowFlows.Receipts))
        && ReceiptKey.Of(payment, connection.Upflow().DefaultCurrency) is { } key
        && IsOpen(receipt, key);

    /// <summary>
    /// Whether a receipt waits for its payment in Intacct, and that may be this one. What is not known of a receipt
    /// yet, as its customer may be, excludes none.
    /// </summary>
    internal static bool IsOpen(KeyMapEntry receipt, ReceiptKey payment) =>
        receipt is { TargetId: null, Ignored: false }
        && (receipt.Intent is not null || receipt.State != RecordState.Skipped)
        && (
            receipt.Intent?.NaturalKey is { } sent
                ? ReceiptKey.Parse(sent).MayBe(payment)
                : new ReceiptKey(
                    receipt.Facts?.Party ?? payment.Customer,
                    payment.DocNumber,
                    receipt.Facts?.Amount ?? payment.Amount,
                    receipt.Facts?.Currency,
                    ReceiptKey.MarkOf(receipt.Key.SourceId)
                ).MayBe(payment)
        );

    /// <summary>Whether a person was asked whether it is that payment, and has not answered.</summary>
    private static bool IsAskedAbout(Connection connection, KeyMapEntry receipt, string recordNo) =>
        receipt is { TargetId: null, Ignored: false }
        && (
            receipt.Intent is not null
            || (receipt.State != RecordState.Skipped && connection.Settings.Syncs(UpflowFlows.Receipts))
        )
        && ReceiptNames.AskedOf(receipt).Contains(recordNo, StringComparer.Ordinal);

    /// <summary>
    /// Puts on the queue the payments that receipts of a batch turned out to be: one may stand in Upflow already. It is
    /// safe to repeat.
    /// </summary>
    internal async Task TellAsync(EndedBatch batch, CancellationToken cancellationToken)
    {
        var after = await keyMap.GetManyAsync(
            batch.Connection.Id,
            batch.Flow,
            [.. batch.Before.Select(e => e.Key.SourceId)],
            cancellationToken
        );
        await SendPaymentsAsync(
            batch.Connection,
            [
                .. batch
                    .Before.Select(e => (Before: e, After: after[e.Key.SourceId]))
                    .Where(e =>
                        e.After.TargetId is not null
                        && (e.After.TargetId != e.Before.TargetId || batch.Repeated.Contains(e.Before.Key.SourceId))
                    )
                    .Select(e => (e.After.TargetId!, e.After.Key.SourceId)),
            ],
            cancellationToken
        );
        await ReleaseAsync(batch, after, cancellationToken);
    }

    /// <summary>By this name a payment waits for a receipt that it may be.</summary>
    internal static string TakenName(string receipt) => "taken:" + receipt;

    /// <summary>
    /// Payments of which a person was asked whether they are these receipts; an end of one may answer that.
    /// </summary>
    private async Task ReleaseAsync(
        EndedBatch batch,
        IReadOnlyDictionary<string, KeyMapEntry> after,
        CancellationToken cancellationToken
    )
    {
        var freed = new List<(string Id, string Because)>();
        foreach (var before in batch.Before)
        {
            var now = after[before.Key.SourceId];
            var hasEnded = now.TargetId is not null || now.Ignored || now.State == RecordState.Skipped;
            if (!hasEnded || (now.State == before.State && now.TargetId == before.TargetId))
                continue;
            var asked = await keyMap.FindWaitingAsync(
                batch.Connection.Id,
                UpflowFlows.Payments,
                TakenName(now.Key.SourceId),
                cancellationToken
            );
            freed.AddRange(asked.Select(id => (id, now.Key.SourceId)));
        }

        await SendAsync(batch.Connection, UpflowFlows.Payments, freed, cancellationToken);
    }

    /// <summary>
    /// Puts on the queue the payments that receipts were linked to by hand, once: one may stand in Upflow already.
    /// </summary>
    internal async Task TellLinkedAsync(RecordPass pass, CancellationToken cancellationToken)
    {
        var linked = pass
            .Open.Select(w => pass[w.SourceId])
            .Where(e => e is { Adopted: true, TargetId: not null })
            .ToList();
        if (linked.Count == 0 || pass.Batch.Connection.Settings.Mode == SyncMode.Shadow)
            return;
        await SendPaymentsAsync(
            pass.Batch.Connection,
            [.. linked.Select(e => (e.TargetId!, e.Key.SourceId))],
            cancellationToken
        );
        await pass.SaveAsync([.. linked.Select(e => e with { Adopted = false })], cancellationToken);
    }

    /// <summary>
    /// Puts the receipts on the queue whose payments have changed in Intacct, or are not shown there: somebody may have
    /// edited, reversed or deleted them by hand. It is safe to repeat.
    /// </summary>
    /// <param name="connection">Whose.</param>
    /// <param name="recordNos">The payments of Intacct; those that are nobody's are passed over.</param>
    /// <param name="cancellationToken">Stops the look-up.</param>
    internal async Task TellChangedAsync(
        Connection connection,
        IReadOnlyCollection<string> recordNos,
        CancellationToken cancellationToken
    )
    {
        if (recordNos.Count == 0 || !await keyMap.AnyAsync(connection.Id, UpflowFlows.Receipts, cancellationToken))
            return;
        var linked = await keyMap.FindByTargetsAsync(connection.Id, UpflowFlows.Receipts, recordNos, cancellationToken);
        await SendAsync(connection, UpflowFlows.Receipts, linked.Select(l => (l.Value, l.Key)), cancellationToken);
    }

    /// <summary>
    /// Sends payments of Intacct, by RECORDNO, and the advances among them: those are carried under a name of their
    /// own.
    /// </summary>
    private async Task SendPaymentsAsync(
        Connection connection,
        IReadOnlyList<(string RecordNo, string Because)> payments,
        CancellationToken cancellationToken
    )
    {
        if (payments.Count == 0)
            return;
        var advances = await keyMap.GetManyAsync(
            connection.Id,
            UpflowFlows.Payments,
            [.. payments.Select(p => AdvanceOf(p.RecordNo)).Distinct(StringComparer.Ordinal)],
            cancellationToken
        );
        await SendAsync(
            connection,
            UpflowFlows.Payments,
            payments.Concat(
                payments
                    .Where(p => advances[AdvanceOf(p.RecordNo)].Stored is not null)
                    .Select(p => (AdvanceOf(p.RecordNo), p.Because))
            ),
            cancellationToken
        );

        static string AdvanceOf(string recordNo) => UpflowIds.Of(UpflowIds.Advance, recordNo);
    }

    private async Task SendAsync(
        Connection connection,
        FlowName flow,
        IEnumerable<(string Id, string Because)> records,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var events = records
            .Select(r => (Key: new SyncKey(connection.Id, flow, r.Id), r.Because))
            .Select(r => new RecordEvent(r.Key, EventIds.RoomMade(r.Key, r.Because, now)));
        await queue.SendRecordsAsync(connection.Company, events, now, cancellationToken);
    }
}
