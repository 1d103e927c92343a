using IntacctSync.Core.Intacct.Responses;

namespace IntacctSync.Core.Intacct.Records;

/// <summary>The head of an ARINVOICE. Amounts that Intacct leaves empty are null, never nought.</summary>
/// <remarks>Fields: the lookup of ARINVOICE (developer.intacct.com, Accounts Receivable, Invoices).</remarks>
public sealed record ArInvoiceSummary
{
    /// <summary>MODULEKEY of the invoices of Accounts Receivable itself.</summary>
    public const string ReceivablesModule = "4.AR";

    /// <summary>MODULEKEY of invoices that documents of Order Entry made.</summary>
    public const string OrderEntryModule = "8.SO";

    public static IReadOnlyList<string> Fields { get; } =
    [
        "RECORDNO",
        "RECORDID",
        "CUSTOMERID",
        "STATE",
        "DOCNUMBER",
        "DESCRIPTION",
        "CURRENCY",
        "MODULEKEY",
        "TOTALENTERED",
        "TOTALPAID",
        "TOTALDUE",
        "TRX_TOTALENTERED",
        "TRX_TOTALPAID",
        "TRX_TOTALDUE",
        "WHENCREATED",
        "WHENDUE",
        "WHENMODIFIED",
    ];

    public required string RecordNo { get; init; }

    public string? InvoiceNo { get; init; }

    public string? CustomerId { get; init; }

    /// <summary>Draft, Posted, Selected, Partially Paid, Paid, Reversed or Reversal.</summary>
    public string? State { get; init; }

    /// <summary>Whether it is reversed, or reverses another one: it is no longer in the books.</summary>
    public bool IsReversed => State is "Reversed" or "Reversal";

    /// <summary>What create_invoice calls ponumber.</summary>
    public string? PoNumber { get; init; }

    public string? Description { get; init; }

    public string? Currency { get; init; }

    public string? ModuleKey { get; init; }

    /// <summary>In the base currency; so are the next two.</summary>
    public decimal? TotalEntered { get; init; }

    public decimal? TotalPaid { get; init; }

    public decimal? TotalDue { get; init; }

    /// <summary>In the transaction's currency, as the next two.</summary>
    public decimal? TrxTotalEntered { get; init; }

    public decimal? TrxTotalPaid { get; init; }

    public decimal? TrxTotalDue { get; init; }

    public DateOnly? Date { get; init; }

    public DateOnly? DueDate { get; init; }

    /// <summary>As Intacct writes it, in the user's offset.</summary>
    public string? WhenModified { get; init; }

    /// <exception cref="FormatException">No RECORDNO, or an amount or date that can't be read.</exception>
    public static ArInvoiceSummary Read(IntacctRecord record) =>
        new()
        {
            RecordNo = record.Required("RECORDNO"),
            InvoiceNo = record["RECORDID"],
            CustomerId = record["CUSTOMERID"],
            State = record["STATE"],
            PoNumber = record["DOCNUMBER"],
            Description = record["DESCRIPTION"],
            Currency = record["CURRENCY"],
            ModuleKey = record["MODULEKEY"],
            TotalEntered = record.Decimal("TOTALENTERED"),
            TotalPaid = record.Decimal("TOTALPAID"),
            TotalDue = record.Decimal("TOTALDUE"),
            TrxTotalEntered = record.Decimal("TRX_TOTALENTERED"),
            TrxTotalPaid = record.Decimal("TRX_TOTALPAID"),
            TrxTotalDue = record.Decimal("TRX_TOTALDUE"),
            Date = record.Date("WHENCREATED"),
            DueDate = record.Date("WHENDUE"),
            WhenModified = record["WHENMODIFIED"],
        };
}
