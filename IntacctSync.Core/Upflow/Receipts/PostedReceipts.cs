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
    /// linked it to since, and so does a second one that bears its mark.
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
                        .FirstOrDefault(r => IsAskedAbout(connection, r, payment.RecordNo))
                    ?? its.Select(r => rows[r]).FirstOrDefault(r => r.TargetId is not null && IsMarked(r, payment));
            if (receipt is not null)
                receipts[payment.RecordNo] = receipt;
        }

        return receipts;
    }

    private static bool IsMarked(KeyMapEntry receipt, PaymentRecord payment) =>
        ReceiptKey.MarkIn(payment.Description) == ReceiptKey.MarkOf(receipt.Key.SourceId);

    /// <summary>
    /// Notes in the rows of receipts the payments that bear their marks and count beside those that they are linked to,
    /// and has a person asked about them.
    /// </summary>
    /// <param name="connection">Whose.</param>
    /// <param name="payments">As Intacct shows them.</param>
    /// <param name="receipts">What was found for them, by RECORDNO.</param>
    /// <param name="cancellationToken">Stops before the next receipt.</param>
    internal async Task TellDoubledAsync(
        Connection connection,
        IEnumerable<PaymentRecord> payments,
        IReadOnlyDictionary<string, KeyMapEntry> receipts,
        CancellationToken cancellationToken
    )
    {
        var doubled = payments
            .Where(p => PaymentStates.Of(p) == PaymentState.Complete)
            .Where(p => receipts.GetValueOrDefault(p.RecordNo) is { TargetId: not null } row && IsNews(row, p.RecordNo))
            .GroupBy(p => receipts[p.RecordNo].Key, p => p.RecordNo);
        foreach (var its in doubled)
        {
            while (
                await keyMap.GetAsync(its.Key, cancellationToken) is { } row
                && (await keyMap.SaveAsync([ReceiptNames.AlsoPosted(row, its)], cancellationToken)).Count == 0
            )
                cancellationToken.ThrowIfCancellationRequested();
            await SendAsync(connection, UpflowFlows.Receipts, [(its.Key.SourceId, its.First())], cancellationToken);
        }

        static bool IsNews(KeyMapEntry receipt, string recordNo) =>
            !ReceiptNames.PaymentsOf(receipt).Contains(recordNo, StringComparer.Ordinal);
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
    /// Payments of which a person was asked whether they are these receipts, and receipts for which an invoice owed too
    /// little: an end of one may answer that.
    /// </summary>
    private async Task ReleaseAsync(
        EndedBatch batch,
        IReadOnlyDictionary<string, KeyMapEntry> after,
        CancellationToken cancellationToken
    )
    {
        var freed = new List<(string Id, string Because)>();
        var refused = new List<(string Id, string Because)>();
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
            refused.AddRange(
                (await RefusedForAsync(batch.Connection.Id, before, cancellationToken)).Select(id =>
                    (id, now.Key.SourceId)
                )
            );
        }

        await SendAsync(batch.Connection, UpflowFlows.Payments, freed, cancellationToken);
        await SendAsync(batch.Connection, UpflowFlows.Receipts, refused, cancellationToken);
    }

    /// <summary>The receipts, by id, for which an invoice that this one paid owed too little.</summary>
    private async Task<IReadOnlyList<string>> RefusedForAsync(
        ConnectionId connection,
        KeyMapEntry receipt,
        CancellationToken cancellationToken
    )
    {
        var others = new HashSet<string>(StringComparer.Ordinal);
        foreach (var invoice in ReceiptNames.InvoicesOf(receipt))
            others.UnionWith(
                await keyMap.FindWaitingAsync(
                    connection,
                    UpflowFlows.Receipts,
                    ReceiptNames.NameOfInvoice(invoice),
                    cancellationToken
                )
            );
        others.Remove(receipt.Key.SourceId);
        var rows = await keyMap.GetManyAsync(connection, UpflowFlows.Receipts, [.. others], cancellationToken);
        return
        [
            .. rows
                .Values.Where(r => !r.Ignored && r.Problem?.Code == ReceiptInvoiceProblems.InvoicePaidCode)
                .Select(r => r.Key.SourceId),
        ];
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
