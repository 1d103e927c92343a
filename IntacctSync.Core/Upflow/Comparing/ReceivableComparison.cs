using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Remote;
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

    public FlowName Flow => UpflowFlows.Invoices;

    public IReadOnlyList<string> Fields { get; } = ["customer", "number", "date", "currency", "total", "open"];

    public async IAsyncEnumerable<IReadOnlyList<ComparedRecord>> SourceAsync(
        ComparedScope scope,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        foreach (var objectName in Objects)
        {
            var query = new IntacctQuery(objectName, FieldsOf(objectName)) { Filter = Within(scope) };
            await foreach (var page in intacct.QueryPagesAsync(scope.Access.Intacct, query, ct))
                yield return [.. page.Records.Select(r => OfSource(scope, objectName, r)).OfType<ComparedRecord>()];
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<ComparedRecord>> TargetAsync(
        ComparedScope scope,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        await foreach (
            var page in upflow
                .ListAsync(scope.Access.Upflow(), UpflowKind.Invoice, null, RequestPriority.Bulk, ct)
                .Chunk(UpflowClient.PageSize)
                .WithCancellation(ct)
        )
        {
            var records = await OfTargetsAsync(scope, page, ct);
            yield return [.. records.Where(r => scope.Holds(r.Date))];
        }
    }

    public async Task<ComparedRecord?> FindSourceAsync(ComparedScope scope, string sourceId, CancellationToken ct)
    {
        var objectName = Receivable.ObjectOf(sourceId);
        var rows = await intacct.ReadAsync(
            scope.Access.Intacct,
            objectName,
            [Receivable.RecordNoOf(sourceId)],
            FieldsOf(objectName),
            ct
        );
        return rows.Where(r => r["RECORDNO"] is not null)
            .Select(r => OfSource(scope, objectName, r) is { } found ? found with { Whole = Whole(r) } : null)
            .FirstOrDefault();
    }

    public async Task<IReadOnlyDictionary<string, ComparedRecord>> FindTargetsAsync(
        ComparedScope scope,
        IReadOnlyCollection<KeyMapEntry> entries,
        CancellationToken ct
    )
    {
        var found = new Dictionary<string, ComparedRecord>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var record = await upflow.FindAsync(
                scope.Access.Upflow(),
                UpflowKind.Invoice,
                new UpflowReference(entry.TargetId!),
                RequestPriority.Live,
                ct
            );
            if (record is { } read)
                found[entry.Key.SourceId] = (await OfTargetsAsync(scope, [read], ct)).Single() with
                {
                    Whole = JsonNode.Parse(read.Json.GetRawText()),
                };
        }

        return found;
    }

    private static IReadOnlyList<string> FieldsOf(string objectName) =>
        objectName == UpflowIds.Invoice
            ? ArInvoiceSummary.Fields
            : [.. ArInvoiceSummary.Fields.Where(f => f != "WHENDUE")];

    private static ComparedRecord? OfSource(ComparedScope scope, string objectName, IntacctRecord row)
    {
        var head = ArInvoiceSummary.Read(row);
        var document = new Receivable(Receivable.SourceIdOf(objectName, head.RecordNo), head, row);

        // What is below zero is a credit note, and a reversal is the other half of what it takes back.
        if (document.Gross < 0 || document.State == ReceivableState.Reversal)
            return null;
        var settings = scope.Connection.Upflow();
        var currency = (head.Currency ?? settings.DefaultCurrency).Trim().ToUpperInvariant();
        var isOff = document.State == ReceivableState.Draft || document.Gross == 0;
        return new ComparedRecord(
            document.SourceId,
            document.Number,
            [
                document.CustomerId,
                document.Number,
                ComparedRecord.Text(head.Date),
                currency,
                ComparedRecord.Text(document.Gross),
                ComparedRecord.Text(head.TrxTotalDue ?? head.TotalDue),
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
        var ids = records.Select(r => r.CustomerId).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var customers =
            ids.Count == 0
                ? new Dictionary<string, string>(StringComparer.Ordinal)
                : await keyMap.FindByTargetsAsync(scope.Connection.Id, UpflowFlows.Customers, ids, ct);
        return
        [
            .. records
                .Where(r => r.Id is not null)
                .Select(r =>
                {
                    var currency = r.Currency ?? "";
                    return new ComparedRecord(
                        r.Id!,
                        r.CustomId ?? "",
                        [
                            r.CustomerId is { } id ? customers.GetValueOrDefault(id.ToUpperInvariant()) : null,
                            r.CustomId,
                            ComparedRecord.Text(UpflowJson.Day(r.Json, "issuedAt")),
                            currency,
                            Text(r.GrossAmount, currency),
                            Text(r.AmountOutstanding, currency),
                        ]
                    )
                    {
                        Date = UpflowJson.Day(r.Json, "issuedAt"),
                        Currency = currency,
                        Amount = r.GrossAmount is { } gross ? UpflowMoney.FromSmallest(gross, currency) : null,
                        Remark = r.ExternalId is null ? "It was made in Upflow by hand." : null,
                    };
                }),
        ];
    }

    private static string? Text(long? amount, string currency) =>
        amount is { } units ? ComparedRecord.Text(UpflowMoney.FromSmallest(units, currency)) : null;

    private static QueryFilter? Within(ComparedScope scope) =>
        QueryFilter.And(
            scope.Since is { } since ? QueryFilter.GreaterThanOrEqualTo("WHENCREATED", Day(since)) : null,
            scope.Until is { } until ? QueryFilter.LessThanOrEqualTo("WHENCREATED", Day(until)) : null
        );

    private static string Day(DateOnly day) =>
        day.ToString("MM/dd/yyyy", System.Globalization.CultureInfo.InvariantCulture);

    private static JsonObject Whole(IntacctRecord row) =>
        new(
            row.Fields.Where(f => f.Nested is null && f.Value.Length > 0)
                .DistinctBy(f => f.Name, StringComparer.Ordinal)
                .Select(f => KeyValuePair.Create(f.Name, (JsonNode?)f.Value))
        );
}
