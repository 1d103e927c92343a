using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.Intacct.Responses;

namespace IntacctSync.Core.Zuper.Invoices.Books;

/// <summary>Invoices of Accounts Receivable. Their id is the RECORDNO of an ARINVOICE.</summary>
/// <remarks>
/// Invoices with an id are read by it and not queried, since a query shows what was written only after a while. A read
/// of all fields brings the lines.
/// </remarks>
internal sealed class ReceivableBook(IntacctClient intacct) : IInvoiceBook
{
    private static readonly string[] Fields = [.. ArInvoiceSummary.Fields, "BASECURR", "TERMNAME"];

    public bool Owns(string targetId) => RecordNumber.Is(targetId);

    public async Task<IReadOnlyList<BookedInvoice>> ByIdAsync(
        FlowBatch batch,
        IReadOnlyCollection<string> targetIds,
        CancellationToken cancellationToken
    )
    {
        var recordNos = targetIds.Where(RecordNumber.Is).ToList();
        return recordNos.Count == 0
            ? []
            :
            [
                .. (
                    await intacct.ReadAsync(batch.Access.Intacct, "ARINVOICE", recordNos, Fields, cancellationToken)
                ).Select(InvoiceOf),
            ];
    }

    public async Task<IReadOnlyList<BookedInvoice>> ByNumberAsync(
        FlowBatch batch,
        IReadOnlyCollection<string> numbers,
        CancellationToken cancellationToken
    ) => numbers.Count == 0 ? [] : await QueryAsync(batch, QueryFilter.In("RECORDID", numbers), cancellationToken);

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
                    "ARINVOICE",
                    [.. booked.Select(b => b.RecordNo)],
                    ["*"],
                    cancellationToken
                );

        // It is not certain whether a read counts lines from 0 or from 1. Their order is certain, so they are counted
        // here.
        return whole
            .SelectMany(w =>
                w.Nested(ArInvoiceLine.Path)
                    .Select(ArInvoiceLine.Read)
                    .OrderBy(l => l.LineNo)
                    .Select((line, index) => (Key: w["RECORDNO"] ?? "", Line: LineOf(line, index + 1)))
            )
            .ToLookup(l => l.Key, l => l.Line, StringComparer.Ordinal);
    }

    public Mapped<Func<ControlId, IntacctFunction>> Create(
        FlowBatch batch,
        InvoiceDraft draft,
        InvoiceContext context
    ) =>
        draft.Lines.FirstOrDefault(context.LacksItem) is { } inactive
            ? new Mapped<Func<ControlId, IntacctFunction>>.Rejected(InvoiceProblems.ItemInactive(inactive))
            : Mapped(draft, context, batch.Connection.Zuper());

    private static Mapped<Func<ControlId, IntacctFunction>> Mapped(
        InvoiceDraft draft,
        InvoiceContext context,
        ZuperConnectionSettings settings
    ) =>
        InvoiceAsReceivable.Of(draft, context, settings) switch
        {
            Mapped<InvoiceFields>.Document d => new Mapped<Func<ControlId, IntacctFunction>>.Document(
                id => InvoiceRequests.Create(id, ForCreate(d.Value)),
                d.Hash
            ),
            Mapped<InvoiceFields>.Rejected r => new Mapped<Func<ControlId, IntacctFunction>>.Rejected(r.Problem),
            _ => throw new InvalidOperationException("A mapping is a document or a rejection."),
        };

    /// <summary>As it is made: a custom field that is empty is not sent.</summary>
    private static InvoiceFields ForCreate(InvoiceFields fields) =>
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
        var kept = byHand ? InvoiceRounding.Without(draft) : InvoiceRounding.Kept(draft, settings.Invoice, lines);
        return InvoiceAsReceivable.Of(kept, context, settings) switch
        {
            Mapped<InvoiceFields>.Document d => ReceivableChange.Of(
                kept,
                d.Value,
                booked,
                lines,
                byHand,
                context.LacksItem,
                changes
            ),
            Mapped<InvoiceFields>.Rejected r => new InvoiceChange.Reject(r.Problem),
            _ => throw new InvalidOperationException("A mapping is a document or a rejection."),
        };
    }

    public Func<ControlId, IntacctFunction> Reverse(BookedInvoice booked, DateOnly on, string cause) =>
        id => InvoiceRequests.Reverse(id, booked.TargetId, on, cause);

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
                new IntacctQuery("ARINVOICE", Fields) { Filter = filter },
                cancellationToken
            )
        )
            found.Add(InvoiceOf(record));
        return found;
    }

    private static BookedInvoice InvoiceOf(IntacctRecord record)
    {
        var summary = ArInvoiceSummary.Read(record);
        return new BookedInvoice
        {
            TargetId = summary.RecordNo,
            RecordNo = summary.RecordNo,
            Number = summary.InvoiceNo,
            CustomerId = summary.CustomerId,
            Total = summary.TrxTotalEntered ?? summary.TotalEntered ?? 0,
            Currency = summary.Currency,
            BaseCurrency = record["BASECURR"],
            State = StateOf(
                summary.State,
                summary.TrxTotalPaid ?? summary.TotalPaid ?? 0,
                summary.TrxTotalDue ?? summary.TotalDue ?? 0
            ),
            Date = summary.Date,
            DueDate = summary.DueDate,
            TermName = record["TERMNAME"],
            ReferenceNo = summary.PoNumber,
            Description = summary.Description,
            MadeByOrderEntry = summary.ModuleKey == ArInvoiceSummary.OrderEntryModule,
        };
    }

    internal static BookedState StateOf(string? state, decimal paid, decimal due) =>
        state switch
        {
            "Reversed" or "Reversal" => BookedState.Reversed,
            "Draft" => BookedState.Draft,
            "Paid" => BookedState.Paid,
            "Partially Paid" or "Selected" => BookedState.PartlyPaid,
            _ => paid == 0 ? BookedState.Open
            : due == 0 ? BookedState.Paid
            : BookedState.PartlyPaid,
        };

    private static BookedLine LineOf(ArInvoiceLine line, int number) =>
        new()
        {
            Number = number,
            Amount = line.TrxAmount ?? line.Amount ?? 0,
            Memo = line.Memo,
            GlAccountNo = line.GlAccountNo,
            AccountLabel = line.AccountLabel,
            ItemId = line.ItemId,
            LocationId = line.LocationId,
            DepartmentId = line.DepartmentId,
            ClassId = line.ClassId,
            ProjectId = line.ProjectId,
        };
}
