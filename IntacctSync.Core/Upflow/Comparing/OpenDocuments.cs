using System.Runtime.CompilerServices;
using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow.Invoices;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Comparing;

/// <summary>
/// Reads what is open of everything in Intacct that makes up a customer's balance in Upflow: what was left out there
/// does not count.
/// </summary>
internal sealed class OpenDocuments(IntacctClient intacct, OpenPayments payments, KeyMapStore keyMap)
{
    /// <param name="scope">Whose.</param>
    /// <param name="customerId">Only those of a customer; null for all.</param>
    /// <param name="ct">Ends the reading.</param>
    public async IAsyncEnumerable<IReadOnlyList<OpenDocument>> PagesAsync(
        ComparedScope scope,
        string? customerId,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var customer = customerId is null ? null : QueryFilter.EqualTo("CUSTOMERID", customerId);
        foreach (var objectName in new[] { UpflowIds.Invoice, UpflowIds.Adjustment })
        {
            var query = new IntacctQuery(
                objectName,
                [.. ArInvoiceSummary.Fields.Where(f => f != "WHENDUE" || objectName == UpflowIds.Invoice)]
            )
            {
                Filter = QueryFilter.And(QueryFilter.NotEqualTo("TRX_TOTALDUE", "0"), customer),
            };
            await foreach (var page in intacct.QueryPagesAsync(scope.Access.Intacct, query, ct))
                yield return await CountedAsync(
                    scope,
                    [.. page.Records.Select(r => OfDocument(scope, objectName, r)).OfType<OpenDocument>()],
                    ct
                );
        }

        await foreach (var page in payments.PagesAsync(scope, customer, ct))
            yield return await CountedAsync(scope, [.. page.Where(MayBeOpen).Select(p => OfPayment(scope, p))], ct);
    }

    /// <returns>Null of what is not in the books, and of what takes another back or was taken back.</returns>
    private static OpenDocument? OfDocument(ComparedScope scope, string objectName, IntacctRecord row)
    {
        if (
            row["RECORDNO"] is not { } recordNo
            || row["STATE"]?.Trim().ToUpperInvariant()
                is null
                    or ""
                    or "DRAFT"
                    or "NO VALUE"
                    or "REVERSED"
                    or "REVERSAL"
        )
            return null;
        var unreadable = new UnreadableRows();
        if (unreadable.Read(row, ArInvoiceSummary.Read, "RECORDNO") is not { } head)
            return new OpenDocument(
                UpflowFlows.Invoices,
                Receivable.SourceIdOf(objectName, recordNo),
                row["CUSTOMERID"]?.Trim() ?? "",
                UpflowSides.CurrencyOf(scope, row["CURRENCY"]),
                null,
                0,
                unreadable[recordNo]
            );
        var isOwed = (head.TrxTotalEntered ?? head.TotalEntered ?? 0) > 0;
        return new OpenDocument(
            isOwed ? UpflowFlows.Invoices : UpflowFlows.CreditNotes,
            Receivable.SourceIdOf(objectName, head.RecordNo),
            head.CustomerId?.Trim() ?? "",
            UpflowSides.CurrencyOf(scope, head.Currency),
            head.Date,
            head.TrxTotalDue ?? head.TotalDue ?? 0
        );
    }

    private static bool MayBeOpen(OpenPayment payment) =>
        payment.Unreadable is null
            ? payment.Counts && payment.Left != 0
            : payment.State is PaymentState.Complete or PaymentState.Unknown;

    private static OpenDocument OfPayment(ComparedScope scope, OpenPayment payment) =>
        new(
            UpflowFlows.Payments,
            payment.SourceId,
            payment.Row["CUSTOMERID"]?.Trim() ?? "",
            UpflowSides.CurrencyOf(scope, payment.Row["CURRENCY"]),
            payment.Date,
            -payment.Left,
            payment.Unreadable
        );

    /// <summary>Without what was left out, ignored, or is of a flow that is off.</summary>
    private async Task<IReadOnlyList<OpenDocument>> CountedAsync(
        ComparedScope scope,
        IReadOnlyList<OpenDocument> documents,
        CancellationToken ct
    )
    {
        var counted = new List<OpenDocument>();
        var start = scope.Connection.UpflowStartDate();
        foreach (var flow in documents.GroupBy(d => d.Flow))
        {
            if (!scope.Connection.Settings.Syncs(flow.Key))
                continue;
            var rows = await keyMap.GetManyAsync(
                scope.Connection.Id,
                flow.Key,
                [.. flow.Select(d => d.SourceId).Distinct(StringComparer.Ordinal)],
                ct
            );
            counted.AddRange(
                flow.Where(d =>
                    rows[d.SourceId]
                        is { TargetId: not null }
                            or { Ignored: false, State: not RecordState.Skipped, Stored: not null }
                    || (rows[d.SourceId].Stored is null && !(d.Date < start))
                )
            );
        }

        return counted;
    }
}

/// <summary>What is open of a document.</summary>
/// <param name="Flow">The flow that carries it over.</param>
/// <param name="SourceId">As the flow names it.</param>
/// <param name="CustomerId">Whose.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Date">Its own.</param>
/// <param name="Amount">Below zero for a credit.</param>
/// <param name="Unreadable">What of it can't be read, so that its amount is not known; null where all can.</param>
internal sealed record OpenDocument(
    FlowName Flow,
    string SourceId,
    string CustomerId,
    string Currency,
    DateOnly? Date,
    decimal Amount,
    string? Unreadable = null
);
