using IntacctSync.Core.Intacct.Requests;

namespace IntacctSync.Tests.Support;

public static partial class Some
{
    /// <summary>An invoice of Accounts Receivable with every field set.</summary>
    public static InvoiceFields InvoiceFields() =>
        new()
        {
            CustomerId = "Z0123456789AB",
            Date = new DateOnly(2026, 2, 3),
            DueDate = new DateOnly(2026, 3, 5),
            TermName = "N30",
            InvoiceNo = "INV-2041",
            PoNumber = "PO 8812",
            Description = "February <visit>",
            ExternalId = "1e0d7c40",
            BillTo = "Harbor Dental Group (Z-0123456789AB)",
            Currency = new InvoiceCurrency("USD", "CAD", null),
            CustomFields = CustomFields(("REGION", "South"), ("CHECKED", "true")),
            Lines =
            [
                new InvoiceLine
                {
                    GlAccountNo = "4000",
                    Amount = 240m,
                    Memo = "Filter replacement",
                    LocationId = "100",
                    DepartmentId = "SAL",
                    ProjectId = "P-1",
                    CustomerId = "Z0123456789AB",
                    ItemId = "SRV-1",
                    ClassId = "C-1",
                    CustomFields = CustomFields(("COLOUR", "red & blue")),
                },
                new InvoiceLine { AccountLabel = "Tax", Amount = 19.8m },
            ],
        };

    /// <summary>A payment of an invoice and a debit memo.</summary>
    public static PaymentFields PaymentFields() =>
        new()
        {
            FinancialEntity = "BANK",
            PaymentMethod = "Credit Card",
            CustomerId = "C-1",
            DocNumber = "pi_3Nx",
            Description = "Taken in Upflow",
            ReceiptDate = new DateOnly(2026, 3, 2),
            Currency = "USD",
            Lines = [new PaymentLine("5150", null, 240.5m), new PaymentLine(null, "88", 9.5m)],
        };

    public static InvoiceFields LeastInvoice() =>
        new()
        {
            CustomerId = "Z01",
            Date = new DateOnly(2026, 2, 3),
            DueDate = new DateOnly(2026, 3, 5),
            Lines = [new InvoiceLine { GlAccountNo = "4000", Amount = 12.5m }],
        };

    public static InvoiceUpdate InvoiceUpdate() =>
        new()
        {
            Date = new DateOnly(2026, 2, 4),
            DueDate = new DateOnly(2026, 3, 6),
            TermName = "N30",
            PoNumber = "PO 8813",
            Description = "",
            BillTo = "Ana",
            CustomFields = CustomFields(("REGION", "")),
            Changed = [new(1, InvoiceFields().Lines[0]), new(2, new InvoiceLine { Amount = 0m })],
            Added = [LeastInvoice().Lines[0]],
        };

    /// <summary>An Order Entry document with every field set.</summary>
    public static OrderEntryFields OrderEntry() =>
        new()
        {
            TransactionType = "Sales Invoice",
            CustomerId = "Z0123456789AB",
            Date = new DateOnly(2026, 2, 3),
            DueDate = new DateOnly(2026, 3, 5),
            TermName = "N30",
            DocumentNo = "INV-2041",
            ReferenceNo = "PO 8812",
            Message = "Thank you",
            ExternalId = "1e0d7c40",
            BillTo = "Ana",
            Currency = new InvoiceCurrency(null, "USD", "Own Rate"),
            CustomFields = CustomFields(("REGION", "South")),
            State = "Pending",
            Lines =
            [
                new OrderEntryLine
                {
                    ItemId = "SRV-1",
                    Description = "Filter replacement",
                    Quantity = 1.50m,
                    Unit = "Each",
                    DiscountPercent = 10m,
                    Price = 120m,
                    Memo = "Annual",
                    LocationId = "100",
                    DepartmentId = "SAL",
                    ProjectId = "P-1",
                    CustomerId = "Z0123456789AB",
                    ClassId = "C-1",
                    CustomFields = CustomFields(("COLOUR", "red & blue")),
                },
                new OrderEntryLine
                {
                    ItemId = "SRV-2",
                    Quantity = 2m,
                    Price = 0.125m,
                },
            ],
            Subtotals = [new OrderEntrySubtotal("Sales Tax", 19.8m), new OrderEntrySubtotal("Discount", -5m)],
        };

    public static OrderEntryUpdate OrderEntryUpdate() =>
        new()
        {
            Date = new DateOnly(2026, 2, 4),
            DueDate = new DateOnly(2026, 3, 6),
            TermName = "N30",
            ReferenceNo = "PO 8813",
            Message = "",
            BillTo = "Ana",
            CustomFields = CustomFields(("REGION", "")),
            State = "Closed",
            Changed = [new(1, OrderEntry().Lines[0])],
            Added = [OrderEntry().Lines[1]],
            Subtotals = [new OrderEntrySubtotal("Sales Tax", 20m)],
        };

    /// <summary>Custom fields by their integration names.</summary>
    public static IReadOnlyDictionary<string, string?> CustomFields(params (string Name, string Value)[] fields) =>
        fields.ToDictionary(f => f.Name, f => (string?)f.Value, StringComparer.Ordinal);
}
