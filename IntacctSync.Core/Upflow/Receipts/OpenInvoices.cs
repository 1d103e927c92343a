using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Upflow.Invoices;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Receipts;

/// <summary>
/// Looks up whether the invoices that older payments pay in Upflow owe that in Intacct still: if not, somebody has
/// entered the payments there.
/// </summary>
public sealed class OpenInvoices(IntacctClient intacct)
{
    private static readonly string[] Fields = ["RECORDNO", "TOTALDUE", "TRX_TOTALDUE"];

    /// <summary>
    /// The facts, with whether they are owed of those that are from before the start, or before receipts were switched
    /// on.
    /// </summary>
    internal async Task<IReadOnlyDictionary<string, ReceiptFacts>> AddToAsync(
        RecordPass pass,
        IReadOnlyDictionary<string, ReceiptFacts> facts,
        CancellationToken cancellationToken
    )
    {
        var start = pass.Batch.Connection.UpflowStartDate();
        var switchedOn = pass.Batch.Connection.SwitchedOnAt(UpflowFlows.Receipts);
        var older = pass
            .Open.Where(w => !ReceiptFlow.IsAsked(pass, w) && pass[w.SourceId].TargetId is null)
            .Select(w => facts.GetValueOrDefault(w.SourceId))
            .OfType<ReceiptFacts>()
            .Where(f => f.Payment.ExternalId is null && f.Parts.Count > 0)
            .Where(f => f.Payment.ValidatedAt < start || (switchedOn is { } on && f.IsFromBefore(on)))
            .Where(f => f.Parts.All(p => p.SourceId is not null))
            .ToList();
        if (older.Count == 0)
            return facts;
        var due = await DueAsync(
            pass,
            [.. older.SelectMany(f => f.Parts).Select(p => p.SourceId!).Distinct(StringComparer.Ordinal)],
            cancellationToken
        );
        var all = facts.ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);
        foreach (var receipt in older)
            all[receipt.Id] = receipt with
            {
                IsOwed = receipt
                    .Parts.GroupBy(p => p.SourceId!, StringComparer.Ordinal)
                    .All(g =>
                        due.TryGetValue(g.Key, out var owed)
                        && owed >= UpflowMoney.FromSmallest(g.Sum(p => p.Amount), receipt.Currency)
                    ),
            };
        return all;
    }

    private async Task<IReadOnlyDictionary<string, decimal>> DueAsync(
        RecordPass pass,
        IReadOnlyList<string> sourceIds,
        CancellationToken cancellationToken
    )
    {
        var due = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var kind in sourceIds.GroupBy(Receivable.ObjectOf, StringComparer.Ordinal))
        {
            var rows = await intacct.ReadAsync(
                pass.Batch.Access.Intacct,
                kind.Key,
                [.. kind.Select(Receivable.RecordNoOf)],
                Fields,
                cancellationToken
            );
            foreach (var row in rows)
            {
                if (row["RECORDNO"] is { } recordNo)
                    due[Receivable.SourceIdOf(kind.Key, recordNo)] =
                        row.Decimal("TRX_TOTALDUE") ?? row.Decimal("TOTALDUE") ?? 0;
            }
        }

        return due;
    }
}
