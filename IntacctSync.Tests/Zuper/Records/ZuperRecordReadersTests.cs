using System.Text.Json;
using System.Text.Json.Nodes;
using IntacctSync.Core.Zuper.Records;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Zuper.Records;

public sealed class ZuperRecordReadersTests
{
    [Fact]
    public void A_customer_is_read_with_its_organization_and_telephones()
    {
        var customer = ZuperCustomerReader.Read(Element(Some.CustomerJson()))!;
        Assert.Equal(
            (Some.Uid(90), "+15125550100", "+15125550101", ""),
            (customer.OrganizationUid, customer.MobilePhone, customer.WorkPhone, customer.HomePhone)
        );
        Assert.Equal(
            ("Ines", "Roy", "78701", "Austin"),
            (customer.FirstName, customer.LastName, customer.Address!.ZipCode, customer.BillingAddress!.City)
        );
        Assert.Equal(
            (true, "TX-1", false, false),
            (customer.Tax!.Exempt, customer.TaxExemptNumber, customer.IsActive, customer.IsDeleted)
        );
        Assert.Equal(("Ines (Z-1)", null), (customer.CustomField("sage contact id"), customer.UpdatedAt));
    }

    [Theory]
    [InlineData("\"u-9\"", "u-9")]
    [InlineData("null", null)]
    [InlineData("{}", null)]
    [InlineData("[]", null)]
    public void The_organization_of_a_customer_may_be_its_uid_or_missing(string organization, string? uid)
    {
        var json = Some.CustomerJson();
        json["customer_organization"] = JsonNode.Parse(organization);
        Assert.Equal(uid, ZuperCustomerReader.Read(Element(json))!.OrganizationUid);
    }

    [Theory]
    [InlineData("""{"uid": "u-1", "name": "200"}""", "200")]
    [InlineData("""{"uid": "u-1", "label": "200"}""", "200")]
    [InlineData("""[{"uid": "u-1", "name": "200"}, "300"]""", "200, 300")]
    [InlineData("{}", null)]
    [InlineData("[]", null)]
    [InlineData("null", null)]
    public void A_custom_field_that_is_an_object_is_read_by_its_name(string value, string? read)
    {
        var invoice = Invoice(WithField(value));
        Assert.Equal(read, invoice.CustomField("Branch"));
        Assert.Null(invoice.UnreadableField("Branch"));
    }

