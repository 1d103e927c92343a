using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.Intacct.Responses;

namespace IntacctSync.Core.Zuper.Invoices.Books;

/// <summary>
/// Documents of Order Entry. The id of a document is the name of its definition, a hyphen and its number. The RECORDNO
/// of its invoice changes with each edit.
/// </summary>
/// <remarks>
/// Fields: the lookups of SODOCUMENT and SODOCUMENTENTRY (developer.intacct.com, Order Entry Transactions).
/// </remarks>
internal sealed class OrderEntryBook(IntacctClient intacct) : IInvoiceBook
{
    private static readonly string[] Fields =
    [
        "RECORDNO",
        "DOCID",
        "DOCNO",
        "STATE",
        "CUSTVENDID",
        "WHENCREATED",
        "WHENDUE",
        "TERM.NAME",
        "PONUMBER",
        "MESSAGE",
        "TOTAL",
        "TRX_TOTAL",
        "CURRENCY",
        "BASECURR",
        "TRX_TOTALPAID",
        "TOTALPAID",
        "TRX_TOTALDUE",
        "TOTALDUE",
    ];

    public bool Owns(string targetId) => !RecordNumber.Is(targetId);

    public async Task<IReadOnlyList<BookedInvoice>> ByIdAsync(
        FlowBatch batch,
        IReadOnlyCollection<string> targetIds,
        CancellationToken cancellationToken
    ) =>
        targetIds.Count == 0
            ? []
            :
            [
                .. (
                    await intacct.ReadByNameAsync(
                        batch.Access.Intacct,
                        "SODOCUMENT",
                        targetIds,
                        Fields,
                        cancellationToken
                    )
                ).Select(DocumentOf),
            ];

    public Task<IReadOnlyList<BookedInvoice>> ByNumberAsync(
        FlowBatch batch,
        IReadOnlyCollection<string> numbers,
        CancellationToken cancellationToken
    ) => ByNumberAsync(batch, numbers, [batch.Connection.Zuper().Invoice.TransactionDefinition], cancellationToken);

    /// <summary>The documents with one of the numbers, of certain transaction definitions.</summary>
    public async Task<IReadOnlyList<BookedInvoice>> ByNumberAsync(
        FlowBatch batch,
        IReadOnlyCollection<string> numbers,
        IReadOnlyCollection<string> definitions,
        CancellationToken cancellationToken
    ) =>
        numbers.Count == 0
            ? []
            : await QueryAsync(
                batch,
                QueryFilter.And(QueryFilter.In("DOCNO", numbers), QueryFilter.In("DOCPARID", definitions))!,
                cancellationToken
            );

    public async Task<ILookup<string, BookedLine>> LinesAsync(
        FlowBatch batch,
        IReadOnlyCollection<BookedInvoice> booked,
        CancellationToken cancellationToken
    )
    {
        var whole =
            booked.Count == 0
                ? []
                : await intacct.ReadAsync(
                    batch.Access.Intacct,
                    "SODOCUMENT",
                    [.. booked.Select(b => b.RecordNo)],
                    ["*"],
                    cancellationToken
                );
        return whole
            .SelectMany(w => LinesOf(w).Select(line => (Key: w["RECORDNO"] ?? "", Line: line)))
            .ToLookup(l => l.Key, l => l.Line, StringComparer.Ordinal);
    }

    public Mapped<Func<ControlId, IntacctFunction>> Create(
        FlowBatch batch,
        InvoiceDraft draft,
        InvoiceContext context
    ) =>
        Checked(batch, draft, context) switch
        {
            Mapped<OrderEntryFields>.Document d => new Mapped<Func<ControlId, IntacctFunction>>.Document(
                id => OrderEntryRequests.Create(id, ForCreate(d.Value)),
                d.Hash
            ),
            Mapped<OrderEntryFields>.Rejected r => new Mapped<Func<ControlId, IntacctFunction>>.Rejected(r.Problem),
            _ => throw new InvalidOperationException("A mapping is a document or a rejection."),
        };

    /// <summary>As it is made: a custom field that is empty is not sent.</summary>
    private static OrderEntryFields ForCreate(OrderEntryFields fields) =>
        fields with
        {
            CustomFields = CustomFieldXml.WithoutBlanks(fields.CustomFields),
            Lines =
            [
                .. fields.Lines.Select(l => l with { CustomFields = CustomFieldXml.WithoutBlanks(l.CustomFields) }),
            ],
        };

