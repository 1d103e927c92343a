using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Standings;

/// <summary>
/// Puts the makers of a document's links on the queue, as if a person asked for them, where no event of their own tells
/// of them. Either somebody deleted the document in Upflow and it is made anew: its links are gone with it, and the
/// rows of their makers do not know. Or it is carried for the first time, or linked by hand, and was paid before: its
/// payments may be older than the connection.
/// </summary>
public sealed class LostLinks(IntacctClient intacct, KeyMapStore keyMap, IEnvelopeQueue queue, TimeProvider time)
{
    /// <summary>What payments gave to documents.</summary>
    /// <summary>The field of an application that names the payment.</summary>
    internal const string MakerField = "PAYMENTKEY";

    /// <summary>
    /// The fields of an application that name what it pays, and what it pays with. It may name an advance or an
    /// over-payment in either of two, or in both.
    /// </summary>
    private static readonly Dictionary<(FlowName Flow, string Object), string[]> Fields = new()
    {
        [(UpflowFlows.Invoices, UpflowIds.Invoice)] = ["RECORDKEY"],
        [(UpflowFlows.Invoices, UpflowIds.Adjustment)] = ["POSADJKEY"],
        [(UpflowFlows.CreditNotes, UpflowIds.Invoice)] = ["NEGATIVEINVOICEKEY"],
        [(UpflowFlows.CreditNotes, UpflowIds.Adjustment)] = ["ADJUSTMENTKEY"],
        [(UpflowFlows.Payments, UpflowIds.Payment)] = ["OVERPAYMENTKEY", "POSTEDOVERPAYMENTKEY"],
        [(UpflowFlows.Payments, UpflowIds.Advance)] = ["ADVANCEKEY", "POSTEDADVANCEKEY"],
    };

    /// <summary>
    /// Whether a document is carried for the first time, or was linked and not looked at since. Behind a backfill of
    /// everything come all payments (<c>Detection/Backfill.cs</c>); behind one of what changed since some day only
    /// those that changed as well.
    /// </summary>
    internal static bool MayHaveEarlier(KeyMapEntry row, RecordWork work) =>
        (row.Adopted || row is { TargetId: null, Parts: null or "" }) && !work.EventIds.All(EventIds.IsBackfilled);

    /// <param name="pass">The pass that the documents are on.</param>
    /// <param name="flow">Their flow.</param>
    /// <param name="anew">Those whose documents are made anew.</param>
    /// <param name="first">Those that are carried for the first time, or were linked by hand.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <remarks>
    /// While payments are off, those of what is carried for the first time would wait on the queue, perhaps for ever.
    /// <see cref="EarlierPaymentPages"/> reads them once payments are on.
    /// </remarks>
    internal async Task TellAsync(
        RecordPass pass,
        FlowName flow,
        IReadOnlyCollection<string> anew,
        IReadOnlyCollection<string> first,
        CancellationToken cancellationToken
    )
    {
        var connection = pass.Batch.Connection;
        var all = anew.Union(first, StringComparer.Ordinal).ToList();
        var paid = connection.Settings.Syncs(UpflowFlows.Payments) ? all : [.. anew];
        var along = MakersReadAlong(pass.Batch.Records, flow, [.. paid.Except(anew, StringComparer.Ordinal)]);
        string[] asked = [.. paid.Where(id => !along.ContainsKey(id)).Distinct(StringComparer.Ordinal)];
        var payments = await PaymentsAsync(pass.Batch.Access.Intacct, flow, asked, cancellationToken);
        var makers = payments
            .Concat(along.Values.SelectMany(m => m))
            .Select(p => new SyncKey(connection.Id, UpflowFlows.Payments, p))
            .ToHashSet();
        if (flow == UpflowFlows.Invoices && all.Count > 0)
            makers.UnionWith(await ReversalsAsync(pass, all, cancellationToken));
        await SendAsync(pass, makers, cancellationToken);
    }

