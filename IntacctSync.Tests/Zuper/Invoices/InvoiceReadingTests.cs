using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Core.Zuper.Records;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Zuper.Invoices;

public sealed class InvoiceReadingTests
{
    public static TheoryData<decimal, decimal, decimal, string?, decimal> Reckonings =>
        new()
        {
            { 2, 120, 0, null, 240 },
            { 3, 0.335m, 0, null, 1.01m },
            { 1, 2.345m, 0, null, 2.35m },
            { 1, -2.345m, 0, null, -2.35m },
            { 2, 120, 15, "FIXED", 225 },
            { 2, 120, 12.5m, "PERCENTAGE", 210 },
            { 1, 99.99m, 33.333m, "PERCENTAGE", 66.66m },
            { 1, 0, 0, null, 0 },
        };

    [Theory]
    [MemberData(nameof(Reckonings))]
    public void A_lines_amount_is_quantity_by_price_less_its_discount_half_away_from_zero(
        decimal quantity,
        decimal price,
        decimal discount,
        string? type,
        decimal amount
    )
    {
        var line = Some.InvoiceLine("Tune-up", quantity, price) with { Discount = discount, DiscountType = type };
        Assert.Equal([amount], Amounts(Some.Invoice(amount, line)));
        Assert.Equal([amount], Amounts(Some.Invoice(amount, line with { Total = amount })));
        AssertRejected(Some.Invoice(amount, line with { Total = amount + 0.01m }));
    }

    public static TheoryData<int, decimal, decimal, decimal, decimal?> RoundedOnce =>
        new()
        {
            { 3, 1.25m, 33.33m, 124.99m, 0.01m },
            { 4, 0.25m, 95.50m, 95.50m, -0.02m },
            { 4, 0.25m, 95.50m, 95.52m, null },
        };

    [Theory]
    [MemberData(nameof(RoundedOnce))]
    public void A_total_that_is_rounded_once_leaves_its_cents_to_a_line_of_their_own(
        int count,
        decimal quantity,
        decimal price,
        decimal total,
        decimal? rest
    )
    {
        var lines = Enumerable.Range(0, count).Select(_ => Some.InvoiceLine("Labour", quantity, price)).ToArray();
        var reading = InvoiceReading.Of(Some.Invoice(total, lines));
        Assert.Null(reading.Problem);
        Assert.Equal(total, reading.Lines.Sum(l => l.Amount));
        Assert.Equal(rest, reading.Lines.SingleOrDefault(l => l.Kind == InvoiceLineKind.Rounding)?.Amount);
    }

    [Fact]
    public void More_than_half_a_cent_for_each_line_is_no_rounding()
    {
        ZuperInvoiceLine[] lines = [.. Enumerable.Repeat(Some.InvoiceLine("Labour", 1, 10), 3)];
        AssertRejected(Some.Invoice(30.02m, lines));
        AssertRejected(Some.Invoice(29.98m, lines));
        AssertRejected(Some.Invoice(10.01m, lines[0]));
    }

    [Fact]
    public void Zupers_own_rounding_of_a_line_goes_before_ours() =>
        Assert.Equal(
            [23.87m, 23.88m],
            Amounts(
                Some.Invoice(
                    47.75m,
                    Some.InvoiceLine("Labour", 0.25m, 95.50m, 23.87m),
                    Some.InvoiceLine("Labour", 0.25m, 95.50m, 23.875m)
                )
            )
        );

    [Theory]
    [InlineData(41.67)]
    [InlineData(41.66)]
    public void A_lines_own_total_may_be_off_by_less_than_a_cent(double own)
    {
        // 1.5 hours at 27.775.
        var line = Some.InvoiceLine("Labour", 1.5m, 27.775m, (decimal)own);
        Assert.Equal([(decimal)own], Amounts(Some.Invoice((decimal)own, line)));
        AssertRejected(Some.Invoice(41.68m, line with { Total = 41.68m }));
        AssertRejected(Some.Invoice(41.65m, line with { Total = 41.65m }));
    }

    [Fact]
    public void Headings_are_no_lines_and_a_line_with_a_total_alone_is_one() =>
        Assert.Equal(
            [10m, 7.5m],
            Amounts(
                Some.Invoice(
                    17.5m,
                    Some.InvoiceLine("Parts", null, null),
                    Some.InvoiceLine("Filter", 1, 10),
                    Some.InvoiceLine("Labour", null, null, 0m),
                    Some.InvoiceLine("Flat rate", null, null, 7.5m)
                )
            )
        );

    [Fact]
    public void A_discount_on_the_whole_becomes_a_negative_line()
    {
        var reading = InvoiceReading.Of(
            Some.Invoice(90, Some.InvoiceLine("Tune-up", 1, 100)) with
            {
                TotalDiscount = 10,
            }
        );
        Assert.Equal((InvoiceLineKind.Discount, -10m), (reading.Lines[^1].Kind, reading.Lines[^1].Amount));
    }

    [Theory]
    [InlineData("LINE_ITEM")]
    [InlineData("INVOICE")]
    [InlineData(null)]
    public void A_discount_that_is_in_the_lines_already_is_not_taken_twice(string? applicability)
    {
        var line = Some.InvoiceLine("Tune-up", 1, 100, 90) with { Discount = 10, DiscountType = "FIXED" };
        Assert.Equal(
            [90m],
            Amounts(Some.Invoice(90, line) with { TotalDiscount = 10, DiscountApplicability = applicability })
        );
    }

