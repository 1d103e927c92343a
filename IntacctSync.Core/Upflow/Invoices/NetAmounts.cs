using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Responses;

namespace IntacctSync.Core.Upflow.Invoices;

/// <summary>Tells the tax of documents apart.</summary>
/// <remarks>
/// Where a company keeps tax by a tax solution, a document's lines are without it and its total is with it [assumed].
/// Without a tax solution, tax is a line as any other and not told apart. An adjustment is not known to name its tax
/// solution, so its lines are always read. They are read by the key of their document, which shows all of them: a query
/// may show one late, and the lines that it shows look like a lower amount and more tax. That a reading of an
/// adjustment holds its lines, as one of an invoice does, is [assumed]: a document without any has its lines queried.
/// What a backfill has read along with an old document needs no second reading.
/// </remarks>
public sealed class NetAmounts(IntacctClient intacct)
{
    /// <summary>The field of an invoice that names its tax solution.</summary>
    internal const string TaxSolution = "TAXSOLUTIONID";

    /// <summary>The field of a line that names its document.</summary>
    internal const string OwnerOfLine = "RECORDKEY";

    /// <summary>What is read of a line.</summary>
    internal static readonly string[] LineFields = ["RECORDNO", OwnerOfLine, "TRX_AMOUNT", "AMOUNT"];

    /// <summary>How many whole documents are held in memory.</summary>
    private const int AtOnce = 25;

    /// <summary>A query shows the lines of a document that had not changed for so long when it was made.</summary>
    private static readonly TimeSpan Old = TimeSpan.FromDays(1);

    /// <summary>The object that the lines of a document are.</summary>
    internal static string LinesOf(string objectName) => $"{objectName}ITEM";

    /// <summary>
    /// The same documents, with the net amounts of those whose tax is told apart: one reading for each object.
    /// </summary>
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
        var works = pass.Batch.Records.ToDictionary(w => w.SourceId, StringComparer.Ordinal);
        var toldAlong = taxed.ToLookup(d =>
            works.GetValueOrDefault(d.SourceId) is { SnapshotVersion: { } changed } work
            && work.FirstSeen - changed > Old
            && d.Along.Any(IsLine)
        );
        foreach (var document in toldAlong[true])
            Put(document, document.Along.Where(IsLine));
        foreach (var kind in toldAlong[false].GroupBy(d => d.Object, StringComparer.Ordinal))
        {
            var byNumber = kind.ToDictionary(d => d.Head.RecordNo, StringComparer.Ordinal);
            var path = $"{LinesOf(kind.Key)}S.{LinesOf(kind.Key)}";
            var bare = new List<string>();
            foreach (var some in byNumber.Keys.Chunk(AtOnce))
            {
                foreach (
                    var row in await intacct.ReadAsync(
                        pass.Batch.Access.Intacct,
                        kind.Key,
                        some,
                        ["*"],
                        cancellationToken
                    )
                )
                {
                    if (row["RECORDNO"] is not { } recordNo || !byNumber.TryGetValue(recordNo, out var document))
                        continue;
                    if (row.Nested(path).ToList() is { Count: > 0 } lines)
                        Put(document, lines);
                    else
                        bare.Add(recordNo);
                }
            }

            foreach (var lines in await LinesAsync(pass, kind.Key, bare, cancellationToken))
                Put(byNumber[lines.Key], lines);
        }

        return with;

        void Put(Receivable document, IEnumerable<IntacctRecord> lines) =>
            with[document.SourceId] =
                pass.Guarded(document.SourceId, () => document with { Net = NetOf(document, lines) }) ?? document;
    }

    /// <summary>The lines of documents by their RECORDNOs, as a query shows them.</summary>
    private async Task<ILookup<string, IntacctRecord>> LinesAsync(
        RecordPass pass,
        string objectName,
        IReadOnlyCollection<string> recordNos,
        CancellationToken cancellationToken
    )
    {
        var lines = new List<IntacctRecord>();
        if (recordNos.Count > 0)
        {
            var query = new IntacctQuery(LinesOf(objectName), LineFields)
            {
                Filter = QueryFilter.In(OwnerOfLine, [.. recordNos]),
            };
            await foreach (var line in intacct.QueryAsync(pass.Batch.Access.Intacct, query, cancellationToken))
            {
                if (line[OwnerOfLine]?.Trim() is { } owner && recordNos.Contains(owner, StringComparer.Ordinal))
                    lines.Add(line);
            }
        }

        return lines.ToLookup(l => l[OwnerOfLine]!.Trim(), StringComparer.Ordinal);
    }

    /// <summary>What was read along may be what was applied as well; of that no amount is read.</summary>
    private static bool IsLine(IntacctRecord row) => (row["TRX_AMOUNT"] ?? row["AMOUNT"]) is not null;

    /// <summary>What lines come to; null where that can't be the amount without tax.</summary>
    private static decimal? NetOf(Receivable document, IEnumerable<IntacctRecord> lines)
    {
        var amounts = lines.Select(l => l.Decimal("TRX_AMOUNT") ?? l.Decimal("AMOUNT") ?? 0).ToList();
        return amounts.Count > 0 && IsNet(amounts.Sum(), document.Gross) ? amounts.Sum() : null;
    }

    /// <summary>A net amount has the sign of the gross one, and is no more.</summary>
    private static bool IsNet(decimal net, decimal gross) =>
        Math.Abs(net) <= Math.Abs(gross) && Math.Sign(net) * Math.Sign(gross) >= 0;
}
