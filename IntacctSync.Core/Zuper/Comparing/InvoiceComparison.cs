using System.Runtime.CompilerServices;
using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.CustomFields;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Core.Zuper.Invoices.Books;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Comparing;

/// <summary>Zuper's invoices beside those of Accounts Receivable, or the documents of Order Entry.</summary>
internal sealed class InvoiceComparison(
    ZuperClient zuper,
    IntacctClient intacct,
    CustomFieldCatalog customFields,
    KeyMapStore keyMap
) : IFlowComparison
{
    private const string InBooks = "in the books";
    private const string OutOfBooks = "out of the books";

    private static readonly string[] DocumentFields =
    [
        "RECORDNO",
        "DOCID",
        "DOCNO",
        "STATE",
        "CUSTVENDID",
        "WHENCREATED",
        "WHENDUE",
        "PONUMBER",
        "MESSAGE",
        "TOTAL",
        "TRX_TOTAL",
    ];

    public FlowName Flow => ZuperFlows.Invoices;

    public IReadOnlyList<string> Fields { get; } =
    ["customer", "date", "dueDate", "total", "state", "reference", "description"];

    public bool IsOwnUntilWritten(string field) => field is "reference" or "description";

    public string FingerprintOfCustomField(string name) => CustomFieldXml.Remembered(name);

    public async IAsyncEnumerable<IReadOnlyList<ComparedRecord>> SourceAsync(
        ComparedScope scope,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var (settings, account) = (scope.Connection.Zuper(), scope.Access.Zuper());
        var fields = await CarriedInvoiceFields.OfAsync(customFields, scope, ct);
        await foreach (var page in zuper.ReadAllInvoicesAsync(account, ct))
        {
            IReadOnlyList<ZuperInvoice> wanted =
            [
                .. page.Items.Where(i => scope.Holds(InvoiceMapper.DateOf(i.InvoiceDate, settings))),
            ];
            if (fields.Any)
                wanted = await Sides.WholeAsync(
                    wanted,
                    uids => zuper.GetInvoicesAsync(account, uids, RequestPriority.Bulk, ct)
                );
            yield return await OfAsync(scope, wanted, fields, ct);
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<ComparedRecord>> TargetAsync(
        ComparedScope scope,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var fields = await CarriedInvoiceFields.OfAsync(customFields, scope, ct);
        var query = fields.IsOrderEntry
            ? fields.Documents(
                DocumentFields,
                QueryFilter.And(
                    QueryFilter.EqualTo("DOCPARID", scope.Connection.Zuper().Invoice.TransactionDefinition),
                    Sides.Within("WHENCREATED", scope)
                )
            )
            : fields.Receivables(ArInvoiceSummary.Fields, Sides.Within("WHENCREATED", scope));
        await foreach (var page in intacct.QueryPagesAsync(scope.Access.Intacct, query, ct))
        {
            var lines = await fields.LinesAsync(intacct, scope, page.Records, ct);
            yield return [.. page.Records.Select(r => Of(r, fields, lines)).OfType<ComparedRecord>()];
        }
    }

    public async Task<ComparedRecord?> FindSourceAsync(ComparedScope scope, string sourceId, CancellationToken ct) =>
        await zuper.GetInvoiceAsync(scope.Access.Zuper(), sourceId, RequestPriority.Live, ct) is { } invoice
            ? (
                await OfAsync(scope, [invoice], await CarriedInvoiceFields.OfAsync(customFields, scope, ct), ct)
            ).Single() with
            {
                Whole = Sides.Whole(invoice),
            }
            : null;

    public async Task<IReadOnlyDictionary<string, ComparedRecord>> FindTargetsAsync(
        ComparedScope scope,
        IReadOnlyCollection<KeyMapEntry> entries,
        CancellationToken ct
    )
    {
        var found = new Dictionary<string, ComparedRecord>(StringComparer.OrdinalIgnoreCase);
        var fields = await CarriedInvoiceFields.OfAsync(customFields, scope, ct);
        var ids = entries
            .Select(e => e.TargetId!)
            .Distinct(StringComparer.Ordinal)
            .ToLookup(id => id.All(char.IsAsciiDigit));
        if (ids[true].Any())
            await KeepAsync(
                await intacct.ReadAsync(
                    scope.Access.Intacct,
                    "ARINVOICE",
                    [.. ids[true]],
                    [.. ArInvoiceSummary.Fields, .. fields.Of(isDocument: false)],
                    ct
                )
            );

        // The custom fields of a document are shown only to who names its transaction definition, as a query can.
        if (ids[false].Any() && fields.Of(isDocument: true).Count > 0)
        {
            var query = fields.Documents(DocumentFields, QueryFilter.In("DOCID", [.. ids[false]]));
            await foreach (var page in intacct.QueryPagesAsync(scope.Access.Intacct, query, ct))
                await KeepAsync(page.Records);
        }
        else if (ids[false].Any())
            await KeepAsync(
                await intacct.ReadByNameAsync(scope.Access.Intacct, "SODOCUMENT", [.. ids[false]], DocumentFields, ct)
            );

        return entries
            .Where(e => found.ContainsKey(e.TargetId!))
            .ToDictionary(e => e.Key.SourceId, e => found[e.TargetId!], StringComparer.Ordinal);

        async Task KeepAsync(IReadOnlyList<IntacctRecord> records)
        {
            var lines = await fields.LinesAsync(intacct, scope, records, ct);
            foreach (var record in records)
            {
                if (Of(record, fields, lines) is { } compared)
                    found[compared.Id] = compared with { Whole = Sides.Whole(record) };
            }
        }
    }

    private async Task<IReadOnlyList<ComparedRecord>> OfAsync(
        ComparedScope scope,
        IReadOnlyList<ZuperInvoice> invoices,
        CarriedInvoiceFields fields,
        CancellationToken ct
    )
    {
        var organizations = await LinksAsync(scope, ZuperFlows.Organizations, invoices.Select(Payer), ct);
        var settings = scope.Connection.Zuper();
        return
        [
            .. invoices.Select(invoice =>
            {
                var date = InvoiceMapper.DateOf(invoice.InvoiceDate, settings);
                var isGone = InvoiceStatus.Gone(invoice) is not null;
                return new ComparedRecord(
                    invoice.Uid,
                    invoice.DisplayNumber ?? "",
                    [
                        Payer(invoice) is { } payer ? organizations.GetValueOrDefault(payer) : null,
                        ComparedRecord.Text(date),
                        ComparedRecord.Text(InvoiceMapper.DateOf(invoice.DueDate, settings)),
                        ComparedRecord.Text(invoice.Total),
                        isGone ? OutOfBooks : InBooks,
                        Said(IntacctText.Cut(invoice.ReferenceNo, InvoiceText.Reference), invoice),
                        Said(InvoiceText.Description(invoice), invoice),
                    ]
                )
                {
                    CustomFields = fields.Of(invoice),
                    Date = date,
                    Amount = isGone ? 0 : invoice.Total ?? 0,
                    Currency = settings.Invoice.Currency,
                    ChangedAt = invoice.UpdatedAt,
                    Shows = invoice.CustomField(InvoiceMapper.SageInvoiceId),
                    LeftOut = WhyLeftOut(invoice, date, scope),
                };
            }),
        ];
    }

    /// <summary>A list may leave out a text that the details have: only those say that there is none.</summary>
    private static string? Said(string text, ZuperInvoice invoice) => text.Length > 0 || invoice.IsWhole ? text : null;

    private static string? WhyLeftOut(ZuperInvoice invoice, DateOnly? date, ComparedScope scope)
    {
        if (InvoiceStatus.Gone(invoice) is { } gone)
            return $"It is {gone} in Zuper.";
        if (!InvoiceStatus.IsAmong(invoice, scope.Connection.Zuper().Invoice.Statuses))
            return $"It is {invoice.Status ?? "without a status"} in Zuper.";
        return date < scope.Connection.StartDate() ? "It is dated before the sync's start." : null;
    }

    /// <summary>The organization that an invoice is billed to, where Zuper says it on the invoice.</summary>
    private static string? Payer(ZuperInvoice invoice) => invoice.OrganizationUid;

    private async Task<IReadOnlyDictionary<string, string>> LinksAsync(
        ComparedScope scope,
        FlowName flow,
        IEnumerable<string?> uids,
        CancellationToken ct
    )
    {
        var wanted = uids.OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (wanted.Count == 0)
            return new Dictionary<string, string>(StringComparer.Ordinal);
        var rows = await keyMap.GetManyAsync(scope.Connection.Id, flow, wanted, ct);
        return rows.Where(r => r.Value.TargetId is not null)
            .ToDictionary(r => r.Key, r => r.Value.TargetId!, StringComparer.Ordinal);
    }

    private static ComparedRecord? Of(
        IntacctRecord record,
        CarriedInvoiceFields fields,
        ILookup<string, IntacctRecord> lines
    )
    {
        if (record["RECORDNO"] is not { } recordNo)
            return null;
        var isDocument = CarriedInvoiceFields.IsDocument(record);
        return (isDocument ? OfDocument(record) : OfReceivable(record)) with
        {
            CustomFields = fields.Of(record, isDocument, [.. lines[recordNo]]),
        };
    }

    private static ComparedRecord OfReceivable(IntacctRecord record)
    {
        var invoice = ArInvoiceSummary.Read(record);
        var total = invoice.TrxTotalEntered ?? invoice.TotalEntered ?? 0;
        return Target(
            invoice.RecordNo,
            invoice.InvoiceNo,
            total,
            ReceivableBook.StateOf(invoice.State, 0, total),
            invoice.Date,
            [invoice.CustomerId, ComparedRecord.Text(invoice.DueDate), invoice.PoNumber, invoice.Description]
        );
    }

    private static ComparedRecord OfDocument(IntacctRecord record) =>
        Target(
            record.Required("DOCID"),
            record["DOCNO"],
            record.Decimal("TRX_TOTAL") ?? record.Decimal("TOTAL") ?? 0,
            ReceivableBook.StateOf(record["STATE"], 0, 1),
            record.Date("WHENCREATED"),
            [record["CUSTVENDID"], ComparedRecord.Text(record.Date("WHENDUE")), record["PONUMBER"], record["MESSAGE"]]
        );

    /// <param name="id">Its id.</param>
    /// <param name="number">Its number.</param>
    /// <param name="total">In the transaction's currency.</param>
    /// <param name="state">How it stands.</param>
    /// <param name="date">Its date.</param>
    /// <param name="rest">Customer, due date, reference and description.</param>
    private static ComparedRecord Target(
        string id,
        string? number,
        decimal total,
        BookedState state,
        DateOnly? date,
        string?[] rest
    )
    {
        var isOut = state == BookedState.Reversed;
        return new ComparedRecord(
            id,
            number ?? id,
            [
                rest[0],
                ComparedRecord.Text(date),
                rest[1],
                ComparedRecord.Text(total),
                isOut ? OutOfBooks
                : state == BookedState.Draft ? "a draft"
                : InBooks,
                rest[2] ?? "",
                rest[3] ?? "",
            ]
        )
        {
            Date = date,
            Amount = isOut ? 0 : total,
        };
    }
}
