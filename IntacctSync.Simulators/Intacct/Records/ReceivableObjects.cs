namespace IntacctSync.Simulators.Intacct.Records;

/// <summary>
/// The objects of accounts receivable: what they are related to, what they own, and how they are found.
/// </summary>
internal static class ReceivableObjects
{
    public static IReadOnlyList<ObjectDefinition> All { get; } =
    [
        new(
            "ARINVOICE",
            "RECORDNO",
            ReceivableFields.Invoice,
            new("CUSTOMER", "CUSTOMER", "CUSTOMERKEY"),
            new("TERM", "ARTERM", "TERMKEY"),
            new("CONTACT", "CONTACT", "BILLTOPAYTOKEY"),
            new("BILLTO", "CONTACT", "BILLTOPAYTOKEY"),
            new("SHIPTO", "CONTACT", "SHIPTORETURNTOKEY")
        )
        {
            Indexed = ["RECORDID", "CUSTOMERID", "EXTERNALID"],
            Lines = new("ARINVOICEITEMS", "ARINVOICEITEM", "RECORDKEY"),
        },
        new(
            "ARINVOICEITEM",
            "RECORDNO",
            ReceivableFields.InvoiceItem,
            new Relation("ARINVOICE", "ARINVOICE", "RECORDKEY")
        )
        {
            Indexed = ["RECORDKEY"],
            Audited = false,
        },
        new(
            "ARADJUSTMENT",
            "RECORDNO",
            ReceivableFields.Adjustment,
            new Relation("CUSTOMER", "CUSTOMER", "CUSTOMERKEY")
        )
        {
            Indexed = ["RECORDID", "CUSTOMERID", "EXTERNALID"],
            Lines = new("ARADJUSTMENTITEMS", "ARADJUSTMENTITEM", "RECORDKEY"),
        },
        new("ARADJUSTMENTITEM", "RECORDNO", ReceivableFields.AdjustmentItem)
        {
            Indexed = ["RECORDKEY"],
            Audited = false,
        },
        new("ARADVANCE", "RECORDNO", ReceivableFields.Advance, new Relation("CUSTOMER", "CUSTOMER", "CUSTOMERKEY"))
        {
            Indexed = ["CUSTOMERID", "DOCNUMBER"],
            Lines = new("ARADVANCEITEMS", "ARADVANCEITEM", "RECORDKEY"),
            NumbersOf = "ARPYMT",
        },
        new("ARADVANCEITEM", "RECORDNO", ReceivableFields.AdvanceItem) { Indexed = ["RECORDKEY"], Audited = false },
        new("ARPYMT", "RECORDNO", ReceivableFields.Payment, new Relation("CUSTOMER", "CUSTOMER", "CUSTOMERKEY"))
        {
            Indexed = ["CUSTOMERID", "DOCNUMBER", "PARENTPAYMENTKEY"],
            Lines = new("ARPYMTDETAILS", "ARPYMTDETAIL", "PAYMENTKEY"),
        },
        new(
            "ARPYMTDETAIL",
            "RECORDNO",
            ReceivableFields.PaymentDetail,
            new("ARPYMT", "ARPYMT", "PAYMENTKEY"),
            new("ARINVOICE", "ARINVOICE", "RECORDKEY"),
            new("ARADJUSTMENT", "ARADJUSTMENT", "POSADJKEY")
        )
        {
            Indexed =
            [
                "RECORDKEY",
                "POSADJKEY",
                "PAYMENTKEY",
                "ADVANCEKEY",
                "POSTEDADVANCEKEY",
                "OVERPAYMENTKEY",
                "POSTEDOVERPAYMENTKEY",
                "ADJUSTMENTKEY",
                "NEGATIVEINVOICEKEY",
            ],
            Audited = false,
        },
    ];
}
