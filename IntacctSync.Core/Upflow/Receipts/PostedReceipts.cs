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
    private const string Mark = "docnumber:";
    private const string Invoice = "invoice:";
    private const string UnderWay = "under way";
    private const string Before = "from before";
    private const string Posted = "posted:";
    private const string Asked = "asked:";
    private const string Other = "other:";

    /// <summary>How a row names the number that its payment has in Intacct.</summary>
    internal static string NameOf(string docNumber) => Mark + docNumber.Trim();

    /// <summary>
    /// The names that a row keeps: of the number and of the payments in Intacct that it was found to be; and, until it
    /// is posted, of each invoice that it has been linked to, so that it is known when one of them is gone, of the
    /// payments that a person was asked about, and whether its money has been under way.
    /// </summary>
    /// <param name="facts">As it is now.</param>
    /// <param name="entry">Its row as it was.</param>
    /// <param name="found">The payment that it is found to be; null where none is.</param>
    internal static IReadOnlyList<string> NamesOf(ReceiptFacts facts, KeyMapEntry entry, string? found = null) =>
        [
            NameOf(facts.DocNumber),
            .. Named(entry, Posted)
                .Append(found)
                .OfType<string>()
                .Distinct(StringComparer.Ordinal)
                .Select(p => Posted + p),
            .. entry.TargetId is not null || found is not null
                ? []
                : facts
                    .Parts.Select(p => p.SourceId)
                    .OfType<string>()
                    .Concat(InvoicesOf(entry))
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal)
                    .Select(i => Invoice + i)
                    .Concat(Named(entry, Asked).Select(p => Asked + p))
                    .Concat(Named(entry, Other).Select(p => Other + p))
                    .Concat(facts.State == ReceiptState.UnderWay || WasUnderWay(entry) ? [UnderWay] : [])
                    .Concat(IsFromBefore(entry) ? [Before] : []),
        ];

    /// <summary>
    /// Whether it was found to be from before receipts were switched on. A later change of it says nothing of when it
    /// was taken.
    /// </summary>
    internal static bool IsFromBefore(KeyMapEntry entry) => entry.Waits.Contains(Before, StringComparer.Ordinal);

    /// <summary>The row of a receipt that is from before.</summary>
    internal static KeyMapEntry FromBefore(KeyMapEntry entry) =>
        IsFromBefore(entry) ? entry : entry with { Waits = [.. entry.Waits, Before] };

    /// <summary>
    /// The payments in Intacct, by RECORDNO, that a receipt is or has been: what it is linked to, what was posted for
    /// it, and what it was found to be.
    /// </summary>
    internal static IEnumerable<string> PaymentsOf(KeyMapEntry entry) =>
        Named(entry, Posted)
            .Append(entry.TargetId)
            .Append(entry.Made)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal);

    /// <summary>The payments in Intacct that a person was asked about, whether one of them is this receipt.</summary>
    internal static IEnumerable<string> AskedOf(KeyMapEntry entry) => Named(entry, Asked);

    /// <summary>The payments in Intacct of which a person has said that none is this receipt.</summary>
    internal static IEnumerable<string> OthersOf(KeyMapEntry entry) => Named(entry, Other);

    /// <summary>The row of a receipt about which a person is asked.</summary>
    internal static KeyMapEntry AskedAbout(KeyMapEntry entry, IEnumerable<string> recordNos) =>
        entry with
        {
            Waits =
            [
                .. entry.Waits.Where(w => !w.StartsWith(Asked, StringComparison.Ordinal)),
                .. recordNos.Distinct(StringComparer.Ordinal).Select(r => Asked + r),
            ],
        };

    /// <summary>The same once the person has said that it is none of those that were asked about.</summary>
    internal static KeyMapEntry Denied(KeyMapEntry entry) =>
        AskedAbout(entry, []) with
        {
            Waits =
            [
                .. AskedAbout(entry, []).Waits,
                .. AskedOf(entry).Except(OthersOf(entry), StringComparer.Ordinal).Select(r => Other + r),
            ],
        };

    /// <summary>Whether its money was under way when it was looked at: nobody can have entered it before.</summary>
    internal static bool WasUnderWay(KeyMapEntry entry) => entry.Waits.Contains(UnderWay, StringComparer.Ordinal);

    /// <summary>The invoices that a receipt has been linked to, by their source ids.</summary>
    internal static IEnumerable<string> InvoicesOf(KeyMapEntry entry) => Named(entry, Invoice);

    private static IEnumerable<string> Named(KeyMapEntry entry, string kind) =>
        entry.Waits.Where(w => w.StartsWith(kind, StringComparison.Ordinal)).Select(w => w[kind.Length..]);

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
        foreach (var payment in payments)
        {
            var id = linked.GetValueOrDefault(payment.RecordNo.ToUpperInvariant());
            var ids = id is not null ? [id] : await NamedAsync(connection, payment, cancellationToken);
            var rows = await keyMap.GetManyAsync(connection.Id, UpflowFlows.Receipts, ids, cancellationToken);
            if (
                rows.Values.FirstOrDefault(r =>
                    id is not null
                    || r.Made == payment.RecordNo
                    || IsAskedAbout(connection, r, payment.RecordNo)
                    || MayBe(connection, r, payment)
                ) is
                { } receipt
            )
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
        && AskedOf(receipt).Contains(recordNo, StringComparer.Ordinal);

    /// <summary>The receipts of its number, and those that a person was asked about whether they are it.</summary>
    private async Task<IReadOnlyList<string>> NamedAsync(
        Connection connection,
        PaymentRecord payment,
        CancellationToken cancellationToken
    )
    {
        var found = new List<string>();
        foreach (
            var name in new[]
            {
                payment.DocNumber?.Trim() is { Length: > 0 } n ? NameOf(n) : null,
                Asked + payment.RecordNo,
            }
        )
        {
            if (name is not null)
                found.AddRange(
                    await keyMap.FindWaitingAsync(connection.Id, UpflowFlows.Receipts, name, cancellationToken)
                );
        }

        return [.. found.Distinct(StringComparer.Ordinal)];
    }

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
