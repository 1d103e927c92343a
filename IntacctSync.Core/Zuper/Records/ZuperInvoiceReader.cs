using System.Runtime.InteropServices;
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
        var unread = new List<string>();
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
            DueDate = Noted(ZuperJson.Time(json, "due_date"), json, "due_date", unread),
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
            PaymentTermName = Noted(TermOf(json, term), json, "payment_term", unread),
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
        return invoice with
        {
            UnreadableAmounts = money.Unreadable,
            UnreadableTerms = unread.Count == 0 ? null : string.Join(", ", unread),
        };
    }

    /// <summary>
    /// A term without a name is told by its uid, so that it is not taken for none; a text is the term's name.
    /// </summary>
    private static string? TermOf(JsonElement json, JsonElement? term) =>
        ZuperJson.Member(json, "payment_term") is { ValueKind: JsonValueKind.String } text
            ? Filled(ZuperJson.Text(text))
            : Filled(ZuperJson.Text(term, "payment_term_name")) ?? ZuperParts.Uid(term, "payment_term_uid");

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    /// <summary>The value; what is there and was not understood is noted, and not taken for none.</summary>
    private static T? Noted<T>(T? value, JsonElement json, string name, List<string> unread)
    {
        if (value is null && ZuperJson.Member(json, name) is { } member && SaysSomething(member))
            unread.Add(
                $"the {ZuperParts.Words(name)} is '{ZuperExcerpt.Of(JsonMarshal.GetRawUtf8Value(member), null)}'"
            );
        return value;
    }

    /// <summary>
    /// Null, blanks, nought, no, and objects and lists of these alone say nothing; nor do the uids in an object, which
    /// name other records.
    /// </summary>
    private static bool SaysSomething(JsonElement member) =>
        member.ValueKind switch
        {
            JsonValueKind.Null or JsonValueKind.Undefined or JsonValueKind.False => false,
            JsonValueKind.Number => !(member.TryGetDecimal(out var number) && number == 0),
            JsonValueKind.Object => member
                .EnumerateObject()
                .Any(p => !p.Name.EndsWith("uid", StringComparison.OrdinalIgnoreCase) && SaysSomething(p.Value)),
            JsonValueKind.Array => member.EnumerateArray().Any(SaysSomething),
            _ => !string.IsNullOrWhiteSpace(ZuperJson.Text(member)),
        };

    /// <summary>A blank at the end of the prefix stays: it is what people see.</summary>
    private static string? NumberOf(JsonElement json) =>
        ZuperJson.Text(json, "invoice_no")?.Trim() is { Length: > 0 } number
            ? $"{ZuperJson.Text(json, "prefix")?.TrimStart()}{number}"
            : null;
}
