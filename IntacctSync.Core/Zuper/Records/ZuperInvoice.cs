using System.Text.Json.Serialization;

namespace IntacctSync.Core.Zuper.Records;

/// <summary>
/// An invoice as Zuper gives it (developers.zuper.co, Get Invoice Details). Amounts are in major units; one that is
/// missing is null, never nought.
/// </summary>
/// <remarks>
/// Dates are the company's local ones as UTC: convert with its time zone before taking the calendar date.
/// </remarks>
public sealed record ZuperInvoice : ZuperRecord
{
    public int? Number { get; init; }

    public string? Prefix { get; init; }

    /// <summary>The number that people see: prefix and number. Null when it has no number yet.</summary>
    public string? DisplayNumber { get; init; }

    public string? ReferenceNo { get; init; }

    /// <summary>Local midnight.</summary>
    public DateTimeOffset? InvoiceDate { get; init; }

    /// <summary>The end of the local day.</summary>
    public DateTimeOffset? DueDate { get; init; }

    /// <summary>
    /// DRAFT, READY_TO_INVOICE, AWAIT_PAYMENT, PARTIALLY_PAID, PAID, BAD_DEBT, ARCHIVED, CLOSED or CANCELED.
    /// </summary>
    public string? Status { get; init; }

    public string? CustomerUid { get; init; }

    public string? OrganizationUid { get; init; }

    public IReadOnlyList<ZuperInvoiceLine> Lines { get; init; } = [];

    /// <summary>False when the answer had no list of lines at all, as list rows may.</summary>
    public bool LinesKnown { get; init; }

    public decimal? SubTotal { get; init; }

    public decimal? TotalDiscount { get; init; }

    /// <summary>For example <c>FIXED</c>.</summary>
    public string? DiscountType { get; init; }

    /// <summary>For example <c>LINE_ITEM</c>.</summary>
    public string? DiscountApplicability { get; init; }

    public IReadOnlyList<ZuperInvoiceTax> Taxes { get; init; } = [];

    public IReadOnlyList<ZuperInvoiceFee> Fees { get; init; } = [];

    public decimal? Total { get; init; }

    public decimal? AmountDue { get; init; }

    public decimal? AmountPaid { get; init; }

    public string? PaymentTermName { get; init; }

    public int? PaymentTermDays { get; init; }

    public IReadOnlyList<ZuperInvoicePayment> Payments { get; init; } = [];

    /// <summary>
    /// False when the answer had no history of payments at all: that a payment is not in it then says nothing.
    /// </summary>
    public bool PaymentsKnown { get; init; }

    public string? Description { get; init; }

    public string? Remarks { get; init; }

    public ZuperAddress? BillingAddress { get; init; }

    /// <summary>Amounts that are there and could not be read.</summary>
    public string? UnreadableAmounts { get; init; }

    /// <summary>
    /// A due date and a payment term that are there and could not be read. They keep it from being booked or changed,
    /// and from nothing else.
    /// </summary>
    public string? UnreadableTerms { get; init; }

    public override bool IsWhole => CustomFieldsKnown && LinesKnown && PaymentsKnown;

    public override string? Unreadable => UnreadableAmounts;
}

/// <summary>A fee of an invoice.</summary>
/// <param name="Name">Null when Zuper names none.</param>
/// <param name="Amount">Null when Zuper names none under a name that is known: the invoice's sum then can't be
/// told.</param>
public sealed record ZuperInvoiceFee(string? Name, decimal? Amount);

/// <summary>A payment to be recorded on an invoice.</summary>
/// <param name="Amount">In major units, more than nothing; of this payment alone.</param>
/// <param name="Date">When it was received.</param>
/// <param name="ModeUid">How it was paid; Zuper refuses modes that it does not know, and lists none of them.</param>
/// <param name="ReferenceNo">What tells it from others: Zuper has no other guard against recording it twice.</param>
/// <param name="Remarks">For people.</param>
public sealed record ZuperPayment(
    decimal Amount,
    DateOnly Date,
    string ModeUid,
    string ReferenceNo,
    string? Remarks = null
);

/// <summary>A tax of a whole invoice.</summary>
/// <param name="Uid">Null when Zuper names none.</param>
/// <param name="Name">Null when Zuper names none.</param>
/// <param name="Rate">In percent.</param>
/// <param name="Amount">Null when Zuper names none.</param>
public sealed record ZuperInvoiceTax(string? Uid, string? Name, decimal? Rate, decimal? Amount);

/// <summary>A line of an invoice. Old ones lack much of it, and some are mere headings.</summary>
public sealed record ZuperInvoiceLine
{
    public string? Uid { get; init; }

    /// <summary>For example <c>ITEM</c>.</summary>
    public string? Type { get; init; }

    public string? ProductUid { get; init; }

    /// <summary>The product's part number.</summary>
    public string? ProductId { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public decimal? Quantity { get; init; }

    public decimal? UnitPrice { get; init; }

    /// <summary>An amount or a percentage, as <see cref="DiscountType"/> says.</summary>
    public decimal? Discount { get; init; }

    /// <summary>For example <c>FIXED</c>.</summary>
    public string? DiscountType { get; init; }

    public decimal? Total { get; init; }

    public decimal? TaxAmount { get; init; }

    /// <summary>8.25 for eight and a quarter percent.</summary>
    public decimal? TaxRate { get; init; }

    public string? TaxName { get; init; }

    /// <summary>Its own.</summary>
    public IReadOnlyList<ZuperCustomField> CustomFields { get; init; } = [];

    /// <summary>Those of its product, as the invoice shows them.</summary>
    public IReadOnlyList<ZuperCustomField> ProductFields { get; init; } = [];

    /// <summary>False where the answer had no list of either.</summary>
    public bool CustomFieldsKnown { get; init; }

    /// <inheritdoc cref="ZuperRecord.Carried"/>
    [JsonIgnore]
    public CarriedFields Carried { get; init; } = CarriedFields.None;

    /// <summary>A heading: it has neither quantity nor price, and no total but nought.</summary>
    public bool IsSection => Quantity is null && UnitPrice is null && Total is null or 0m && TaxAmount is null or 0m;
}

/// <summary>A payment in an invoice's history.</summary>
public sealed record ZuperInvoicePayment
{
    public decimal? Amount { get; init; }

    public string? ModeUid { get; init; }

    public string? ModeName { get; init; }

    /// <summary>What a void goes by.</summary>
    public string? TransactionUid { get; init; }

    public string? ReferenceNo { get; init; }

    public string? Remarks { get; init; }

    public bool IsVoid { get; init; }

    public DateTimeOffset? Date { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }
}
