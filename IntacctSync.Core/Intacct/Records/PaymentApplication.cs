using IntacctSync.Core.Intacct.Responses;

namespace IntacctSync.Core.Intacct.Records;

/// <summary>
/// An ARPYMTDETAIL: what a payment, or credits that it applied, paid of one invoice or one line of it.
/// </summary>
/// <remarks>
/// The names of its fields are those that companies' own ARPYMTDETAIL was seen to have, in copies of it kept in public
/// databases, and the parameters of developer.intacct.com, AR Payments. A detail names advances and overpayments twice:
/// the one that was asked for, and the posted one that the amount belongs to.
/// </remarks>
public sealed record PaymentApplication
{
    /// <summary>Its object in Intacct.</summary>
    public const string Object = "ARPYMTDETAIL";

    public static IReadOnlyList<string> Fields { get; } =
    [
        "RECORDNO",
        "PAYMENTKEY",
        "PARENTPAYMENTKEY",
        "RECORDKEY",
        "ENTRYKEY",
        "POSADJKEY",
        "CURRENCY",
        "STATE",
        "PAYMENTDATE",
        "PAYMENTAMOUNT",
        "TRX_PAYMENTAMOUNT",
        "DISCOUNTKEY",
        "DISCOUNTAMOUNT",
        "TRX_DISCOUNTAMOUNT",
        "INLINEKEY",
        "INLINEAMOUNT",
        "TRX_INLINEAMOUNT",
        "ADJUSTMENTKEY",
        "ADJUSTMENTAMOUNT",
        "TRX_ADJUSTMENTAMOUNT",
        "ADVANCEKEY",
        "POSTEDADVANCEKEY",
        "POSTEDADVANCEAMOUNT",
        "TRX_POSTEDADVANCEAMOUNT",
        "OVERPAYMENTKEY",
        "POSTEDOVERPAYMENTKEY",
        "POSTEDOVERPAYMENTAMOUNT",
        "TRX_POSTEDOVERPAYMENTAMOUNT",
        "NEGATIVEINVOICEKEY",
        "NEGATIVEINVOICEAMOUNT",
        "TRX_NEGATIVEINVOICEAMOUNT",
        "WHENCREATED",
        "WHENMODIFIED",
    ];

    public required string RecordNo { get; init; }

    /// <summary>RECORDNO of the payment.</summary>
    public string? PaymentKey { get; init; }

    public string? ParentPaymentKey { get; init; }

    /// <summary>RECORDNO of the invoice; null when a debit memo was paid.</summary>
    public string? RecordKey { get; init; }

    /// <summary>RECORDNO of the invoice's line; null when the detail is of the whole invoice.</summary>
    public string? EntryKey { get; init; }

    /// <summary>RECORDNO of the debit memo that was paid instead of an invoice.</summary>
    public string? DebitMemoKey { get; init; }

    public string? Currency { get; init; }

    public string? State { get; init; }

    public DateOnly? PaymentDate { get; init; }

    /// <summary>Money that came in, in the base currency.</summary>
    public decimal? PaymentAmount { get; init; }

    /// <summary>Money that came in, in the payment's currency.</summary>
    public decimal? TrxPaymentAmount { get; init; }

    public required AppliedAmount Discount { get; init; }

    /// <summary>A credit on a line of an invoice.</summary>
    public required AppliedAmount Inline { get; init; }

    /// <summary>A credit memo.</summary>
    public required AppliedAmount Adjustment { get; init; }

    public required AppliedAmount Advance { get; init; }

    public required AppliedAmount Overpayment { get; init; }

    public required AppliedAmount NegativeInvoice { get; init; }

    /// <summary>As Intacct writes it; so is the next.</summary>
    public string? WhenCreated { get; init; }

    public string? WhenModified { get; init; }

    /// <summary>All that it paid, of whatever source, in the payment's currency.</summary>
    public decimal Total =>
        (TrxPaymentAmount ?? PaymentAmount ?? 0)
        + Discount.Value
        + Inline.Value
        + Adjustment.Value
        + Advance.Value
        + Overpayment.Value
        + NegativeInvoice.Value;

    /// <exception cref="FormatException">No RECORDNO, or an amount or date that can't be read.</exception>
    public static PaymentApplication Read(IntacctRecord record) =>
        new()
        {
            RecordNo = record.Required("RECORDNO"),
            PaymentKey = record["PAYMENTKEY"],
            ParentPaymentKey = record["PARENTPAYMENTKEY"],
            RecordKey = record["RECORDKEY"],
            EntryKey = record["ENTRYKEY"],
            DebitMemoKey = record["POSADJKEY"],
            Currency = record["CURRENCY"],
            State = record["STATE"],
            PaymentDate = record.Date("PAYMENTDATE"),
            PaymentAmount = record.Decimal("PAYMENTAMOUNT"),
            TrxPaymentAmount = record.Decimal("TRX_PAYMENTAMOUNT"),
            Discount = AppliedAmount.Read(record, "DISCOUNT", "DISCOUNTKEY"),
            Inline = AppliedAmount.Read(record, "INLINE", "INLINEKEY"),
            Adjustment = AppliedAmount.Read(record, "ADJUSTMENT", "ADJUSTMENTKEY"),
            Advance = AppliedAmount.Read(
                record,
                "POSTEDADVANCE",
                record["POSTEDADVANCEKEY"] is null ? "ADVANCEKEY" : "POSTEDADVANCEKEY"
            ),
            Overpayment = AppliedAmount.Read(
                record,
                "POSTEDOVERPAYMENT",
                record["POSTEDOVERPAYMENTKEY"] is null ? "OVERPAYMENTKEY" : "POSTEDOVERPAYMENTKEY"
            ),
            NegativeInvoice = AppliedAmount.Read(record, "NEGATIVEINVOICE", "NEGATIVEINVOICEKEY"),
            WhenCreated = record["WHENCREATED"],
            WhenModified = record["WHENMODIFIED"],
        };
}

/// <summary>What one source paid of an invoice.</summary>
/// <param name="Key">RECORDNO of the source; null when there is none.</param>
/// <param name="Amount">In the base currency; null when the detail names none.</param>
/// <param name="TrxAmount">In the payment's currency; null when the detail names none.</param>
public sealed record AppliedAmount(string? Key, decimal? Amount, decimal? TrxAmount)
{
    /// <summary>In the payment's currency; of a company with a single one, in that.</summary>
    public decimal Value => TrxAmount ?? Amount ?? 0;

    /// <exception cref="FormatException">An amount can't be read.</exception>
    internal static AppliedAmount Read(IntacctRecord record, string name, string keyField) =>
        new(record[keyField], record.Decimal($"{name}AMOUNT"), record.Decimal($"TRX_{name}AMOUNT"));
}
