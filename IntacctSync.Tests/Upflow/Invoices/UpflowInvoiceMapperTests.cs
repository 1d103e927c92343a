using System.Globalization;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.Upflow.Invoices;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Tests.Upflow.Invoices;

public sealed class UpflowInvoiceMapperTests
{
    private static readonly ArInvoiceSummary Head = new()
    {
        RecordNo = "5",
        InvoiceNo = "INV-2041",
        CustomerId = "C1",
        State = "Posted",
        Description = "February visit",
        Currency = "usd",
        TrxTotalEntered = 119m,
        Date = new DateOnly(2026, 3, 2),
        DueDate = new DateOnly(2026, 4, 1),
    };

    [Fact]
    public void Every_field_has_its_place() =>
        Assert.Equal(
            new UpflowDocument
            {
                ExternalId = "ARINVOICE-5",
                CustomId = "INV-2041",
                IssuedAt = new DateOnly(2026, 3, 2),
                DueDate = new DateOnly(2026, 4, 1),
                Name = "February visit",
                Currency = "USD",
                GrossAmount = 11900,
                NetAmount = 10000,
                Customer = new UpflowReference("u-1"),
            },
            Document(Head, net: 100m).Value
        );

    [Fact]
    public void What_is_missing_is_taken_from_what_is_there()
    {
        var bare = Document(Head with { InvoiceNo = " ", Description = null, Currency = null, DueDate = null }).Value;
        Assert.Equal(
            ("5", "5", "EUR", new DateOnly(2026, 3, 2), 11900L),
            (bare.CustomId, bare.Name, bare.Currency, bare.DueDate, bare.NetAmount)
        );
    }

    [Theory]
    [InlineData("JPY", "5000", 5000)]
    [InlineData("KWD", "1.234", 1234)]
    [InlineData("USD", "2.675", 268)]
    public void Amounts_are_in_the_currencys_smallest_unit(string currency, string amount, long smallest) =>
        Assert.Equal(
            smallest,
            Document(
                Head with
                {
                    Currency = currency,
                    TrxTotalEntered = decimal.Parse(amount, CultureInfo.InvariantCulture),
                }
            ).Value.GrossAmount
        );

    [Fact]
    public void What_can_not_be_an_invoice_of_Upflow_is_rejected()
    {
        Assert.Equal("upflow-currency", Rejected(Head with { Currency = "Dollar" }));
        Assert.Equal("upflow-date-missing", Rejected(Head with { Date = null }));
    }

    [Fact]
    public void The_hash_tells_customers_apart_by_their_id_in_Intacct_only()
    {
        var hash = Document(Head).Hash;
        Assert.Equal(hash, Document(Head, customer: "u-2").Hash);
        Assert.NotEqual(hash, Document(Head with { CustomerId = "C2" }).Hash);
        Assert.NotEqual(hash, Document(Head with { Description = "March visit" }).Hash);
    }

    private static Mapped<UpflowDocument>.Document Document(
        ArInvoiceSummary head,
        decimal? net = null,
        string customer = "u-1"
    ) => Assert.IsType<Mapped<UpflowDocument>.Document>(Map(head, net, customer));

    private static string Rejected(ArInvoiceSummary head) =>
        Assert.IsType<Mapped<UpflowDocument>.Rejected>(Map(head, null, "u-1")).Problem.Code;

    private static Mapped<UpflowDocument> Map(ArInvoiceSummary head, decimal? net, string customer) =>
        UpflowInvoiceMapper.Map(
            new Receivable("5", head, new IntacctRecord("ARINVOICE", []), net),
            "ARINVOICE-5",
            new UpflowReference(customer),
            "EUR",
            []
        );
}
