using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.Zuper.Invoices.Books;

namespace IntacctSync.Core.Zuper.Comparing;

/// <summary>An invoice or document as Intacct has it, in the words of a comparison.</summary>
internal sealed partial class InvoiceComparison
{
    private ComparedRecord? Of(
        IntacctRecord record,
        CarriedInvoiceFields fields,
        (ILookup<string, IntacctRecord> Of, string? Refused) lines
    )
    {
        if (record["RECORDNO"] is not { } recordNo || IdOf(record) is not { } id)
            return null;
        try
        {
            return Of(record, recordNo, fields, lines);
        }
        catch (FormatException e)
        {
            return ComparedRecord.Unreadable(id, record["RECORDID"] ?? record["DOCNO"] ?? id, Fields.Count, e.Message);
        }
    }

    private static ComparedRecord Of(
        IntacctRecord record,
        string recordNo,
        CarriedInvoiceFields fields,
        (ILookup<string, IntacctRecord> Of, string? Refused) lines
    )
    {
        var isDocument = CarriedInvoiceFields.IsDocument(record);
        IReadOnlyList<IntacctRecord> own = [.. lines.Of[recordNo]];
        var compared = isDocument ? OfDocument(record) : OfReceivable(record);
        compared = compared with
        {
            Values = [.. compared.Values, .. fields.Dimensions.Of(own)],
            CustomFields = fields.Of(record, isDocument, own),
        };
        return isDocument == fields.IsOrderEntry ? WithLines(compared, own, isDocument, lines.Refused) : compared;
    }

    private static ComparedRecord WithLines(
        ComparedRecord compared,
        IReadOnlyList<IntacctRecord> lines,
        bool isDocument,
        string? refused
    )
    {
        if (refused is not null)
            return compared with
            {
                NotCompared = $"Its lines are not compared, since Intacct does not show them: {refused}",
            };
        if (lines.Count == 0)
            return compared;
        try
        {
            return compared with { Lines = InvoiceLineComparison.Of(lines, isDocument) };
        }
        catch (FormatException e)
        {
            return compared with { NotCompared = $"Its lines are not compared, since they can't be read: {e.Message}" };
        }
    }

    private static ComparedRecord OfReceivable(IntacctRecord record)
    {
        var invoice = ArInvoiceSummary.Read(record);
        var total = invoice.TrxTotalEntered ?? invoice.TotalEntered ?? 0;
        return Target(
            (invoice.RecordNo, invoice.InvoiceNo),
            ReceivableBook.StateOf(invoice.State, 0, total),
            invoice.Date,
            (total, invoice.TrxTotalDue ?? invoice.TotalDue, invoice.Currency),
            (invoice.CustomerId, invoice.DueDate),
            [invoice.PoNumber ?? "", invoice.Description ?? "", record["TERMNAME"] ?? ""]
        ) with
        {
            BaseCurrency = record["BASECURR"],
        };
    }

    private static ComparedRecord OfDocument(IntacctRecord record) =>
        Target(
            (record.Required("DOCID"), record["DOCNO"]),
            ReceivableBook.StateOf(record["STATE"], 0, 1),
            record.Date("WHENCREATED"),
            (
                record.Decimal("TRX_TOTAL") ?? record.Decimal("TOTAL") ?? 0,
                record.Decimal("TRX_TOTALDUE") ?? record.Decimal("TOTALDUE"),
                null
            ),
            (record["CUSTVENDID"], record.Date("WHENDUE")),
            [record["PONUMBER"] ?? "", record["MESSAGE"] ?? "", record["TERM.NAME"] ?? ""]
        ) with
        {
            Currency = record["CURRENCY"],
            BaseCurrency = record["BASECURR"],
        };

    /// <param name="name">Its id and number.</param>
    /// <param name="state">How it stands.</param>
    /// <param name="date">Its date.</param>
    /// <param name="amounts">Total, what is due of it, and the currency of both where it is told.</param>
    /// <param name="terms">Customer and due date.</param>
    /// <param name="texts">Reference, description and payment term.</param>
    private static ComparedRecord Target(
        (string Id, string? Number) name,
        BookedState state,
        DateOnly? date,
        (decimal Total, decimal? Due, string? Currency) amounts,
        (string? Customer, DateOnly? DueDate) terms,
        string[] texts
    )
    {
        var isOut = state == BookedState.Reversed;
        var paid = isOut ? null : amounts.Total - amounts.Due;
        return new ComparedRecord(
            name.Id,
            name.Number ?? name.Id,
            [
                terms.Customer,
                ComparedRecord.Text(date),
                ComparedRecord.Text(terms.DueDate),
                ComparedRecord.Text(amounts.Total),
                ComparedRecord.Text(paid),
                amounts.Currency,
                isOut ? OutOfBooks
                : state == BookedState.Draft ? ADraft
                : InBooks,
                .. texts,
            ]
        )
        {
            Date = date,
            Currency = amounts.Currency,
            Amount = isOut ? 0 : amounts.Total,
            Paid = paid,
            IsOut = isOut,
        };
    }
}
