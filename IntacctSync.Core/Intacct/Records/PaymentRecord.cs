using IntacctSync.Core.Intacct.Responses;

namespace IntacctSync.Core.Intacct.Records;

/// <summary>The head of an ARPYMT. Only its <see cref="PaymentApplication"/>s say what it paid.</summary>
/// <remarks>Fields: the lookup of ARPYMT (developer.intacct.com, Accounts Receivable, AR Payments).</remarks>
public sealed record PaymentRecord
{
    public static IReadOnlyList<string> Fields { get; } =
    [
        "RECORDNO",
        "RECORDID",
        "RECORDTYPE",
        "STATE",
        "DISPLAYSTATE",
        "PAYMENTMETHOD",
        "CUSTOMERID",
        "CUSTOMERNAME",
        "DOCNUMBER",
        "DESCRIPTION",
        "RECEIPTDATE",
        "WHENPAID",
        "CURRENCY",
        "TOTALENTERED",
        "TOTALPAID",
        "TOTALDUE",
        "TRX_TOTALENTERED",
        "TRX_TOTALPAID",
        "TRX_TOTALDUE",
        "PARENTPAYMENTKEY",
        "WHENCREATED",
        "WHENMODIFIED",
    ];

    /// <summary>
    /// The field of <see cref="EnteredAt"/>, in GMT; WHENCREATED of a payment is a date that a person gives.
    /// </summary>
    public const string Entered = "AUWHENCREATED";

    public required string RecordNo { get; init; }

    public string? RecordId { get; init; }

    /// <summary>rp an overpayment, rr an advance, ro an overpayment that was applied.</summary>
    public string? RecordType { get; init; }

    /// <summary>The letter or word of the state; <see cref="DisplayState"/> is what people see.</summary>
    public string? State { get; init; }

    /// <summary>Draft, Complete, Reconciled, Reversed or Reversal.</summary>
    public string? DisplayState { get; init; }

    public string? PaymentMethod { get; init; }

    public string? CustomerId { get; init; }

    public string? CustomerName { get; init; }

    public string? DocNumber { get; init; }

    public string? Description { get; init; }

    public DateOnly? ReceiptDate { get; init; }

    public DateOnly? WhenPaid { get; init; }

    public string? Currency { get; init; }

    /// <summary>In the base currency; so are the next two.</summary>
    public decimal? TotalEntered { get; init; }

    public decimal? TotalPaid { get; init; }

    public decimal? TotalDue { get; init; }

    /// <summary>In the payment's currency; so are the next two.</summary>
    public decimal? TrxTotalEntered { get; init; }

    public decimal? TrxTotalPaid { get; init; }

    public decimal? TrxTotalDue { get; init; }

    /// <summary>RECORDNO of the payment that this one was made from.</summary>
    public string? ParentPaymentKey { get; init; }

    /// <summary>As Intacct writes it; so is the next, in the user's offset.</summary>
    public string? WhenCreated { get; init; }

    public string? WhenModified { get; init; }

    /// <summary>When it was entered; null where that was not read, or can't be.</summary>
    public DateTimeOffset? EnteredAt { get; init; }

    /// <summary>What Intacct says was paid with it, in its own currency; null where it does not say.</summary>
    public decimal? Paid => TrxTotalPaid ?? TotalPaid;

    /// <summary>Whether details come to what was paid with it. Pure.</summary>
    /// <remarks>
    /// That what other payments applied of it counts is [assumed]. Whether the credits and discounts do that were taken
    /// with it is not known, nor whether what is left of it does, so it is enough that the sum agrees with or without
    /// them.
    /// </remarks>
    /// <param name="own">What the details gave of the payment's money, and what other payments did.</param>
    /// <param name="discounts">What they gave of discounts.</param>
    /// <param name="all">What they gave of whatever source, the money that other payments gave included.</param>
    public ShownDetails Shown(decimal own, decimal discounts, decimal all)
    {
        if (Paid is not { } paid)
            return ShownDetails.All;
        decimal[] sums = [own, own + discounts, all - discounts, all];
        return sums.Contains(paid) || sums.Contains(paid - (TrxTotalDue ?? TotalDue ?? 0)) ? ShownDetails.All
            : all < paid ? ShownDetails.Some
            : ShownDetails.Unclear;
    }

    /// <summary>What people call it: its number; where it has none, whose payment it is.</summary>
    public string Title => TitleOf(DocNumber, RecordId, CustomerName, RecordNo);

    /// <summary>The same of one of which something else can't be read.</summary>
    public static string TitleOf(IntacctRecord row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return TitleOf(row["DOCNUMBER"], row["RECORDID"], row["CUSTOMERNAME"], row["RECORDNO"] ?? "");
    }

    private static string TitleOf(string? docNumber, string? recordId, string? customerName, string recordNo) =>
        docNumber
        ?? recordId
        ?? (string.IsNullOrWhiteSpace(customerName) ? $"Payment {recordNo}" : $"{customerName}, payment {recordNo}");

    /// <exception cref="FormatException">No RECORDNO, or an amount or date that can't be read.</exception>
    public static PaymentRecord Read(IntacctRecord record) =>
        new()
        {
            RecordNo = record.Required("RECORDNO"),
            RecordId = record["RECORDID"],
            RecordType = record["RECORDTYPE"],
            State = record["STATE"],
            DisplayState = record["DISPLAYSTATE"],
            PaymentMethod = record["PAYMENTMETHOD"],
            CustomerId = record["CUSTOMERID"],
            CustomerName = record["CUSTOMERNAME"],
            DocNumber = record["DOCNUMBER"],
            Description = record["DESCRIPTION"],
            ReceiptDate = record.Date("RECEIPTDATE"),
            WhenPaid = record.Date("WHENPAID"),
            Currency = record["CURRENCY"],
            TotalEntered = record.Decimal("TOTALENTERED"),
            TotalPaid = record.Decimal("TOTALPAID"),
            TotalDue = record.Decimal("TOTALDUE"),
            TrxTotalEntered = record.Decimal("TRX_TOTALENTERED"),
            TrxTotalPaid = record.Decimal("TRX_TOTALPAID"),
            TrxTotalDue = record.Decimal("TRX_TOTALDUE"),
            ParentPaymentKey = record["PARENTPAYMENTKEY"],
            WhenCreated = record["WHENCREATED"],
            WhenModified = record["WHENMODIFIED"],
            EnteredAt =
                record[Entered] is { } entered && IntacctTime.TryParse(entered, TimeSpan.Zero, out var at) ? at : null,
        };
}
