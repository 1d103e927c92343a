using System.Runtime.CompilerServices;
using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Upflow.CreditNotes;
using IntacctSync.Core.Upflow.Invoices;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Comparing;

/// <summary>
/// Intacct's credit memos, negative invoices and reversed invoices beside the credit notes of Upflow: above all whether
/// as much is unapplied of each as is unlinked there.
/// </summary>
internal sealed class CreditNoteComparison(UpflowClient upflow, IntacctClient intacct, KeyMapStore keyMap)
    : IFlowComparison
{
    private const string Reversed = "REVERSED";

    private static readonly string[] Objects = [UpflowIds.Invoice, UpflowIds.Adjustment];

    /// <summary>The payments whose discounts and write-offs are credit notes of their own.</summary>
    private static readonly string[] OfPayments = [$"{UpflowIds.Payment}-", $"{UpflowIds.Advance}-"];

    public FlowName Flow => UpflowFlows.CreditNotes;

    public IReadOnlyList<string> Fields { get; } = ["customer", "number", "date", "currency", "total", "unapplied"];

    public string? Explains(string field, ComparedRecord source, ComparedRecord target) =>
        UpflowSides.Explains(Fields, field, source, target);

    public bool? IsAsWritten(string field, KeyMapEntry entry, ComparedRecord source) =>
        UpflowSides.IsAsWritten(Fields, field, entry, source);

    public async IAsyncEnumerable<IReadOnlyList<ComparedRecord>> SourceAsync(
        ComparedScope scope,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        foreach (var objectName in Objects)
        {
            var query = new IntacctQuery(objectName, FieldsOf(objectName))
            {
                Filter = QueryFilter.And(
                    QueryFilter.Or(
                        QueryFilter.LessThan("TRX_TOTALENTERED", "0"),
                        QueryFilter.EqualTo("STATE", "Reversed")
                    ),
                    UpflowSides.Within("WHENCREATED", scope)
                ),
            };
            await foreach (var page in intacct.QueryPagesAsync(scope.Access.Intacct, query, ct))
                yield return [.. page.Records.Select(r => OfSource(scope, objectName, r)).OfType<ComparedRecord>()];
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<ComparedRecord>> TargetAsync(
        ComparedScope scope,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        await foreach (var page in UpflowSides.PagesAsync(upflow, scope, UpflowKind.CreditNote, ct))
        {
            var records = await OfTargetsAsync(scope, page, ct);
            yield return [.. records.Where(r => scope.Holds(r.Date))];
        }
    }

    public Task<ComparedRecord?> FindSourceAsync(ComparedScope scope, string sourceId, CancellationToken ct) =>
        UpflowSides.SourceAsync(intacct, scope, sourceId, FieldsOf, (kind, row) => OfSource(scope, kind, row), ct);

    public Task<IReadOnlyDictionary<string, ComparedRecord>> FindSourcesAsync(
        ComparedScope scope,
        IReadOnlyCollection<string> sourceIds,
        CancellationToken ct
    ) => UpflowSides.SourcesAsync(intacct, scope, sourceIds, FieldsOf, (kind, row) => OfSource(scope, kind, row), ct);

    public async Task<IReadOnlyDictionary<string, ComparedRecord>> FindTargetsAsync(
        ComparedScope scope,
        IReadOnlyCollection<KeyMapEntry> entries,
        CancellationToken ct
    )
    {
        var found = new Dictionary<string, ComparedRecord>(StringComparer.Ordinal);
        foreach (
            var (sourceId, read) in await UpflowSides.FindAsync(
                upflow,
                keyMap,
                scope,
                UpflowKind.CreditNote,
                entries,
                ct
            )
        )
            found[sourceId] = (await OfTargetsAsync(scope, [read], ct)).Single() with
            {
                Whole = UpflowSides.Whole(read),
            };
        return found;
    }

    private static IReadOnlyList<string> FieldsOf(string objectName) =>
        objectName == UpflowIds.Invoice
            ? ArInvoiceSummary.Fields
            : [.. ArInvoiceSummary.Fields.Where(f => f != "WHENDUE")];

    private ComparedRecord? OfSource(ComparedScope scope, string objectName, IntacctRecord row) =>
        UpflowSides.Guarded(objectName, row, Fields.Count, () => Read(scope, objectName, row));

    private static ComparedRecord? Read(ComparedScope scope, string objectName, IntacctRecord row)
    {
        var head = ArInvoiceSummary.Read(row);
        var document = new Receivable(Receivable.SourceIdOf(objectName, head.RecordNo), head, row);
        var state = head.State?.Trim().ToUpperInvariant() ?? "";
        var takesBack = document.Gross > 0 && state == Reversed;
        if ((document.Gross >= 0 && !takesBack) || document.State == ReceivableState.Reversal)
            return null;
        var currency = UpflowSides.CurrencyOf(scope, head.Currency);
        var isDraft = state is "DRAFT" or "NO VALUE" or "";
        return new ComparedRecord(
            document.SourceId,
            document.Number,
            [
                document.CustomerId,
                IntacctText.Cut(takesBack ? $"Reversal of {document.Number}" : document.Number, 100),
                // What takes a document back is dated on the day of the reversal, which the document does not tell.
                takesBack ? null : ComparedRecord.Text(head.Date),
                currency,
                ComparedRecord.Text(Math.Abs(document.Gross)),
                // A note that was reversed is refunded, and one that settles a reversed invoice is linked, all of it.
                ComparedRecord.Text(
                    isDraft || document.State == ReceivableState.Reversed
                        ? 0
                        : -(head.TrxTotalDue ?? head.TotalDue ?? 0)
                ),
            ]
        )
        {
            Date = takesBack ? null : head.Date,
            Currency = currency,
            Amount = isDraft ? 0 : Math.Abs(document.Gross),
            LeftOut =
                isDraft ? "It is a draft in Intacct."
                : head.Date < scope.Connection.UpflowStartDate() ? "It is dated before the sync's start."
                : null,
        };
    }

    private async Task<IReadOnlyList<ComparedRecord>> OfTargetsAsync(
        ComparedScope scope,
        IReadOnlyList<UpflowRead> records,
        CancellationToken ct
    )
    {
        var customers = await UpflowSides.CustomersAsync(keyMap, scope, records, ct);
        return
        [
            .. records
                .Where(r =>
                    r.Id is not null
                    && !OfPayments.Any(p => r.ExternalId?.StartsWith(p, StringComparison.Ordinal) == true)
                )
                .Select(r =>
                {
                    var currency = r.Currency ?? "";
                    if (r.Unreadable is { } why)
                        return ComparedRecord.Unreadable(r.Id!, r.CustomId ?? "", Fields.Count, why, "Upflow");
                    return new ComparedRecord(
                        r.Id!,
                        r.CustomId ?? "",
                        [
                            UpflowSides.CustomerOf(r, customers),
                            r.CustomId,
                            ComparedRecord.Text(UpflowJson.Day(r.Json, "issuedAt")),
                            currency,
                            UpflowSides.Text(r.GrossAmount, currency),
                            UpflowSides.Text(r.Unlinked, currency),
                        ]
                    )
                    {
                        Date = UpflowJson.Day(r.Json, "issuedAt"),
                        Currency = currency,
                        Amount = r.GrossAmount is { } gross ? UpflowMoney.FromSmallest(gross, currency) : null,
                        Shows = CreditFacts.SourceIdOf(r.ExternalId),
                    };
                }),
        ];
    }
}
