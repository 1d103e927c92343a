using System.Runtime.CompilerServices;
using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.Upflow.Payments;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Comparing;

/// <summary>Reads payments and advances with what is unapplied of each.</summary>
/// <remarks>
/// What is left of an advance is what was entered less what posted payments applied of it, as it is documented for
/// payments only that their TOTALDUE is what is left.
/// </remarks>
internal sealed class OpenPayments(IntacctClient intacct)
{
    private const string Applications = "ARPYMTDETAIL";

    /// <summary>The records of both objects, a page at a time; advances are shown as such only.</summary>
    /// <param name="scope">Whose.</param>
    /// <param name="filter">Which; of both objects.</param>
    /// <param name="ct">Ends the reading.</param>
    public async IAsyncEnumerable<IReadOnlyList<OpenPayment>> PagesAsync(
        ComparedScope scope,
        QueryFilter? filter,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        foreach (var objectName in new[] { UpflowIds.Payment, UpflowIds.Advance })
        {
            var query = new IntacctQuery(objectName, PaymentReader.FieldsOf(objectName)) { Filter = filter };
            await foreach (var page in intacct.QueryPagesAsync(scope.Access.Intacct, query, ct))
                yield return await OfAsync(scope, objectName, page.Records, ct);
        }
    }

    /// <summary>One record; null where it is not shown.</summary>
    public async Task<(OpenPayment Payment, IntacctRecord Row)?> FindAsync(
        ComparedScope scope,
        string sourceId,
        CancellationToken ct
    )
    {
        var (objectName, recordNo) = UpflowIds.Parse(sourceId) ?? (UpflowIds.Payment, sourceId);
        var rows = await intacct.ReadAsync(
            scope.Access.Intacct,
            objectName,
            [recordNo],
            PaymentReader.FieldsOf(objectName),
            ct
        );
        return rows is [{ } row] && await OfAsync(scope, objectName, rows, ct) is [var found] ? (found, row) : null;
    }

    /// <summary>Several records; those that are not shown are missing.</summary>
    public async Task<IReadOnlyList<OpenPayment>> FindManyAsync(
        ComparedScope scope,
        IReadOnlyCollection<string> sourceIds,
        CancellationToken ct
    )
    {
        var found = new List<OpenPayment>();
        foreach (
            var kind in sourceIds
                .Select(id => UpflowIds.Parse(id) ?? (Object: UpflowIds.Payment, RecordNo: id))
                .GroupBy(id => id.Object, id => id.RecordNo, StringComparer.Ordinal)
        )
        {
            var rows = await intacct.ReadAsync(
                scope.Access.Intacct,
                kind.Key,
                [.. kind.Distinct(StringComparer.Ordinal)],
                PaymentReader.FieldsOf(kind.Key),
                ct
            );
            found.AddRange(await OfAsync(scope, kind.Key, rows, ct));
        }

        return [.. found.DistinctBy(p => p.SourceId, StringComparer.Ordinal)];
    }

    private async Task<IReadOnlyList<OpenPayment>> OfAsync(
        ComparedScope scope,
        string objectName,
        IReadOnlyList<IntacctRecord> rows,
        CancellationToken ct
    )
    {
        var shown = rows.Where(r => r["RECORDNO"] is not null).ToList();
        if (objectName == UpflowIds.Payment)
            return
            [
                .. shown
                    .Select(PaymentRecord.Read)
                    .Where(p => p.RecordType != PaymentDecision.Advance)
                    .Select(p => new OpenPayment(p.RecordNo, p, Math.Max(0, p.TrxTotalDue ?? p.TotalDue ?? 0))),
            ];
        var advances = shown.Select(r => PaymentReader.AsPayment(PaymentRecord.Read(r), r)).ToList();
        var used = await UsedAsync(scope, [.. advances.Select(a => a.RecordNo)], ct);
        return
        [
            .. advances.Select(a => new OpenPayment(
                UpflowIds.Of(objectName, a.RecordNo),
                a,
                (a.TrxTotalEntered ?? a.TotalEntered ?? 0) - used.GetValueOrDefault(a.RecordNo)
            )),
        ];
    }

    private async Task<IReadOnlyDictionary<string, decimal>> UsedAsync(
        ComparedScope scope,
        IReadOnlyCollection<string> advances,
        CancellationToken ct
    )
    {
        var used = new Dictionary<string, decimal>(StringComparer.Ordinal);
        var rows = await PaymentStates.UsesAsync(
            intacct,
            scope.Access.Intacct,
            ["ADVANCEKEY", "POSTEDADVANCEKEY"],
            advances,
            ct
        );
        foreach (var detail in rows.Select(PaymentApplication.Read))
        {
            if (detail.Advance is { Key: { } key } advance)
                used[key] = used.GetValueOrDefault(key) + (advance.TrxAmount ?? advance.Amount ?? 0);
        }

        return used;
    }
}

/// <summary>A payment or an advance, and what is unapplied of it.</summary>
/// <param name="SourceId">As the flow names it.</param>
/// <param name="Payment">Its head.</param>
/// <param name="Left">In its own currency.</param>
internal sealed record OpenPayment(string SourceId, PaymentRecord Payment, decimal Left)
{
    public bool Counts => PaymentStates.Of(Payment) == PaymentState.Complete;

    public DateOnly? Date => Payment.ReceiptDate ?? Payment.WhenPaid;
}
