using System.Globalization;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow.Invoices;
using IntacctSync.Core.Upflow.Payments;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Receipts;

/// <summary>Reads from Intacct the payments that receipts are posted as, or may be.</summary>
public sealed class PostedReader(IntacctClient intacct, KeyMapStore keyMap)
{
    /// <summary>What of a detail may name the payment or advance whose money was used.</summary>
    private static readonly string[] Uses =
    [
        "POSTEDADVANCEKEY",
        "ADVANCEKEY",
        "POSTEDOVERPAYMENTKEY",
        "OVERPAYMENTKEY",
    ];

    /// <summary>Payments of Intacct by RECORDNO, read by key, which is not delayed.</summary>
    /// <param name="batch">Whose.</param>
    /// <param name="recordNos">Which.</param>
    /// <param name="unreadable">Takes those that can't be read: each concerns its own receipts alone.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    internal async Task<IReadOnlyDictionary<string, PaymentRecord>> ReadAsync(
        FlowBatch batch,
        IReadOnlyCollection<string> recordNos,
        List<UnreadablePayment> unreadable,
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
        return rows.Select(r => Guarded(r, "RECORDNO", PaymentRecord.Read, unreadable))
            .OfType<PaymentRecord>()
            .ToDictionary(p => p.RecordNo, p => p, StringComparer.Ordinal);
    }

    /// <summary>Null for a row that can't be read, which is then noted.</summary>
    private static T? Guarded<T>(
        IntacctRecord row,
        string key,
        Func<IntacctRecord, T> read,
        List<UnreadablePayment> unreadable
    )
        where T : class
    {
        try
        {
            return read(row);
        }
        catch (FormatException e)
        {
            unreadable.Add(new UnreadablePayment(row[key] ?? "", row, e.Message));
            return null;
        }
    }

    /// <summary>
    /// What payments give to receivables now, by RECORDNO: named ones, and any that give something to named
    /// receivables.
    /// </summary>
    /// <param name="batch">Whose.</param>
    /// <param name="payments">By RECORDNO.</param>
    /// <param name="receivables">By their source ids.</param>
    /// <param name="unreadable">As for <see cref="ReadAsync"/>.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    internal async Task<IReadOnlyDictionary<string, IReadOnlyList<AppliedPart>>> AppliedAsync(
        FlowBatch batch,
        IReadOnlyCollection<string> payments,
        IReadOnlyCollection<string> receivables,
        List<UnreadablePayment> unreadable,
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
            var query = new IntacctQuery(PaymentApplication.Object, PaymentApplication.Fields) { Filter = filter };
            await foreach (var row in intacct.QueryAsync(batch.Access.Intacct, query, cancellationToken))
            {
                if (Guarded(row, "PAYMENTKEY", PaymentApplication.Read, unreadable) is { } detail)
                    details.Add(detail);
            }
        }

        return details
            .Where(d => d.PaymentKey is not null)
            .GroupBy(d => d.PaymentKey!, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => AppliedPart.Of(g), StringComparer.Ordinal);
    }

    /// <summary>
    /// What other payments gave to receivables of the money of these payments and advances, by RECORDNO.
    /// </summary>
    /// <param name="batch">Whose.</param>
    /// <param name="payments">By RECORDNO.</param>
    /// <param name="unreadable">Takes those of which a use can't be read.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    internal async Task<IReadOnlyDictionary<string, IReadOnlyList<AppliedPart>>> UsedAsync(
        FlowBatch batch,
        IReadOnlyCollection<string> payments,
        List<UnreadablePayment> unreadable,
        CancellationToken cancellationToken
    )
    {
        var rows = await PaymentApplications.OfOthersAsync(
            intacct,
            batch.Access.Intacct,
            Uses,
            payments,
            cancellationToken
        );
        var details = rows.Select(r =>
                Guarded(
                    r,
                    Uses.FirstOrDefault(f => r[f] is { } used && payments.Contains(used, StringComparer.Ordinal))
                        ?? Uses[0],
                    PaymentApplication.Read,
                    unreadable
                )
            )
            .OfType<PaymentApplication>()
            .ToList();
        return payments.ToDictionary(p => p, p => AppliedPart.UsedOf(p, details), StringComparer.Ordinal);
    }

    /// <summary>The payments in Intacct that bear these numbers and that no receipt is linked to.</summary>
    /// <param name="batch">Whose.</param>
    /// <param name="docNumbers">Which numbers.</param>
    /// <param name="unreadable">Takes those among them that can't be read; they are still known by their
    /// marks.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    internal Task<IReadOnlyList<PostedPayment>> FindNumberedAsync(
        FlowBatch batch,
        IReadOnlyCollection<string> docNumbers,
        List<UnreadablePayment> unreadable,
        CancellationToken cancellationToken
    ) => FindAsync(batch, In("DOCNUMBER", docNumbers), unreadable, cancellationToken);

    /// <summary>
    /// The payments in Intacct that no receipt is linked to, and that bear the number of one of these, or are of its
    /// customer and not much older: one query for all. One that can't be read ends the receipts that it may be.
    /// </summary>
    internal async Task<IReadOnlyList<PostedPayment>> FindForAsync(
        RecordPass pass,
        IReadOnlyCollection<ReceiptFacts> due,
        CancellationToken cancellationToken
    )
    {
        var unreadable = new List<UnreadablePayment>();
        var found = await FindForAsync(pass.Batch, due, unreadable, cancellationToken);
        foreach (var facts in due)
        {
            var wrong = unreadable.Find(u =>
                u.Row["DOCNUMBER"]?.Trim() == facts.DocNumber
                || string.Equals(u.Row["CUSTOMERID"]?.Trim(), facts.CustomerId, StringComparison.OrdinalIgnoreCase)
            );
            if (wrong is not null)
                pass.Fail(facts.Id, wrong.Of(facts.Title));
        }

        return found;
    }

    private Task<IReadOnlyList<PostedPayment>> FindForAsync(
        FlowBatch batch,
        IReadOnlyCollection<ReceiptFacts> due,
        List<UnreadablePayment> unreadable,
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
            unreadable,
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
        List<UnreadablePayment> unreadable,
        CancellationToken cancellationToken
    )
    {
        var found = new List<PostedPayment>();
        if (filter is null)
            return found;
        var query = new IntacctQuery("ARPYMT", PaymentRecord.Fields) { Filter = filter };
        await foreach (var row in intacct.QueryAsync(batch.Access.Intacct, query, cancellationToken))
        {
            if (Guarded(row, "RECORDNO", PaymentRecord.Read, unreadable) is { } payment)
                found.Add(
                    new PostedPayment(payment, ReceiptKey.Of(payment, batch.Connection.Upflow().DefaultCurrency))
                );
        }

        var free = await FreeAsync(
            batch,
            [
                .. found
                    .Select(f => f.RecordNo)
                    .Concat(unreadable.Select(u => u.RecordNo).Where(r => r.Length > 0))
                    .Distinct(StringComparer.Ordinal),
            ],
            cancellationToken
        );
        unreadable.RemoveAll(u => u.RecordNo.Length > 0 && !free.Contains(u.RecordNo));
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
