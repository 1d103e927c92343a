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
    public async Task<OpenPayment?> FindAsync(ComparedScope scope, string sourceId, CancellationToken ct) =>
        await FindManyAsync(scope, [sourceId], ct) is [var found] ? found : null;

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
        var unreadable = new UnreadableRows();
        var isPayment = objectName == UpflowIds.Payment;
        var shown = rows.Where(r => r["RECORDNO"] is not null)
            .Where(r => !isPayment || r["RECORDTYPE"] != PaymentDecision.Advance)
            .ToList();
        var used = isPayment
            ? new Dictionary<string, decimal>(StringComparer.Ordinal)
            : await UsedAsync(scope, [.. shown.Select(r => r["RECORDNO"]!)], unreadable, ct);
        return [.. shown.Select(Of)];

        OpenPayment Of(IntacctRecord row)
        {
            var recordNo = row["RECORDNO"]!;
            var head = unreadable.Read(row, PaymentRecord.Read, "RECORDNO");
            return new OpenPayment(
                isPayment ? recordNo : UpflowIds.Of(objectName, recordNo),
                row,
                head is null || isPayment ? head : PaymentReader.AsPayment(head, row),
                head is null ? 0
                    : isPayment ? Math.Max(0, head.TrxTotalDue ?? head.TotalDue ?? 0)
                    : (head.TrxTotalEntered ?? head.TotalEntered ?? 0) - used.GetValueOrDefault(recordNo),
                unreadable[recordNo]
            );
        }
    }

    private async Task<IReadOnlyDictionary<string, decimal>> UsedAsync(
        ComparedScope scope,
        IReadOnlyCollection<string> advances,
        UnreadableRows unreadable,
        CancellationToken ct
    )
    {
        var used = new Dictionary<string, decimal>(StringComparer.Ordinal);
        string[] names = ["ADVANCEKEY", "POSTEDADVANCEKEY"];
        foreach (var row in await PaymentApplications.OfOthersAsync(intacct, scope.Access.Intacct, names, advances, ct))
        {
            if (unreadable.Read(row, PaymentApplication.Read, names)?.Advance is { Key: { } key } advance)
                used[key] = used.GetValueOrDefault(key) + (advance.TrxAmount ?? advance.Amount ?? 0);
        }

        return used;
    }
}

/// <summary>A payment or an advance, and what is unapplied of it.</summary>
/// <param name="SourceId">As the flow names it.</param>
/// <param name="Row">All that was read of it.</param>
/// <param name="Payment">Its head; null where that can't be read.</param>
/// <param name="Left">In its own currency.</param>
/// <param name="Unreadable">What of it, or of what was applied of it, can't be read; null where all can.</param>
internal sealed record OpenPayment(
    string SourceId,
    IntacctRecord Row,
    PaymentRecord? Payment,
    decimal Left,
    string? Unreadable
)
{
    public PaymentState State => Payment is null ? PaymentStates.Of(Row) : PaymentStates.Of(Payment);

    public bool Counts => State == PaymentState.Complete;

    public DateOnly? Date => Payment?.ReceiptDate ?? Payment?.WhenPaid;
}
