using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.Zuper.CustomFields;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Core.Zuper.Invoices.Books;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Comparing;

/// <summary>
/// The custom fields that invoices and their lines carry, on both sides of a comparison. What the lines have is one
/// field of the invoice, such as <c>lines.HOURS</c>.
/// </summary>
internal sealed class CarriedInvoiceFields
{
    private readonly string _definition;
    private readonly (CarriedFieldMap Head, CarriedFieldMap Line) _receivable;
    private readonly (CarriedFieldMap Head, CarriedFieldMap Line) _document;

    private CarriedInvoiceFields(
        ZuperConnectionSettings settings,
        (CarriedFieldMap Head, CarriedFieldMap Line) receivable,
        (CarriedFieldMap Head, CarriedFieldMap Line) document
    )
    {
        _definition = settings.Invoice.TransactionDefinition;
        IsOrderEntry = settings.Invoice.Document == InvoiceDocument.OrderEntry;
        Dimensions = new InvoiceDimensions(settings);
        Accounts =
        [
            .. Enum.GetValues<InvoiceLineKind>()
                .Select(kind => InvoiceAsReceivable.AccountOf(settings.Invoice, kind))
                .OfType<string>()
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];
        (_receivable, _document) = (receivable, document);
    }

    /// <summary>Whether new invoices become documents of Order Entry.</summary>
    public bool IsOrderEntry { get; }

    /// <summary>The accounts and labels that lines are booked on.</summary>
    public IReadOnlyList<string> Accounts { get; }

    /// <summary>The dimensions of the lines.</summary>
    public InvoiceDimensions Dimensions { get; }

    /// <summary>Whether anything is read from custom fields of Zuper.</summary>
    public bool Any => Dimensions.Names.Count > 0 || Maps(IsOrderEntry) is { Head.Any: true } or { Line.Any: true };

    /// <summary>Of the kind of document that the settings choose; one of the other kind is compared without.</summary>
    public static async Task<CarriedInvoiceFields> OfAsync(
        CustomFieldCatalog catalog,
        ComparedScope scope,
        CancellationToken ct
    )
    {
        var settings = scope.Connection.Zuper();
        var chosen = (
            await catalog.OfAsync(scope, CarriedFieldKind.OfInvoices(settings.Invoice.Document), ct),
            await catalog.OfAsync(scope, CarriedFieldKind.OfLines(settings.Invoice.Document), ct)
        );
        var none = (
            new CarriedFieldMap(CarriedFieldKind.OrderEntry, settings, []),
            new CarriedFieldMap(CarriedFieldKind.OrderEntryLine, settings, [])
        );
        return settings.Invoice.Document == InvoiceDocument.OrderEntry
            ? new CarriedInvoiceFields(settings, none, chosen)
            : new CarriedInvoiceFields(settings, chosen, none);
    }

    /// <summary>Whether a counterpart is of the kind and the transaction definition that the settings choose.</summary>
    public bool IsOfToday(string targetId) =>
        IsOrderEntry
            ? targetId.StartsWith(_definition + "-", StringComparison.OrdinalIgnoreCase)
            : RecordNumber.Is(targetId);

    public static bool IsDocument(IntacctRecord record) => record.Has("DOCID");

    /// <summary>The names of those of the head.</summary>
    public IReadOnlyList<string> Of(bool isDocument) => Maps(isDocument).Head.Names;

    public IntacctQuery Receivables(IReadOnlyList<string> fields, QueryFilter? filter) =>
        new("ARINVOICE", [.. fields, .. Of(isDocument: false)]) { Filter = filter };

    public IntacctQuery Documents(IReadOnlyList<string> fields, QueryFilter? filter) =>
        new("SODOCUMENT", [.. fields, .. Of(isDocument: true)])
        {
            Filter = filter,
            Definition = Of(isDocument: true).Count > 0 ? _definition : null,
        };

