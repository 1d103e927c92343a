using System.Runtime.CompilerServices;
using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Upflow.Payments;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Comparing;

/// <summary>
/// Intacct's payments and advances beside the payments of Upflow: whether as much is unapplied of each as is unlinked
/// there.
/// </summary>
/// <remarks>
/// How much money came in is not compared: what it gave to invoices that are not in Upflow is not there either. What it
/// gave to the others is compared with them.
/// </remarks>
internal sealed class PaymentComparison(UpflowClient upflow, OpenPayments payments, KeyMapStore keyMap)
    : IFlowComparison
{
    public FlowName Flow => UpflowFlows.Payments;

    public IReadOnlyList<string> Fields { get; } = ["customer", "date", "currency", "unapplied"];

    public string? Explains(string field, ComparedRecord source, ComparedRecord target) =>
        UpflowSides.Explains(Fields, field, source, target);

    public bool? IsAsWritten(string field, KeyMapEntry entry, ComparedRecord source) =>
        UpflowSides.IsAsWritten(Fields, field, entry, source);

    public async IAsyncEnumerable<IReadOnlyList<ComparedRecord>> SourceAsync(
        ComparedScope scope,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        await foreach (var page in payments.PagesAsync(scope, UpflowSides.Within("RECEIPTDATE", scope), ct))
            yield return await WithoutMoneyAsync(
                scope,
                [.. page.Select(p => OfSource(scope, p)).OfType<ComparedRecord>()],
                ct
            );
    }

    /// <summary>
    /// One that only applied credits has no payment in Upflow, as its row says. Of one that nobody has looked at yet
    /// that is not known.
    /// </summary>
    private async Task<IReadOnlyList<ComparedRecord>> WithoutMoneyAsync(
        ComparedScope scope,
        IReadOnlyList<ComparedRecord> records,
        CancellationToken ct
    )
    {
        var spent = records.Where(r => r.Amount == 0).Select(r => r.Id).Distinct(StringComparer.Ordinal).ToList();
        if (spent.Count == 0)
            return records;
        var rows = await keyMap.GetManyAsync(scope.Connection.Id, Flow, spent, ct);
        return
        [
            .. records.Select(r =>
                rows.GetValueOrDefault(r.Id) is { State: RecordState.Synced, TargetId: null, Stored: not null }
                    ? r with
                    {
                        LeftOut = r.LeftOut ?? "No money came in by it: it applied credits.",
                    }
                    : r
            ),
        ];
    }

    public async IAsyncEnumerable<IReadOnlyList<ComparedRecord>> TargetAsync(
        ComparedScope scope,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        await foreach (var page in UpflowSides.PagesAsync(upflow, scope, UpflowKind.Payment, ct))
        {
            var records = await OfTargetsAsync(scope, page, ct);
            yield return [.. records.Where(r => scope.Holds(r.Date))];
        }
    }

    public async Task<ComparedRecord?> FindSourceAsync(ComparedScope scope, string sourceId, CancellationToken ct) =>
        await payments.FindAsync(scope, sourceId, ct) is { } found && OfSource(scope, found) is { } record
            ? record with
            {
                Whole = UpflowSides.Whole(found.Row),
            }
            : null;

    public async Task<IReadOnlyDictionary<string, ComparedRecord>> FindSourcesAsync(
        ComparedScope scope,
        IReadOnlyCollection<string> sourceIds,
        CancellationToken ct
    ) =>
        (await payments.FindManyAsync(scope, sourceIds, ct))
            .Select(p => OfSource(scope, p))
            .OfType<ComparedRecord>()
            .ToDictionary(p => p.Id, p => p, StringComparer.Ordinal);

    public async Task<IReadOnlyDictionary<string, ComparedRecord>> FindTargetsAsync(
        ComparedScope scope,
        IReadOnlyCollection<KeyMapEntry> entries,
        CancellationToken ct
    )
    {
        var found = new Dictionary<string, ComparedRecord>(StringComparer.Ordinal);
        foreach (
            var (sourceId, read) in await UpflowSides.FindAsync(upflow, keyMap, scope, UpflowKind.Payment, entries, ct)
        )
            found[sourceId] = (await OfTargetsAsync(scope, [read], ct)).Single() with
            {
                Whole = UpflowSides.Whole(read),
            };
        return found;
    }

    /// <returns>Null of the other half of one that was reversed.</returns>
    private ComparedRecord? OfSource(ComparedScope scope, OpenPayment payment)
    {
        if (payment.State == PaymentState.Reversal)
            return null;
        var title = payment.Row["DOCNUMBER"] ?? payment.Row["RECORDID"] ?? payment.Row["RECORDNO"]!;
        if (payment.Unreadable is { } why)
            return ComparedRecord.Unreadable(payment.SourceId, title, Fields.Count, why);
        var currency = UpflowSides.CurrencyOf(scope, payment.Row["CURRENCY"]);

        // One that was reversed is refunded, all of it.
        var left = payment.Counts ? payment.Left : 0;
        return new ComparedRecord(
            payment.SourceId,
            title,
            [payment.Row["CUSTOMERID"]?.Trim(), ComparedRecord.Text(payment.Date), currency, ComparedRecord.Text(left)]
        )
        {
            Date = payment.Date,
            Currency = currency,
            Amount = left,
            LeftOut =
                !payment.Counts && payment.State != PaymentState.Reversed ? "It does not count in Intacct yet."
                : payment.Date < scope.Connection.UpflowStartDate() ? "It is dated before the sync's start."
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
        var receipts = await keyMap.GetManyAsync(
            scope.Connection.Id,
            UpflowFlows.Receipts,
            [.. records.Where(r => r.ExternalId is null).Select(r => r.Id).OfType<string>()],
            ct
        );
        return
        [
            .. records
                .Where(r => r.Id is not null)
                .Select(r =>
                {
                    var currency = r.Currency ?? "";
                    if (r.Unreadable is { } why)
                        return ComparedRecord.Unreadable(
                            r.Id!,
                            r.ExternalId ?? r.Reference ?? "",
                            Fields.Count,
                            why,
                            "Upflow"
                        );
                    return new ComparedRecord(
                        r.Id!,
                        r.ExternalId ?? r.Reference ?? "",
                        [
                            UpflowSides.CustomerOf(r, customers),
                            ComparedRecord.Text(r.ValidatedAt),
                            currency,
                            UpflowSides.Text(r.Unlinked, currency),
                        ]
                    )
                    {
                        Date = r.ValidatedAt,
                        Currency = currency,
                        Amount = r.Unlinked is { } left ? UpflowMoney.FromSmallest(left, currency) : null,
                        WholeAmount = r.Amount is { } all ? UpflowMoney.FromSmallest(all, currency) : null,
                        IsPart = receipts.GetValueOrDefault(r.Id!) is { TargetId: not null },
                        Shows = PaymentFacts.SourceIdOf(r.ExternalId),
                    };
                }),
        ];
    }
}
