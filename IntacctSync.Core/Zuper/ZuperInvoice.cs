namespace IntacctSync.Core.Zuper;

/// <summary>An invoice as Zuper gives it (developers.zuper.co, Get Invoice Details). Amounts are in major units; one that is missing is null, never nought.</summary>
/// <remarks>Dates are the company's local ones as UTC: convert with its time zone before taking the calendar date.</remarks>
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

    /// <summary>DRAFT, READY_TO_INVOICE, AWAIT_PAYMENT, PARTIALLY_PAID, PAID, BAD_DEBT, ARCHIVED, CLOSED or CANCELED.</summary>
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

    /// <summary>False when the answer had no history of payments at all: that a payment is not in it then says nothing.</summary>
    public bool PaymentsKnown { get; init; }

    public string? Description { get; init; }

    public string? Remarks { get; init; }

    public ZuperAddress? BillingAddress { get; init; }

    /// <summary>The amounts that could not be read.</summary>
    public string? UnreadableAmounts { get; init; }

    public override bool IsWhole => CustomFieldsKnown && LinesKnown && PaymentsKnown;

    public override string? Unreadable => UnreadableAmounts;
}
