using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.Upflow.Payments;

namespace IntacctSync.Core.Upflow.Comparing;

/// <summary>Reads payments of Intacct by their keys, or those that may be a certain one, with what they pay.</summary>
internal sealed class BookedPayments(IntacctClient intacct)
{
    private const string Object = "ARPYMT";

    /// <summary>Those with certain RECORDNOs; one that Intacct does not show is missing.</summary>
    public async Task<IReadOnlyList<BookedPayment>> FindAsync(
        ComparedScope scope,
        IReadOnlyCollection<string> recordNos,
        CancellationToken ct
    ) =>
        recordNos.Count == 0
            ? []
            : await OfAsync(
                scope,
                await intacct.ReadAsync(scope.Access.Intacct, Object, recordNos, PaymentRecord.Fields, ct),
                ct
            );

    /// <summary>Those of a number, or of a customer and an amount.</summary>
    public async Task<IReadOnlyList<BookedPayment>> LikeAsync(
        ComparedScope scope,
        string number,
        string? customerId,
        string amount,
        CancellationToken ct
    )
    {
        var query = new IntacctQuery(Object, PaymentRecord.Fields)
        {
            Filter = QueryFilter.Or(
                QueryFilter.EqualTo("DOCNUMBER", number),
                customerId is null
                    ? null
                    : QueryFilter.And(
                        QueryFilter.EqualTo("CUSTOMERID", customerId),
                        QueryFilter.EqualTo("TRX_TOTALENTERED", amount)
                    )
            ),
        };
        return await OfAsync(scope, await intacct.QueryAsync(scope.Access.Intacct, query, ct).ToListAsync(ct), ct);
    }

    private async Task<IReadOnlyList<BookedPayment>> OfAsync(
        ComparedScope scope,
        IReadOnlyList<IntacctRecord> rows,
        CancellationToken ct
    )
    {
        var shown = rows.Where(r => r["RECORDNO"] is not null)
            .DistinctBy(r => r["RECORDNO"], StringComparer.Ordinal)
            .ToList();
        var unreadable = new UnreadableRows();
        var details = new List<PaymentApplication>();
        if (shown.Count > 0)
        {
            var query = new IntacctQuery(PaymentApplication.Object, PaymentApplication.Fields)
            {
                Filter = QueryFilter.In("PAYMENTKEY", [.. shown.Select(r => r["RECORDNO"]!)]),
            };
            await foreach (var row in intacct.QueryAsync(scope.Access.Intacct, query, ct))
            {
                if (unreadable.Read(row, PaymentApplication.Read, "PAYMENTKEY") is { } detail)
                    details.Add(detail);
            }
        }

        var paid = details.ToLookup(d => d.PaymentKey, StringComparer.Ordinal);
        return
        [
            .. shown.Select(r =>
            {
                var (recordNo, head) = (r["RECORDNO"]!, unreadable.Read(r, PaymentRecord.Read, "RECORDNO"));
                return new BookedPayment(recordNo, head, AppliedPart.Of(paid[recordNo]), r, unreadable[recordNo]);
            }),
        ];
    }
}

/// <summary>A payment as Intacct has it.</summary>
/// <param name="RecordNo">RECORDNO.</param>
/// <param name="Payment">Its head; null where that can't be read.</param>
/// <param name="Applied">What it gives to receivables.</param>
/// <param name="Row">All that was read of it.</param>
/// <param name="Unreadable">What of it, or of what it gives, can't be read; null where all can.</param>
internal sealed record BookedPayment(
    string RecordNo,
    PaymentRecord? Payment,
    IReadOnlyList<AppliedPart> Applied,
    IntacctRecord Row,
    string? Unreadable
);
