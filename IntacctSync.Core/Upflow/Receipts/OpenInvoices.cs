using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.Upflow.Invoices;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Receipts;

/// <summary>
/// Looks up what the invoices that payments pay in Upflow owe in Intacct now: if it is less, somebody has entered the
/// payments there.
/// </summary>
public sealed class OpenInvoices(IntacctClient intacct)
{
    private static readonly string[] Fields =
    [
        "RECORDNO",
        "CUSTOMERID",
        "CURRENCY",
        "TOTALDUE",
        "TOTALPAID",
        "TRX_TOTALDUE",
        "TRX_TOTALPAID",
    ];

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
            .Where(f =>
                f.Payment.ValidatedAt < start
                || ReceiptNames.IsFromBefore(pass[f.Id])
                || (switchedOn is { } on && f.IsFromBefore(on))
            )
            .Where(f => f.Parts.All(p => p.SourceId is not null))
            .ToList();
        if (older.Count == 0)
            return facts;
        var open = await ReadAsync(pass, older, cancellationToken);
        var all = facts.ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);
        foreach (var receipt in older)
            all[receipt.Id] = receipt with
            {
                IsOwed = receipt.Given.All(g =>
                    open.TryGetValue(g.Key, out var invoice)
                    && invoice.Due >= UpflowMoney.FromSmallest(g.Value, receipt.Currency)
                ),
            };
        return all;
    }

    /// <summary>
    /// What the receivables are that receipts pay, by source id, read by key, which is not delayed. One that Intacct
    /// does not show is not among them, nor is one that can't be read, which ends the receipts that pay it.
    /// </summary>
    internal async Task<IReadOnlyDictionary<string, OpenInvoice>> ReadAsync(
        RecordPass pass,
        IReadOnlyCollection<ReceiptFacts> receipts,
        CancellationToken cancellationToken
    )
    {
        var open = new Dictionary<string, OpenInvoice>(StringComparer.Ordinal);
        var ids = receipts.SelectMany(f => f.Given.Keys).Distinct(StringComparer.Ordinal);
        foreach (var kind in ids.GroupBy(Receivable.ObjectOf, StringComparer.Ordinal))
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
                if (row["RECORDNO"] is not { } recordNo)
                    continue;
                var id = Receivable.SourceIdOf(kind.Key, recordNo);
                try
                {
                    open[id] = Of(row);
                }
                catch (FormatException e)
                {
                    foreach (var receipt in receipts.Where(r => r.Given.ContainsKey(id)))
                        pass.Fail(
                            receipt.Id,
                            new Failure(
                                FailureClass.Data,
                                ReceiptInvoiceProblems.InvoiceUnreadable(receipt, id, e.Message)
                            )
                        );
                }
            }
        }

        return open;
    }

    /// <exception cref="FormatException">An amount can't be read.</exception>
    private static OpenInvoice Of(IntacctRecord row) =>
        new(
            row.Decimal("TRX_TOTALDUE") ?? row.Decimal("TOTALDUE") ?? 0,
            row.Decimal("TRX_TOTALPAID") ?? row.Decimal("TOTALPAID"),
            row["CURRENCY"]?.Trim() ?? "",
            row["CUSTOMERID"]?.Trim()
        );
}

/// <summary>What Intacct says of a receivable.</summary>
/// <param name="Due">What it owes, in its own currency.</param>
/// <param name="Paid">What was paid of it, in its own currency; null where that is not told.</param>
/// <param name="Currency">In the letters of ISO 4217; empty for the company's own.</param>
/// <param name="CustomerId">CUSTOMERID; null where Intacct does not say.</param>
internal sealed record OpenInvoice(decimal Due, decimal? Paid, string Currency, string? CustomerId = null)
{
    /// <summary>Whether anything was paid of it, or it is not told whether.</summary>
    public bool IsPaidInPart => Paid != 0;
}
