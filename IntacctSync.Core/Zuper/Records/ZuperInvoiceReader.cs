using System.Text.Json;

namespace IntacctSync.Core.Zuper.Records;

/// <summary>Makes an invoice of a list row or of the details.</summary>
internal static class ZuperInvoiceReader
{
    /// <summary>Null when the element has no uid.</summary>
    public static ZuperInvoice? Read(JsonElement json)
    {
        if (ZuperParts.Uid(json, "invoice_uid") is not { } uid)
            return null;
        var money = new ZuperMoney();
        var (term, discount) = (ZuperJson.Object(json, "payment_term"), ZuperJson.Object(json, "discount"));
        var invoice = new ZuperInvoice
        {
            Uid = uid,
            Number = ZuperJson.Whole(json, "invoice_no") is >= 0 and <= int.MaxValue and var number
                ? (int)number
                : null,
            Prefix = ZuperJson.Text(json, "prefix"),
            DisplayNumber = NumberOf(json),
            ReferenceNo = ZuperJson.Text(json, "reference_no"),
            InvoiceDate = ZuperJson.Time(json, "invoice_date"),
            DueDate = ZuperJson.Time(json, "due_date"),
            Status = ZuperJson.Text(json, "invoice_status")?.Trim().ToUpperInvariant(),
            CustomerUid = ZuperParts.Reference(json, "customer", "customer_uid"),
            OrganizationUid = ZuperParts.Reference(json, "organization", "organization_uid"),
            Lines = ZuperInvoiceParts.Lines(json, money),
            LinesKnown = ZuperParts.Has(json, "line_items"),
            SubTotal = money.Read(json, "sub_total"),
            TotalDiscount = money.Read(json, "total_discount"),
            DiscountType = ZuperJson.Text(discount, "type"),
            DiscountApplicability = ZuperJson.Text(discount, "discount_applicability"),
            Taxes = ZuperInvoiceParts.Taxes(json, money),
            Fees = ZuperInvoiceParts.Fees(json, money),
            Total = money.Read(json, "total"),
            AmountDue = money.Read(json, "amount_due"),
            AmountPaid = money.Read(json, "amount_paid"),
            PaymentTermName = TermOf(term),
            PaymentTermDays = ZuperJson.Whole(term, "no_of_days") is >= 0 and <= 10_000 and var days ? (int)days : null,
            Payments = ZuperInvoiceParts.Payments(json, money),
            PaymentsKnown = ZuperParts.Has(json, "payment_history"),
            Description = ZuperJson.Text(json, "description"),
            Remarks = ZuperJson.Text(json, "remarks"),
            BillingAddress = ZuperParts.Address(ZuperJson.Object(json, "customer_billing_address")),
            CustomFields = ZuperParts.CustomFields(json, "custom_fields"),
            CustomFieldsKnown = ZuperParts.Has(json, "custom_fields"),
            IsDeleted = ZuperJson.Flag(json, "is_deleted") ?? false,
            CreatedAt = ZuperJson.Time(json, "created_at"),
            UpdatedAt = ZuperJson.Time(json, "updated_at"),
        };
        return invoice with { UnreadableAmounts = money.Unreadable };
    }

    /// <summary>A term without a name is told by its uid, so that it is not taken for none.</summary>
    private static string? TermOf(JsonElement? term) =>
        ZuperJson.Text(term, "payment_term_name") is { } name && !string.IsNullOrWhiteSpace(name)
            ? name
            : ZuperParts.Uid(term, "payment_term_uid");

    /// <summary>A blank at the end of the prefix stays: it is what people see.</summary>
    private static string? NumberOf(JsonElement json) =>
        ZuperJson.Text(json, "invoice_no")?.Trim() is { Length: > 0 } number
            ? $"{ZuperJson.Text(json, "prefix")?.TrimStart()}{number}"
            : null;
}
