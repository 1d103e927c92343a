using System.Globalization;
using System.Runtime.CompilerServices;
using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Upflow.Invoices;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Comparing;

/// <summary>
/// Intacct's invoices and debit memos beside the invoices of Upflow: above all whether as much is open of each on both
/// sides.
/// </summary>
internal sealed class ReceivableComparison(UpflowClient upflow, IntacctClient intacct, KeyMapStore keyMap)
    : IFlowComparison
{
    private static readonly string[] Objects = [UpflowIds.Invoice, UpflowIds.Adjustment];

    private const string Open = "open";
    private const string Total = "total";

    public FlowName Flow => UpflowFlows.Invoices;

    public IReadOnlyList<string> Fields { get; } = ["customer", "number", "date", "due", "currency", Total, Open];

    public string? Explains(string field, ComparedRecord source, ComparedRecord target) =>
        field == Open && Between(source, target, Total) is { } total and not 0 && total == Between(source, target, Open)
            ? "Its total differs by as much."
            : UpflowSides.Explains(Fields, field, source, target);

    private int At(string field) => Fields.TakeWhile(f => f != field).Count();

    private decimal? Between(ComparedRecord source, ComparedRecord target, string field) =>
        decimal.TryParse(source.Values[At(field)], CultureInfo.InvariantCulture, out var one)
        && decimal.TryParse(target.Values[At(field)], CultureInfo.InvariantCulture, out var other)
            ? one - other
            : null;

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
                Filter = UpflowSides.Within("WHENCREATED", scope),
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
        await foreach (var page in UpflowSides.PagesAsync(upflow, scope, UpflowKind.Invoice, ct))
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
            var (sourceId, read) in await UpflowSides.FindAsync(upflow, keyMap, scope, UpflowKind.Invoice, entries, ct)
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
        UpflowSides.Guarded(objectName, row, Fields.Count, () => Read(scope, objectName, row)) is { } read
        && !(read.Unread is not null && IsBelowZero(row))
            ? read
            : null;

    /// <summary>Of one that can't be read, whether it is a credit note all the same.</summary>
    private static bool IsBelowZero(IntacctRecord row) => row["TRX_TOTALENTERED"]?.TrimStart().StartsWith('-') == true;

    private static ComparedRecord? Read(ComparedScope scope, string objectName, IntacctRecord row)
    {
        var head = ArInvoiceSummary.Read(row);
        var document = new Receivable(Receivable.SourceIdOf(objectName, head.RecordNo), head, row);

        // What is below zero is a credit note, and a reversal is the other half of what it takes back.
        if (document.Gross < 0 || document.State == ReceivableState.Reversal)
            return null;
        var currency = UpflowSides.CurrencyOf(scope, head.Currency);
        var isOff = document.State == ReceivableState.Draft || document.Gross == 0;
        return new ComparedRecord(
            document.SourceId,
            document.Number,
            [
                document.CustomerId,
                document.Number,
                ComparedRecord.Text(head.Date),
                ComparedRecord.Text(head.DueDate ?? head.Date),
                currency,
                ComparedRecord.Text(document.Gross),
                ComparedRecord.Text(isOff ? 0 : head.TrxTotalDue ?? head.TotalDue),
            ]
        )
        {
            Date = head.Date,
            Currency = currency,
            Amount = isOff ? 0 : document.Gross,
            LeftOut =
                document.State == ReceivableState.Draft ? "It is a draft in Intacct."
                : document.Gross == 0 ? "Nothing is owed by it."
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
                .Where(r => r.Id is not null)
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
                            ComparedRecord.Text(UpflowJson.Day(r.Json, "dueDate")),
                            currency,
                            UpflowSides.Text(r.GrossAmount, currency),
                            UpflowSides.Text(r.AmountOutstanding, currency),
                        ]
                    )
                    {
                        Date = UpflowJson.Day(r.Json, "issuedAt"),
                        Currency = currency,
                        Amount = r.GrossAmount is { } gross ? UpflowMoney.FromSmallest(gross, currency) : null,
                        Remark = r.ExternalId is null ? "It was made in Upflow by hand." : null,
                        Shows = Receivable.SourceIdOf(r.ExternalId),
                    };
                }),
        ];
    }
}