    /// <summary>
    /// The lines of invoices or documents by their RECORDNO. If Intacct refuses to show what is compared of a line
    /// itself, that is left out, and <c>Refused</c> says why.
    /// </summary>
    /// <exception cref="IntacctException">They could not be read for another cause, or what lines carry in dimensions
    /// and custom fields could not.</exception>
    public async Task<(ILookup<string, IntacctRecord> Lines, string? Refused)> LinesAsync(
        IntacctClient intacct,
        ComparedScope scope,
        IReadOnlyList<IntacctRecord> heads,
        CancellationToken ct
    )
    {
        var lines = new List<(string Head, IntacctRecord Line)>();
        string? refused = null;
        foreach (var kind in heads.ToLookup(IsDocument))
        {
            // Of the kind that the settings do not choose, the lines themselves are not compared.
            var compared = kind.Key == IsOrderEntry ? InvoiceLineComparison.Names(kind.Key) : [];
            IReadOnlyList<string> carried =
            [
                .. Dimensions
                    .Names.Concat(Maps(kind.Key).Line.Names)
                    .Except(compared, StringComparer.OrdinalIgnoreCase),
            ];
            string[] ids = [.. kind.Select(h => h["RECORDNO"]).OfType<string>()];
            if (ids.Length == 0 || compared.Count + carried.Count == 0)
                continue;
            try
            {
                lines.AddRange(await ReadAsync(kind.Key, ids, [.. compared, .. carried]));
            }
            catch (IntacctException e) when (e.Classified is { Class: FailureClass.Data } failure)
            {
                refused = failure.Problem.Message;
                if (carried.Count > 0)
                    lines.AddRange(await ReadAsync(kind.Key, ids, carried));
            }
        }

        return (lines.ToLookup(l => l.Head, l => l.Line, StringComparer.Ordinal), refused);

        async Task<List<(string Head, IntacctRecord Line)>> ReadAsync(
            bool isDocument,
            string[] ids,
            IReadOnlyList<string> names
        )
        {
            var (objectName, parent) = isDocument ? ("SODOCUMENTENTRY", "DOCHDRNO") : ("ARINVOICEITEM", "RECORDKEY");
            var query = new IntacctQuery(objectName, [parent, .. names])
            {
                Filter = QueryFilter.In(parent, ids),
                Definition = isDocument ? _definition : null,
            };
            var read = new List<(string Head, IntacctRecord Line)>();
            await foreach (var page in intacct.QueryPagesAsync(scope.Access.Intacct, query, ct))
                read.AddRange(page.Records.Select(line => (line[parent] ?? "", line)));
            return read;
        }
    }

    /// <summary>What Zuper has in them, in Intacct's words; nothing where a list leaves custom fields out.</summary>
    public IReadOnlyDictionary<string, string?> Of(ZuperInvoice invoice)
    {
        var (head, line) = Maps(IsOrderEntry);
        if (!head.Any && !line.Any)
            return CarriedFields.None.Values;
        var fields = new Dictionary<string, string?>(head.Of(invoice).Values, StringComparer.Ordinal);
        var lines = invoice.Lines.Where(l => !l.IsSection).Select(line.Of).ToList();
        if (line.Any && invoice.LinesKnown && lines.TrueForAll(l => l.Problem is null))
        {
            foreach (var name in line.Names)
                fields[InvoiceFieldChanges.OfLines(name)] = InvoiceFieldChanges.Together(
                    lines.Select(l => l.Values.GetValueOrDefault(name))
                );
        }

        return fields;
    }

    /// <summary>What Intacct has in them.</summary>
    public IReadOnlyDictionary<string, string?> Of(
        IntacctRecord record,
        bool isDocument,
        IReadOnlyList<IntacctRecord> lines
    )
    {
        var (head, line) = Maps(isDocument);
        if (!head.Any && !line.Any)
            return CarriedFields.None.Values;
        var fields = new Dictionary<string, string?>(head.Spelled(name => record[name]), StringComparer.Ordinal);
        var values = lines.Select(l => line.Spelled(name => l[name])).ToList();
        foreach (var name in line.Names)
            fields[InvoiceFieldChanges.OfLines(name)] = InvoiceFieldChanges.Together(
                values.Select(v => v.GetValueOrDefault(name))
            );
        return fields;
    }

    private (CarriedFieldMap Head, CarriedFieldMap Line) Maps(bool isDocument) => isDocument ? _document : _receivable;
}
