using System.Globalization;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow.Invoices;
using IntacctSync.Core.Upflow.Payments;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Receipts;

/// <summary>Reads from Intacct the payments that receipts are posted as, or may be.</summary>
public sealed class PostedReader(IntacctClient intacct, KeyMapStore keyMap)
{
    /// <summary>Payments of Intacct by RECORDNO, read by key, which is not delayed.</summary>
    internal async Task<IReadOnlyDictionary<string, PaymentRecord>> ReadAsync(
        FlowBatch batch,
        IReadOnlyCollection<string> recordNos,
        CancellationToken cancellationToken
    )
    {
        if (recordNos.Count == 0)
            return new Dictionary<string, PaymentRecord>(StringComparer.Ordinal);
        var rows = await intacct.ReadAsync(
            batch.Access.Intacct,
            "ARPYMT",
            recordNos,
            [.. PaymentRecord.Fields, PaymentRecord.Entered],
            cancellationToken
        );
        return rows.Select(PaymentRecord.Read).ToDictionary(p => p.RecordNo, p => p, StringComparer.Ordinal);
    }

    /// <summary>
    /// What payments give to receivables now, by RECORDNO: named ones, and any that give something to named
    /// receivables.
    /// </summary>
    /// <param name="batch">Whose.</param>
    /// <param name="payments">By RECORDNO.</param>
    /// <param name="receivables">By their source ids.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    internal async Task<IReadOnlyDictionary<string, IReadOnlyList<AppliedPart>>> AppliedAsync(
        FlowBatch batch,
        IReadOnlyCollection<string> payments,
        IReadOnlyCollection<string> receivables,
        CancellationToken cancellationToken
    )
    {
        var details = new List<PaymentApplication>();
        var filter = QueryFilter.Or(
            In("PAYMENTKEY", payments),
            In("RECORDKEY", KeysOf(receivables, UpflowIds.Invoice)),
            In("POSADJKEY", KeysOf(receivables, UpflowIds.Adjustment))
        );
        if (filter is not null)
        {
            var query = new IntacctQuery("ARPYMTDETAIL", PaymentApplication.Fields) { Filter = filter };
            await foreach (var row in intacct.QueryAsync(batch.Access.Intacct, query, cancellationToken))
                details.Add(PaymentApplication.Read(row));
        }

        return details
            .Where(d => d.PaymentKey is not null)
            .GroupBy(d => d.PaymentKey!, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => AppliedPart.Of(g), StringComparer.Ordinal);
    }

    /// <summary>
    /// What advances, by RECORDNO, give to receivables now: it stands in the details of the payments that apply them.
    /// </summary>
    internal async Task<IReadOnlyDictionary<string, IReadOnlyList<AppliedPart>>> AppliedOfAdvancesAsync(
        FlowBatch batch,
        IReadOnlyCollection<string> advances,
        CancellationToken cancellationToken
    )
    {
        var details = new List<PaymentApplication>();
        if (advances.Count > 0)
        {
            var query = new IntacctQuery("ARPYMTDETAIL", PaymentApplication.Fields)
            {
                Filter = QueryFilter.Or(
                    QueryFilter.In("ADVANCEKEY", advances),
                    QueryFilter.In("POSTEDADVANCEKEY", advances)
                ),
            };
            await foreach (var row in intacct.QueryAsync(batch.Access.Intacct, query, cancellationToken))
                details.Add(PaymentApplication.Read(row));
        }

        var idle = await PaymentStates.IdleAsync(
            intacct,
            batch.Access.Intacct,
            [.. details.Select(d => d.PaymentKey).OfType<string>()],
            cancellationToken
        );
        return details
            .Where(d => d.Advance.Key is not null && (d.PaymentKey is not { } user || !idle.Contains(user)))
            .GroupBy(d => d.Advance.Key!, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => AppliedPart.OfAdvance(g.Key, g), StringComparer.Ordinal);
    }

    /// <summary>The payments in Intacct that bear these numbers and that no receipt is linked to.</summary>
    internal Task<IReadOnlyList<PostedPayment>> FindNumberedAsync(
        FlowBatch batch,
        IReadOnlyCollection<string> docNumbers,
        CancellationToken cancellationToken
    ) => FindAsync(batch, In("DOCNUMBER", docNumbers), cancellationToken);

    /// <summary>
    /// The payments in Intacct that no receipt is linked to, and that bear the number of one of these, or are of its
    /// customer and not much older: one query for all.
    /// </summary>
    internal Task<IReadOnlyList<PostedPayment>> FindForAsync(
        FlowBatch batch,
        IReadOnlyCollection<ReceiptFacts> due,
        CancellationToken cancellationToken
    ) =>
        FindAsync(
            batch,
            due.Count == 0
                ? null
                : QueryFilter.Or(
                    In("DOCNUMBER", [.. due.Select(f => f.DocNumber).Distinct(StringComparer.Ordinal)]),
                    QueryFilter.And(
                        In("CUSTOMERID", [.. due.Select(f => f.CustomerId!.Trim()).Distinct(StringComparer.Ordinal)]),
                        due.Min(f => f.EnteredFrom) is { } from
                            ? QueryFilter.GreaterThanOrEqualTo(
                                "RECEIPTDATE",
                                from.ToString("MM/dd/yyyy", CultureInfo.InvariantCulture)
                            )
                            : null
                    )
                ),
            cancellationToken
        );

    /// <summary>Those among payments, by RECORDNO, that no receipt is linked to.</summary>
    internal async Task<IReadOnlySet<string>> FreeAsync(
        FlowBatch batch,
        IReadOnlyCollection<string> recordNos,
        CancellationToken cancellationToken
    )
    {
        var taken = await keyMap.FindByTargetsAsync(
            batch.Connection.Id,
            UpflowFlows.Receipts,
            recordNos,
            cancellationToken
        );
        return recordNos.Where(r => !taken.ContainsKey(r.ToUpperInvariant())).ToHashSet(StringComparer.Ordinal);
    }

    private async Task<IReadOnlyList<PostedPayment>> FindAsync(
        FlowBatch batch,
        QueryFilter? filter,
        CancellationToken cancellationToken
    )
    {
        var found = new List<PostedPayment>();
        if (filter is null)
            return found;
        var query = new IntacctQuery("ARPYMT", PaymentRecord.Fields) { Filter = filter };
        await foreach (var row in intacct.QueryAsync(batch.Access.Intacct, query, cancellationToken))
        {
            var payment = PaymentRecord.Read(row);
            found.Add(new PostedPayment(payment, ReceiptKey.Of(payment, batch.Connection.Upflow().DefaultCurrency)));
        }

        var free = await FreeAsync(batch, [.. found.Select(f => f.RecordNo)], cancellationToken);
        return [.. found.Where(f => free.Contains(f.RecordNo))];
    }

    private static QueryFilter? In(string field, IReadOnlyCollection<string> values) =>
        values.Count == 0 ? null : QueryFilter.In(field, values);

    private static List<string> KeysOf(IEnumerable<string> receivables, string objectName) =>
        [.. receivables.Where(r => Receivable.ObjectOf(r) == objectName).Select(Receivable.RecordNoOf)];
}

/// <summary>A payment in Intacct that no receipt is linked to.</summary>
/// <param name="Payment">As Intacct shows it.</param>
/// <param name="Key">By what it is known; null for one without a customer or a number.</param>
internal sealed record PostedPayment(PaymentRecord Payment, ReceiptKey? Key)
{
    public string RecordNo => Payment.RecordNo;

    public PaymentState State => PaymentStates.Of(Payment);

    /// <summary>False for one that is reversed, or not posted yet.</summary>
    public bool Counts => State == PaymentState.Complete;

    /// <summary>
    /// Whether it may be taken for a receipt of its number: it counts, or was posted from here and is reversed.
    /// </summary>
    public bool MayBeAdopted => Key is not null && (Counts || (State == PaymentState.Reversed && Key.Mark is not null));
}