    public InvoiceChange Change(
        FlowBatch batch,
        InvoiceDraft draft,
        InvoiceContext context,
        BookedInvoice booked,
        IReadOnlyList<BookedLine> lines,
        InvoiceFieldChanges changes
    )
    {
        var settings = batch.Connection.Zuper();
        var byHand = InvoiceRounding.IsByHand(draft, settings.Invoice, booked);
        var mapped = byHand
            ? InvoiceAsDocument.Of(InvoiceRounding.Without(draft), context, settings)
            : Checked(batch, draft, context);
        return mapped switch
        {
            Mapped<OrderEntryFields>.Document d => DocumentChange.Of(draft, d.Value, booked, lines, byHand, changes),
            Mapped<OrderEntryFields>.Rejected r => new InvoiceChange.Reject(r.Problem),
            _ => throw new InvalidOperationException("A mapping is a document or a rejection."),
        };
    }

    public Func<ControlId, IntacctFunction> Reverse(BookedInvoice booked, DateOnly on, string cause) =>
        id => OrderEntryRequests.Delete(id, booked.TargetId);

    /// <summary>
    /// The document, if Intacct will compute the very total that Zuper has, to the cent. Else nothing is sent.
    /// </summary>
    private static Mapped<OrderEntryFields> Checked(FlowBatch batch, InvoiceDraft draft, InvoiceContext context)
    {
        var mapped = InvoiceAsDocument.Of(draft, context, batch.Connection.Zuper());
        if (mapped is not Mapped<OrderEntryFields>.Document { Value: var fields })
            return mapped;
        var (lines, rest) = (fields.Lines.Sum(InvoiceAsDocument.Value), fields.Subtotals.Sum(s => s.Total));
        return lines + rest == draft.Total
            ? mapped
            : new Mapped<OrderEntryFields>.Rejected(InvoiceProblems.DoesNotAddUp(lines, 0, rest, 0, draft.Total));
    }

    private async Task<IReadOnlyList<BookedInvoice>> QueryAsync(
        FlowBatch batch,
        QueryFilter filter,
        CancellationToken cancellationToken
    )
    {
        var found = new List<BookedInvoice>();
        await foreach (
            var record in intacct.QueryAsync(
                batch.Access.Intacct,
                new IntacctQuery("SODOCUMENT", Fields) { Filter = filter },
                cancellationToken
            )
        )
            found.Add(DocumentOf(record));
        return found;
    }

    private static BookedInvoice DocumentOf(IntacctRecord record) =>
        new()
        {
            TargetId = record["DOCID"] ?? "",
            RecordNo = record["RECORDNO"] ?? "",
            Number = record["DOCNO"],
            CustomerId = record["CUSTVENDID"],
            Total = record.Decimal("TRX_TOTAL") ?? record.Decimal("TOTAL") ?? 0,
            Currency = record["CURRENCY"],
            BaseCurrency = record["BASECURR"],
            State = ReceivableBook.StateOf(
                record["STATE"] == "Draft" ? "Draft" : null,
                record.Decimal("TRX_TOTALPAID") ?? record.Decimal("TOTALPAID") ?? 0,
                record.Decimal("TRX_TOTALDUE") ?? record.Decimal("TOTALDUE") ?? 0
            ),
            Date = record.Date("WHENCREATED"),
            DueDate = record.Date("WHENDUE"),
            TermName = record["TERM.NAME"],
            ReferenceNo = record["PONUMBER"],
            Description = record["MESSAGE"],
        };

    /// <summary>The lines in their order, then the subtotals that are not zero.</summary>
    private static IEnumerable<BookedLine> LinesOf(IntacctRecord document) =>
        [
            .. document
                .Nested("SODOCUMENTENTRIES.SODOCUMENTENTRY")
                .OrderBy(l => l.Decimal("LINE_NO"))
                .Select((line, index) => LineOf(line, index + 1)),
            .. document
                .Nested("SUBTOTALS.SODOCUMENTSUBTOTALS")
                .Select(
                    (s, index) =>
                        new BookedLine
                        {
                            Number = index + 1,
                            Subtotal = s["DESCRIPTION"] ?? "",
                            Amount = s.Decimal("TRX_TOTAL") ?? s.Decimal("TOTAL") ?? 0,
                        }
                )
                .Where(s => s.Amount != 0),
        ];

    private static BookedLine LineOf(IntacctRecord line, int number) =>
        new()
        {
            Number = number,
            Amount = line.Decimal("TRX_VALUE") ?? 0,
            Memo = line["MEMO"],
            ItemId = line["ITEMID"],
            LocationId = line["LOCATIONID"],
            DepartmentId = line["DEPARTMENTID"],
            ClassId = line["CLASSID"],
            ProjectId = line["PROJECTID"],
            Quantity = line.Decimal("UIQTY"),
            Price = line.Decimal("UIPRICE"),
            DiscountPercent = line.Decimal("DISCOUNTPERCENT"),
        };
}