    /// <summary>
    /// The payments that gave something to documents, or of them, by source id, for those with which a backfill has
    /// read it along. What was paid since then is polled. That does not do for a document that is made anew: a payment
    /// may have been linked to it since the reading, and no event of it comes any more.
    /// </summary>
    /// <remarks>An earlier version wrote snapshots without them, and these may wait still.</remarks>
    internal static Dictionary<string, IReadOnlyList<string>> MakersReadAlong(
        IEnumerable<RecordWork> works,
        FlowName flow,
        IReadOnlyCollection<string> sourceIds
    )
    {
        var told = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        if (flow == UpflowFlows.Payments)
            return told;
        foreach (var work in works.Where(w => sourceIds.Contains(w.SourceId, StringComparer.Ordinal)))
        {
            if ((work.FreshSnapshot ?? work.Snapshot) is not { } text || !work.EventIds.All(EventIds.IsBackfilledSince))
                continue;
            var (row, others) = RowSnapshot.Read(ObjectOf(flow, work.SourceId), PaymentApplication.Object, text);
            if (RowSnapshot.HoldsAllOf(row, PaymentApplication.Object))
                told[work.SourceId] =
                [
                    .. others.Select(o => o[MakerField]?.Trim()).OfType<string>().Where(p => p.Length > 0),
                ];
        }

        return told;
    }

    /// <summary>The RECORDNOs of the payments by which documents were applied, to whatever.</summary>
    internal async Task<IReadOnlyCollection<string>> PaymentsAsync(
        IntacctCredentials credentials,
        FlowName flow,
        IReadOnlyCollection<string> sourceIds,
        CancellationToken cancellationToken
    )
    {
        var payments = new HashSet<string>(StringComparer.Ordinal);
        if (sourceIds.Count == 0)
            return payments;
        var query = new IntacctQuery(PaymentApplication.Object, ["RECORDNO", MakerField])
        {
            Filter = QueryFilter.Or(
                sourceIds
                    .GroupBy(id => ObjectOf(flow, id), StringComparer.Ordinal)
                    .SelectMany(kind =>
                        Fields[(flow, kind.Key)]
                            .Select(f =>
                                QueryFilter.In(
                                    f,
                                    [
                                        .. kind.Select(id => UpflowIds.Parse(id)?.RecordNo ?? id)
                                            .Distinct(StringComparer.Ordinal),
                                    ]
                                )
                            )
                    )
            ),
        };
        await foreach (var row in intacct.QueryAsync(credentials, query, cancellationToken))
        {
            if (row[MakerField]?.Trim() is { Length: > 0 } payment)
                payments.Add(payment);
        }

        return payments;
    }

    /// <summary>
    /// Puts the credit notes on the queue that settle reversed invoices: they were reversed before their rows knew of
    /// their counterparts.
    /// </summary>
    internal Task TellReversalsAsync(
        RecordPass pass,
        IReadOnlyCollection<string> invoices,
        CancellationToken cancellationToken
    ) =>
        SendAsync(
            pass,
            [.. invoices.Select(i => new SyncKey(pass.Batch.Connection.Id, UpflowFlows.CreditNotes, i))],
            cancellationToken
        );

    private async Task SendAsync(
        RecordPass pass,
        IReadOnlyCollection<SyncKey> makers,
        CancellationToken cancellationToken
    )
    {
        if (makers.Count == 0)
            return;
        var now = time.GetUtcNow();
        var events = makers.Select(m => new RecordEvent(m, EventIds.RoomMade(m, "made anew", now))
        {
            Requested = true,
        });
        await queue.SendRecordsAsync(pass.Batch.Connection.Company, events, now, cancellationToken);
    }

    /// <summary>The credit notes that settle reversed invoices.</summary>
    private async Task<IEnumerable<SyncKey>> ReversalsAsync(
        RecordPass pass,
        IReadOnlyCollection<string> invoices,
        CancellationToken cancellationToken
    )
    {
        var rows = await keyMap.GetManyAsync(
            pass.Batch.Connection.Id,
            UpflowFlows.CreditNotes,
            invoices,
            cancellationToken
        );
        return rows.Values.Where(r => r.Parts is { Length: > 0 }).Select(r => r.Key);
    }

    private static string ObjectOf(FlowName flow, string sourceId) =>
        UpflowIds.Parse(sourceId)?.Object ?? (flow == UpflowFlows.Payments ? UpflowIds.Payment : UpflowIds.Invoice);
}