    [Theory]
    [InlineData("LINE_ITEM")]
    [InlineData("INVOICE")]
    public void Lines_that_show_what_they_are_without_their_discount_have_it_taken_off_once(string applicability)
    {
        var line = Some.InvoiceLine("Tune-up", 1, 100, 100) with { Discount = 10, DiscountType = "FIXED" };
        Assert.Equal(
            [100m, -10m],
            Amounts(Some.Invoice(90, line) with { TotalDiscount = 10, DiscountApplicability = applicability })
        );
        AssertRejected(Some.Invoice(90, line));
    }

    [Fact]
    public void Taxes_of_the_whole_are_lines_by_name()
    {
        var invoice = Some.Invoice(108.25m, Some.InvoiceLine("Tune-up", 1, 100)) with
        {
            Taxes = [new(null, "State", 6.25m, 6.25m), new(null, "City", 2, 2m)],
        };
        var taxes = InvoiceReading
            .Of(invoice)
            .Lines.Where(l => l.Kind == InvoiceLineKind.Tax)
            .Select(l => (l.Memo, l.Amount));
        Assert.Equal([("Tax: State", 6.25m), ("Tax: City", 2m)], taxes);
    }

    [Theory]
    [InlineData(19.8)]
    [InlineData(null)]
    [InlineData(0.0)]
    [InlineData(99.0)]
    public void Taxes_stand_on_the_lines_on_the_whole_or_on_both_and_count_once(double? ofWhole)
    {
        var line = Some.InvoiceLine("Tune-up", 2, 120, 240) with { TaxAmount = 19.8m, TaxName = "TX" };
        var invoice = Some.Invoice(259.8m, line) with
        {
            Taxes = ofWhole is { } amount ? [new(null, "TX", 8.25m, (decimal)amount)] : [],
        };
        Assert.Equal([240m, 19.8m], Amounts(invoice));
    }

    [Fact]
    public void Taxes_of_lines_are_rounded_as_a_sum_or_one_by_one_whichever_adds_up()
    {
        ZuperInvoiceLine[] lines =
        [
            Some.InvoiceLine("A", 1, 10) with
            {
                TaxAmount = 0.825m,
                TaxName = "TX",
            },
            Some.InvoiceLine("B", 1, 10) with
            {
                TaxAmount = 0.825m,
                TaxName = "TX",
            },
        ];
        Assert.Equal([10m, 10m, 1.65m], Amounts(Some.Invoice(21.65m, lines)));
        Assert.Equal([10m, 10m, 1.66m], Amounts(Some.Invoice(21.66m, lines)));
    }

    [Fact]
    public void A_tax_is_never_left_out_to_make_the_sum_fit() =>
        AssertRejected(
            Some.Invoice(100, Some.InvoiceLine("Tune-up", 1, 100)) with
            {
                Taxes = [new(null, "TX", 8.25m, 8.25m)],
            }
        );

    [Fact]
    public void Fees_are_lines_each_and_one_without_an_amount_stops_the_invoice()
    {
        var invoice = Some.Invoice(107, Some.InvoiceLine("Tune-up", 1, 100)) with
        {
            Fees = [new("Trip", 5), new(null, 2), new("None", 0)],
        };
        Assert.Equal(
            [("Fee: Trip", 5m), ("Fee", 2m)],
            InvoiceReading.Of(invoice).Lines.Where(l => l.Kind == InvoiceLineKind.Fee).Select(l => (l.Memo, l.Amount))
        );
        Assert.Equal(
            "invoice-fee-without-amount",
            InvoiceReading.Of(invoice with { Fees = [new("Trip", null)] }).Problem?.Code
        );
    }

    [Fact]
    public void What_does_not_add_up_names_both_sums_and_the_parts()
    {
        var invoice = Some.Invoice(130, Some.InvoiceLine("Tune-up", 1, 100)) with
        {
            TotalDiscount = 10,
            Taxes = [new(null, "TX", null, 8)],
            Fees = [new("Trip", 5)],
        };
        var problem = InvoiceReading.Of(invoice).Problem!;
        Assert.Equal("invoice-does-not-add-up", problem.Code);
        Assert.All(
            ["103.00", "130.00", "lines 100.00", "discount 10.00", "taxes 8.00", "fees 5.00"],
            (string part) => Assert.Contains(part, problem.Message, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void An_invoice_without_a_total_is_not_booked() =>
        Assert.Equal(
            "invoice-without-total",
            InvoiceReading.Of(Some.Invoice(1, Some.InvoiceLine("A", 1, 1)) with { Total = null }).Problem?.Code
        );

    private static decimal[] Amounts(ZuperInvoice invoice)
    {
        var reading = InvoiceReading.Of(invoice);
        Assert.Null(reading.Problem);
        Assert.Equal(invoice.Total, reading.Lines.Sum(l => l.Amount));
        return [.. reading.Lines.Select(l => l.Amount)];
    }

    private static void AssertRejected(ZuperInvoice invoice) =>
        Assert.Equal("invoice-does-not-add-up", InvoiceReading.Of(invoice).Problem?.Code);
}
