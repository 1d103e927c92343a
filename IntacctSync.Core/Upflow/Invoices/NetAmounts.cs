using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;

namespace IntacctSync.Core.Upflow.Invoices;

/// <summary>Tells the tax of documents apart.</summary>
/// <remarks>
/// Where a company keeps tax by a tax solution, a document's lines are without it and its total is with it [assumed].
/// Without a tax solution, tax is a line as any other and not told apart. An adjustment is not known to name its tax
/// solution, so its lines are always read.
/// </remarks>
public sealed class NetAmounts(IntacctClient intacct)
{
    /// <summary>The field of an invoice that names its tax solution.</summary>
    internal const string TaxSolution = "TAXSOLUTIONID";

    /// <summary>The same documents, with the net amounts of those whose tax is told apart: one query for each
    /// object.</summary>
    internal async Task<IReadOnlyDictionary<string, Receivable>> AddToAsync(
        RecordPass pass,
        IReadOnlyDictionary<string, Receivable> documents,
        CancellationToken cancellationToken
    )
    {
        var taxed = documents.Values.Where(d => !d.IsInvoice || d.Row[TaxSolution] is not null).ToList();
        if (taxed.Count == 0)
            return documents;
        var with = new Dictionary<string, Receivable>(documents, StringComparer.Ordinal);
        foreach (var kind in taxed.GroupBy(d => d.Object, StringComparer.Ordinal))
        {
            var sums = await SumsAsync(pass, kind.Key, [.. kind.Select(d => d.Head.RecordNo)], cancellationToken);
            foreach (var document in kind)
            {
                if (sums.TryGetValue(document.Head.RecordNo, out var net) && IsNet(net, document.Gross))
                    with[document.SourceId] = document with { Net = net };
            }
        }

        return with;
    }

    /// <summary>A net amount has the sign of the gross one, and is no more.</summary>
    private static bool IsNet(decimal net, decimal gross) =>
        Math.Abs(net) <= Math.Abs(gross) && Math.Sign(net) * Math.Sign(gross) >= 0;

    /// <summary>What the lines of documents come to, by RECORDNO.</summary>
    private async Task<Dictionary<string, decimal>> SumsAsync(
        RecordPass pass,
        string objectName,
        IReadOnlyList<string> recordNos,
        CancellationToken cancellationToken
    )
    {
        var query = new IntacctQuery($"{objectName}ITEM", ["RECORDNO", "RECORDKEY", "TRX_AMOUNT", "AMOUNT"])
        {
            Filter = QueryFilter.In("RECORDKEY", recordNos),
        };
        var sums = new Dictionary<string, decimal>(StringComparer.Ordinal);
        await foreach (var row in intacct.QueryAsync(pass.Batch.Access.Intacct, query, cancellationToken))
        {
            if (row["RECORDKEY"]?.Trim() is { } key)
                sums[key] = sums.GetValueOrDefault(key) + (row.Decimal("TRX_AMOUNT") ?? row.Decimal("AMOUNT") ?? 0);
        }

        return sums;
    }
}
