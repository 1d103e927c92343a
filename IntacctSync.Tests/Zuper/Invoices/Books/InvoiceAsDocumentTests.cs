using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Core.Zuper.Invoices.Books;
using IntacctSync.Core.Zuper.Records;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Zuper.Invoices.Books;

public sealed class InvoiceAsDocumentTests
{
    public static TheoryData<decimal, decimal, decimal, string?> Priced =>
        new()
        {
            { 2, 120, 0, null },
            { 2, 120, 12.5m, "PERCENTAGE" },
            { 2, 120, 24, "FIXED" },
            { 3, 33.33m, 1, "FIXED" },
            { 7, 0.123456m, 0, null },
            { 0.333m, 99.99m, 3.33m, "FIXED" },
            { 1000, 0.005m, 0.01m, "FIXED" },
        };

    [Theory]
    [MemberData(nameof(Priced))]
    public void Quantity_price_and_discount_make_the_amount_to_the_cent(
        decimal quantity,
        decimal price,
        decimal discount,
        string? type
    )
    {
        var line = Some.InvoiceLine("Tune-up", quantity, price) with
        {
            Discount = discount,
            DiscountType = type,
            ProductId = "SVC",
        };
        var draft = Draft(line);
        var fields = Assert
            .IsType<Mapped<OrderEntryFields>.Document>(
                InvoiceAsDocument.Of(draft, Context(draft), Some.BookingSettings())
            )
            .Value;
        Assert.Equal(draft.Total, InvoiceAsDocument.Value(fields.Lines[0]));
        Assert.Equal((quantity, "Each"), (fields.Lines[0].Quantity, fields.Lines[0].Unit));
    }

    [Fact]
    public void A_discount_that_is_an_exact_percentage_is_given_as_one()
    {
        var draft = Draft(Some.InvoiceLine("Tune-up", 2, 120) with { Discount = 24, DiscountType = "FIXED" });
        var fields = Assert
            .IsType<Mapped<OrderEntryFields>.Document>(
                InvoiceAsDocument.Of(draft, Context(draft), Some.BookingSettings())
            )
            .Value;
        Assert.Equal((120m, 10m), (fields.Lines[0].Price, fields.Lines[0].DiscountPercent));
    }

    [Fact]
    public void What_stands_beside_the_lines_is_a_subtotal_of_each_kind()
    {
        var invoice = Some.Invoice(105.5m, Some.InvoiceLine("Tune-up", 1, 100)) with
        {
            TotalDiscount = 10,
            Taxes = [new(null, "State", null, 6), new(null, "City", null, 2.5m)],
            Fees = [new("Trip", 7)],
        };
        var draft = Assert
            .IsType<Mapped<InvoiceDraft>.Document>(InvoiceMapper.Map(invoice, Some.BookingSettings()))
            .Value;
        var settings = Some.BookingSettings();
        settings = settings with
        {
            Invoice = settings.Invoice with { Tax = new AccountSettings { AccountLabel = "Sales Tax" } },
        };
        var fields = Assert
            .IsType<Mapped<OrderEntryFields>.Document>(InvoiceAsDocument.Of(draft, Context(draft), settings))
            .Value;
        Assert.Equal(
            [
                new OrderEntrySubtotal("Discount", -10),
                new OrderEntrySubtotal("Sales Tax", 8.5m),
                new OrderEntrySubtotal("Fee", 7),
            ],
            fields.Subtotals
        );
    }

    [Fact]
    public void A_line_without_an_item_needs_a_person()
    {
        var draft = Draft(Some.InvoiceLine("Advice", 1, 10));
        var rejected = Assert.IsType<Mapped<OrderEntryFields>.Rejected>(
            InvoiceAsDocument.Of(
                draft,
                Context(draft) with
                {
                    Items = new Dictionary<InvoiceDraftLine, InvoiceItem>(),
                },
                Some.BookingSettings()
            )
        );
        Assert.Equal("invoice-item-missing", rejected.Problem.Code);
    }

    private static InvoiceDraft Draft(ZuperInvoiceLine line)
    {
        var total = Math.Round(
            (
                line.Quantity * line.UnitPrice
                - (
                    line.DiscountType == "PERCENTAGE"
                        ? line.Quantity * line.UnitPrice * line.Discount / 100
                        : line.Discount ?? 0
                )
            ) ?? 0,
            2,
            MidpointRounding.AwayFromZero
        );
        return Assert
            .IsType<Mapped<InvoiceDraft>.Document>(InvoiceMapper.Map(Some.Invoice(total, line), Some.BookingSettings()))
            .Value;
    }

    private static InvoiceContext Context(InvoiceDraft draft) =>
        new()
        {
            CustomerId = "C-1",
            Number = draft.Number,
            ExternalId = "Z1",
            Items = draft
                .Lines.Where(l => l.Kind == InvoiceLineKind.Item)
                .Distinct()
                .ToDictionary(l => l, _ => new InvoiceItem("SVC", "Each")),
        };
}
