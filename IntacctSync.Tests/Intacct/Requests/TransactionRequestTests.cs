using System.Xml.Linq;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Intacct.Requests;

/// <summary>
/// What the functions of transactions refuse to become; how they look is approved in <see cref="RequestTests"/>.
/// </summary>
public sealed class TransactionRequestTests
{
    private static readonly ControlId Id = new("is-0001");
    private static readonly InvoiceLine Line = Some.LeastInvoice().Lines[0];

    [Fact]
    public void An_invoice_needs_a_customer_a_line_and_a_due_date_or_a_term()
    {
        Refuses("customerid", Some.LeastInvoice() with { CustomerId = "" });
        Refuses("a line", Some.LeastInvoice() with { Lines = [] });
        Refuses("datedue or termname", Some.LeastInvoice() with { DueDate = null });
        Assert.NotNull(InvoiceRequests.Create(Id, Some.LeastInvoice() with { DueDate = null, TermName = "N30" }));
    }

    [Fact]
    public void A_line_names_an_account_or_a_label_and_not_both()
    {
        Refuses("glaccountno or accountlabel", Some.LeastInvoice() with { Lines = [Line with { GlAccountNo = null }] });
        Refuses("had both", Some.LeastInvoice() with { Lines = [Line with { AccountLabel = "Sales" }] });
        Assert.Contains(
            "<accountlabel>Sales</accountlabel>",
            InvoiceRequests
                .Create(
                    Id,
                    Some.LeastInvoice() with
                    {
                        Lines = [Line with { GlAccountNo = null, AccountLabel = "Sales" }],
                    }
                )
                .Xml,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_changed_line_needs_no_account_and_an_added_one_does()
    {
        var bare = Line with { GlAccountNo = null };
        Assert.NotNull(InvoiceRequests.Update(Id, "1", new InvoiceUpdate { Changed = [new(1, bare)] }));
        Assert.Throws<ArgumentException>(() => InvoiceRequests.Update(Id, "1", new InvoiceUpdate { Added = [bare] }));
    }

    [Fact]
    public void Lines_are_counted_from_one()
    {
        Assert.Throws<ArgumentException>(() =>
            InvoiceRequests.Update(Id, "1", new InvoiceUpdate { Changed = [new(0, Line)] })
        );
        Assert.Throws<ArgumentException>(() =>
            OrderEntryRequests.Update(
                Id,
                "Sales Invoice-1",
                new OrderEntryUpdate { Changed = [new(0, Some.OrderEntry().Lines[0])] }
            )
        );
    }

    [Fact]
    public void A_key_is_never_blank()
    {
        Assert.Throws<ArgumentException>(() => InvoiceRequests.Update(Id, " ", new InvoiceUpdate()));
        Assert.Throws<ArgumentException>(() => InvoiceRequests.Reverse(Id, "", new DateOnly(2026, 3, 1), null));
        Assert.Throws<ArgumentException>(() => OrderEntryRequests.Update(Id, "", new OrderEntryUpdate()));
        Assert.Throws<ArgumentException>(() => OrderEntryRequests.Delete(Id, ""));
    }

    [Fact]
    public void A_payment_goes_to_one_account_and_gives_something_to_each_of_its_details()
    {
        var payment = Some.PaymentFields();
        Assert.NotNull(PaymentRequests.Create(Id, payment));
        foreach (
            var wrong in new[]
            {
                payment with
                {
                    FinancialEntity = null,
                },
                payment with
                {
                    UndepositedAccountNo = "1100",
                },
                payment with
                {
                    Lines = [],
                },
                payment with
                {
                    Lines = [new PaymentLine(null, null, 1)],
                },
                payment with
                {
                    Lines = [new PaymentLine("5150", null, 0)],
                },
                payment with
                {
                    CustomerId = "",
                },
            }
        )
            Assert.Throws<ArgumentException>(() => PaymentRequests.Create(Id, wrong));
        Assert.Throws<ArgumentException>(() => PaymentRequests.Reverse(Id, " ", new DateOnly(2026, 3, 1), null));
    }

    [Fact]
    public void A_document_needs_its_kind_customer_number_and_items()
    {
        var document = Some.OrderEntry();
        Assert.Throws<ArgumentException>(() => OrderEntryRequests.Create(Id, document with { TransactionType = "" }));
        Assert.Throws<ArgumentException>(() => OrderEntryRequests.Create(Id, document with { CustomerId = "" }));
        Assert.Throws<ArgumentException>(() => OrderEntryRequests.Create(Id, document with { DocumentNo = "" }));
        Assert.Throws<ArgumentException>(() => OrderEntryRequests.Create(Id, document with { Lines = [] }));
        Assert.Throws<ArgumentException>(() =>
            OrderEntryRequests.Create(Id, document with { Lines = [document.Lines[0] with { ItemId = "" }] })
        );
    }

    [Theory]
    [InlineData("100", "100.00")]
    [InlineData("-0.5", "-0.50")]
    [InlineData("1234567.891", "1234567.891")]
    [InlineData("0", "0.00")]
    public void Money_is_never_rounded_here_and_has_two_decimals_at_least(string amount, string written)
    {
        var function = InvoiceRequests.Create(
            Id,
            Some.LeastInvoice() with
            {
                Lines =
                [
                    Line with
                    {
                        Amount = decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture),
                    },
                ],
            }
        );
        Assert.Equal(written, XElement.Parse(function.Xml).Descendants("amount").Single().Value);
    }

    private static void Refuses(string part, InvoiceFields invoice) =>
        Assert.Contains(
            part,
            Assert.Throws<ArgumentException>(() => InvoiceRequests.Create(Id, invoice)).Message,
            StringComparison.Ordinal
        );
}