    [Theory]
    [InlineData("""{"uid": "u-1"}""")]
    [InlineData("""[{"uid": "u-1"}]""")]
    public void A_custom_field_that_can_not_be_read_is_told_from_an_empty_one(string value)
    {
        var problem = Invoice(WithField(value)).UnreadableField("branch");
        Assert.Contains("u-1", problem?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_uid_in_upper_case_is_the_same_record()
    {
        var json = Some.InvoiceJson();
        json["invoice_uid"] = Some.Uid(10).ToUpperInvariant();
        json["organization"] = new JsonObject { ["organization_uid"] = "ABCDEF-1" };
        var invoice = Invoice(json);
        Assert.Equal((Some.Uid(10), "abcdef-1"), (invoice.Uid, invoice.OrganizationUid));
    }

    [Fact]
    public void A_blank_at_the_end_of_a_prefix_is_part_of_the_number()
    {
        var json = Some.InvoiceJson();
        json["prefix"] = "INV ";
        Assert.Equal("INV 2041", Invoice(json).DisplayNumber);
    }

    [Fact]
    public void A_term_without_a_name_is_told_by_its_uid()
    {
        var json = Some.InvoiceJson();
        json["payment_term"] = new JsonObject { ["payment_term_uid"] = "t-1" };
        Assert.Equal("t-1", Invoice(json).PaymentTermName);
    }

    private static JsonObject WithField(string value)
    {
        var json = Some.InvoiceJson();
        json["custom_fields"] = new JsonArray(
            new JsonObject
            {
                ["label"] = "Branch",
                ["value"] = JsonNode.Parse(value),
                ["type"] = "LOOKUP",
            }
        );
        return json;
    }

    [Fact]
    public void An_invoice_is_read_with_its_amounts_whether_numbers_or_text()
    {
        var invoice = Invoice(Some.InvoiceJson());
        Assert.Equal(
            (240.20m, 1.50m, 263.50m, 163.50m, 100m),
            (invoice.SubTotal, invoice.TotalDiscount, invoice.Total, invoice.AmountDue, invoice.AmountPaid)
        );
        Assert.Equal(
            ("INV-2041", 2041, "PO 8812", "AWAIT_PAYMENT"),
            (invoice.DisplayNumber, invoice.Number, invoice.ReferenceNo, invoice.Status)
        );
        Assert.Equal(
            (Some.Uid(80), Some.Uid(90), "Net 30", 30),
            (invoice.CustomerUid, invoice.OrganizationUid, invoice.PaymentTermName, invoice.PaymentTermDays)
        );
        Assert.Equal(new DateTimeOffset(2026, 2, 3, 6, 0, 0, TimeSpan.Zero), invoice.InvoiceDate);
        Assert.Equal(new ZuperInvoiceTax(Some.Uid(50), "TX", 8.25m, 19.8m), Assert.Single(invoice.Taxes));
        Assert.Equal(new ZuperInvoiceFee("Travel", 5m), Assert.Single(invoice.Fees));
        Assert.Equal((null, true), (invoice.Unreadable, invoice.IsWhole));
    }

    [Fact]
    public void The_lines_of_an_invoice_are_told_from_its_headings()
    {
        var invoice = Invoice(Some.InvoiceJson());
        Assert.Equal([true, false], invoice.Lines.Select(line => line.IsSection));
        var line = invoice.Lines[1];
        Assert.Equal(
            (2m, 120.10m, 240.20m, 19.8m, 8.25m, "TX"),
            (line.Quantity, line.UnitPrice, line.Total, line.TaxAmount, line.TaxRate, line.TaxName)
        );
        Assert.Equal(
            (Some.Uid(70), Some.Uid(60), "SRV-1", "ITEM"),
            (line.Uid, line.ProductUid, line.ProductId, line.Type)
        );
    }

    [Fact]
    public void A_line_that_has_only_a_total_is_no_heading()
    {
        var json = Some.InvoiceJson();
        json["line_items"]![0]!["total"] = 10;
        Assert.False(Invoice(json).Lines[0].IsSection);
    }

    [Fact]
    public void The_payments_of_an_invoice_are_read_with_what_voids_them()
    {
        var payment = Assert.Single(Invoice(Some.InvoiceJson()).Payments);
        Assert.Equal(
            (100m, Some.Uid(40), Some.Uid(30), "SAGE-PYMT-553", false),
            (payment.Amount, payment.ModeUid, payment.TransactionUid, payment.ReferenceNo, payment.IsVoid)
        );
    }

    [Theory]
    [InlineData("\"abc\"")]
    [InlineData("\"1,234.50\"")]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("[1]")]
    public void An_amount_that_is_no_number_is_named_and_never_taken_for_nothing(string amount)
    {
        var json = Some.InvoiceJson();
        json["line_items"]![1]!["unit_price"] = JsonNode.Parse(amount);
        json["amount_due"] = JsonNode.Parse(amount);
        var invoice = Invoice(json);
        Assert.Null(invoice.AmountDue);
        Assert.Contains("line 2, unit price is '", invoice.Unreadable, StringComparison.Ordinal);
        Assert.Contains("amount due is '", invoice.Unreadable, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("\" \"")]
    public void An_amount_that_is_blank_is_missing(string amount)
    {
        var json = Some.InvoiceJson();
        json["total"] = JsonNode.Parse(amount);
        Assert.Equal((null, null), (Invoice(json).Total, Invoice(json).Unreadable));
    }

    [Theory]
    [InlineData("\"Net 45\"", "Net 45", null)]
    [InlineData("{\"payment_term_name\":\"Net 45\"}", "Net 45", null)]
    [InlineData("null", null, null)]
    [InlineData("\" \"", null, null)]
    [InlineData("{\"payment_term_uid\":null}", null, null)]
    [InlineData("{\"payment_term_uid\":null,\"payment_term_name\":null,\"no_of_days\":0}", null, null)]
    [InlineData("{\"payment_term_name\":\"\",\"is_deleted\":false,\"company_uid\":\"c-1\"}", null, null)]
    [InlineData("0", null, null)]
    [InlineData("false", null, null)]
    [InlineData("45", null, "the payment term is '45'")]
    [InlineData("{\"no_of_days\":45}", null, "the payment term is '")]
    public void A_payment_term_is_read_in_each_form_and_never_taken_for_none(string term, string? name, string? unread)
    {
        var json = Some.InvoiceJson();
        json["payment_term"] = JsonNode.Parse(term);
        var invoice = Invoice(json);
        Assert.Equal(name, invoice.PaymentTermName);
        Assert.Equal(unread is null, invoice.UnreadableTerms is null);
        Assert.Contains(unread ?? "", invoice.UnreadableTerms ?? "", StringComparison.Ordinal);
        Assert.Null(invoice.Unreadable);
    }

    [Theory]
    [InlineData("\"soon\"", false)]
    [InlineData("[\"2026-03-05\"]", false)]
    [InlineData("null", true)]
    [InlineData("false", true)]
    [InlineData("0", true)]
    [InlineData("\"\"", true)]
    public void A_due_date_that_can_not_be_read_is_named_and_never_taken_for_none(string due, bool readable)
    {
        var json = Some.InvoiceJson();
        json["due_date"] = JsonNode.Parse(due);
        var invoice = Invoice(json);
        Assert.Null(invoice.DueDate);
        Assert.Equal(
            readable,
            invoice.UnreadableTerms?.Contains("the due date is '", StringComparison.Ordinal) != true
        );
        Assert.Null(invoice.Unreadable);
    }

    [Theory]
    [InlineData("line_items")]
    [InlineData("payment_history")]
    [InlineData("custom_fields")]
    public void A_row_that_leaves_a_list_out_is_not_the_whole_invoice(string list)
    {
        var json = Some.InvoiceJson();
        json.Remove(list);
        Assert.False(Invoice(json).IsWhole);
    }

    [Theory]
    [InlineData("\"2041-A\"", "INV-2041-A", null)]
    [InlineData("\"2041\"", "INV-2041", 2041)]
    [InlineData("null", null, null)]
    public void The_number_that_people_see_is_prefix_and_number(string number, string? shown, int? parsed)
    {
        var json = Some.InvoiceJson();
        json["invoice_no"] = JsonNode.Parse(number);
        Assert.Equal((shown, parsed), (Invoice(json).DisplayNumber, Invoice(json).Number));
    }

    [Fact]
    public void A_product_is_read_with_prices_as_text_or_numbers()
    {
        var product = ZuperProductReader.Read(Element(Some.ProductJson()))!;
        Assert.Equal(
            (120m, 45m, "Each", Some.Uid(20), "SRV-1"),
            (product.Price, product.PurchasePrice, product.Uom, product.CategoryUid, product.ProductId)
        );
        Assert.Equal(("SRV-1", true), (product.CustomField("Sage Item ID"), product.CustomFieldsKnown));
    }

    [Fact]
    public void A_row_without_a_uid_is_no_record()
    {
        Assert.Null(ZuperCustomerReader.Read(Element(new JsonObject { ["id"] = "undefined" })));
        Assert.Null(ZuperInvoiceReader.Read(Element(new JsonObject { ["invoice_uid"] = "undefined" })));
        Assert.Null(ZuperProductReader.Read(Element(new JsonObject { ["product_uid"] = null })));
    }

    private static ZuperInvoice Invoice(JsonObject json) => ZuperInvoiceReader.Read(Element(json))!;

    private static JsonElement Element(JsonObject json) => JsonElement.Parse(json.ToJsonString());
}
