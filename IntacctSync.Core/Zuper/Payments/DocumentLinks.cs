using IntacctSync.Core.Connections;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Core.Zuper.Invoices.Books;

namespace IntacctSync.Core.Zuper.Payments;

/// <summary>
/// Finds the Zuper invoices of invoices that documents of Order Entry made: by the document, whose id stays the same
/// when its invoice is made anew.
/// </summary>
/// <remarks>
/// The id of a document is the name of its transaction definition, a hyphen and its number. The settings may name
/// another definition by now than the one that a document was made of, so any will do.
/// </remarks>
public sealed class DocumentLinks(IntacctClient intacct, KeyMapStore keyMap)
{
    /// <summary>What each of these invoices is in Zuper, by RECORDNO; without those for which none is known.</summary>
    internal async Task<IReadOnlyDictionary<string, InvoiceLink>> FindAsync(
        Connection connection,
        IntacctCredentials credentials,
        IReadOnlyCollection<ArInvoiceSummary> invoices,
        CancellationToken cancellationToken
    )
    {
        var links = await ByTitleAsync(connection, invoices, cancellationToken);
        var rest = invoices.Where(i => i.InvoiceNo is not null && !links.ContainsKey(i.RecordNo)).ToList();
        if (rest.Count == 0)
            return links;
        var idsOf = await IdsAsync(connection, credentials, rest, cancellationToken);
        var owners = await keyMap.FindByTargetsAsync(
            connection.Id,
            ZuperFlows.Invoices,
            [.. idsOf.SelectMany(ids => ids).Distinct(StringComparer.Ordinal)],
            cancellationToken
        );
        var rows = await keyMap.GetManyAsync(
            connection.Id,
            ZuperFlows.Invoices,
            [.. owners.Values.Distinct(StringComparer.Ordinal)],
            cancellationToken
        );
        foreach (var invoice in rest)
        {
            if (
                LinkOf(invoice, [.. rows.Values.Where(r => idsOf[invoice.RecordNo].Any(id => IsSame(id, r)))]) is
                { } link
            )
                links[invoice.RecordNo] = link;
        }

        return links;
    }

    /// <summary>Whether the document with this id has this number, or is named by its whole id. Pure.</summary>
    internal static bool IsOf(string documentId, string number) =>
        documentId.EndsWith("-" + number, StringComparison.OrdinalIgnoreCase)
        || (number.Contains('-', StringComparison.Ordinal) && IsSame(documentId, number));

    /// <summary>Those that are known by what their invoices are called in Zuper: all are looked up together.</summary>
    private async Task<Dictionary<string, InvoiceLink>> ByTitleAsync(
        Connection connection,
        IReadOnlyCollection<ArInvoiceSummary> invoices,
        CancellationToken cancellationToken
    )
    {
        var titled = await keyMap.FindByTitlesAsync(
            connection.Id,
            ZuperFlows.Invoices,
            invoices.SelectMany(TitlesOf),
            cancellationToken
        );
        var rows = await keyMap.GetManyAsync(
            connection.Id,
            ZuperFlows.Invoices,
            titled.Values.SelectMany(ids => ids).ToHashSet(StringComparer.Ordinal),
            cancellationToken
        );
        var links = new Dictionary<string, InvoiceLink>(StringComparer.Ordinal);
        foreach (var invoice in invoices)
        {
            var its = TitlesOf(invoice)
                .SelectMany(t => titled[t])
                .Distinct(StringComparer.Ordinal)
                .Select(id => rows[id]);
            if (
                LinkOf(
                    invoice,
                    [.. its.Where(r => IsDocument(r) && NumbersOf(invoice).Any(n => IsOf(r.TargetId!, n)))]
                ) is
                { } link
            )
                links[invoice.RecordNo] = link;
        }

        return links;
    }

    /// <summary>The one that is of the invoice's customer; null where none is. Pure.</summary>
    private static InvoiceLink? LinkOf(ArInvoiceSummary invoice, IReadOnlyList<KeyMapEntry> rows) =>
        rows.Where(r => r.NaturalKey is null || InvoiceLinks.IsOf(r, invoice)).ToList() switch
        {
            [] => null,
            [var only] => new InvoiceLink(only.Key.SourceId),
            var several => InvoiceLink.Ambiguous(
                $"{several.Count} invoices of Zuper are linked to documents with the number {invoice.InvoiceNo}."
            ),
        };

    /// <summary>
    /// The ids that the documents of invoices may have, by RECORDNO of the invoice: of the definition that the settings
    /// name, and, while invoices become documents, those that Intacct shows with their numbers.
    /// </summary>
    private async Task<ILookup<string, string>> IdsAsync(
        Connection connection,
        IntacctCredentials credentials,
        IReadOnlyList<ArInvoiceSummary> invoices,
        CancellationToken cancellationToken
    )
    {
        var settings = connection.Zuper().Invoice;
        var prefix = settings.TransactionDefinition + "-";
        var ids = invoices
            .SelectMany(i =>
                NumbersOf(i)
                    .Where(n => n.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                    .Append(prefix + i.InvoiceNo)
                    .Select(id => (i.RecordNo, Id: id))
            )
            .ToList();
        if (settings.Document != InvoiceDocument.OrderEntry)
            return ids.ToLookup(i => i.RecordNo, i => i.Id, StringComparer.Ordinal);
        var byNumber = invoices.ToLookup(i => i.InvoiceNo!.Trim(), i => i.RecordNo, StringComparer.OrdinalIgnoreCase);
        var query = new IntacctQuery("SODOCUMENT", ["RECORDNO", "DOCID", "DOCNO"])
        {
            Filter = QueryFilter.In("DOCNO", [.. byNumber.Select(n => n.Key)]),
        };
        await foreach (var row in intacct.QueryAsync(credentials, query, cancellationToken))
        {
            if (row["DOCID"] is { } id && row["DOCNO"] is { } number)
                ids.AddRange(byNumber[number.Trim()].Select(recordNo => (recordNo, id)));
        }

        return ids.ToLookup(i => i.RecordNo, i => i.Id, StringComparer.Ordinal);
    }

    /// <summary>
    /// A number alone is no id of a document, since it may be the RECORDNO or the number of any invoice.
    /// </summary>
    private static bool IsDocument(KeyMapEntry row) =>
        row.TargetId is { } target
        && (row.NaturalKey is { } key ? BookedInvoice.NumbersIn(key) : [])
            .Append(row.Title)
            .OfType<string>()
            .Any(n => target.EndsWith("-" + n.Trim(), StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> NumbersOf(ArInvoiceSummary invoice) =>
        new[] { invoice.InvoiceNo, invoice.PoNumber }.OfType<string>().Select(n => n.Trim()).Where(n => n.Length > 0);

    /// <summary>
    /// Its number as Zuper has it: one that was made anew has a suffix in Intacct, such as <c>INV-2041-2</c>.
    /// </summary>
    private static IEnumerable<string> TitlesOf(ArInvoiceSummary invoice)
    {
        if (invoice.InvoiceNo?.Trim() is not { Length: > 0 } number)
            yield break;
        yield return number;
        var suffix = number.LastIndexOf('-');
        if (suffix > 0 && suffix < number.Length - 1 && number[(suffix + 1)..].All(char.IsAsciiDigit))
            yield return number[..suffix];
    }

    private static bool IsSame(string id, KeyMapEntry row) => row.TargetId is { } target && IsSame(id, target);

    private static bool IsSame(string one, string other) =>
        string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
