using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Responses;

namespace IntacctSync.Tests.Intacct.Records;

public sealed class RecordsTests
{
    [Fact]
    public void An_invoice_is_read_with_both_currencies()
    {
        var invoice = ArInvoiceSummary.Read(
            Record(
                "ARINVOICE",
                ("RECORDNO", "5150"),
                ("RECORDID", "INV-2041"),
                ("CUSTOMERID", "Z01"),
                ("STATE", "Partially Paid"),
                ("MODULEKEY", "4.AR"),
                ("TOTALENTERED", "259.8"),
                ("TOTALPAID", "100"),
                ("TOTALDUE", "159.8"),
                ("TRX_TOTALDUE", "200"),
                ("WHENCREATED", "02/03/2026"),
                ("WHENDUE", "03/05/2026"),
                ("WHENMODIFIED", "02/03/2026 10:00:00")
            )
        );
        Assert.Equal(
            ("5150", "INV-2041", "Partially Paid", 159.8m, 200m),
            (invoice.RecordNo, invoice.InvoiceNo, invoice.State, invoice.TotalDue, invoice.TrxTotalDue)
        );
        Assert.Equal((new DateOnly(2026, 2, 3), new DateOnly(2026, 3, 5)), (invoice.Date, invoice.DueDate));
        Assert.Equal(
            (ArInvoiceSummary.ReceivablesModule, "02/03/2026 10:00:00"),
            (invoice.ModuleKey, invoice.WhenModified)
        );
    }

    [Fact]
    public void An_amount_that_is_empty_is_unknown_and_never_nought()
    {
        var invoice = ArInvoiceSummary.Read(
            Record("arinvoice", ("RECORDNO", "1"), ("TOTALDUE", ""), ("TOTALPAID", "0"))
        );
        Assert.Equal((null, 0m), (invoice.TotalDue, invoice.TotalPaid));
    }

    [Fact]
    public void An_amount_that_can_not_be_read_is_an_error() =>
        Assert.Contains(
            "TOTALDUE",
            Assert
                .Throws<UnreadableValueException>(() =>
                    ArInvoiceSummary.Read(Record("ARINVOICE", ("RECORDNO", "1"), ("TOTALDUE", "1,000.00")))
                )
                .Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_record_without_its_number_is_an_error()
    {
        Assert.Throws<UnreadableValueException>(() => ArInvoiceSummary.Read(Record("ARINVOICE")));
        Assert.Throws<UnreadableValueException>(() => ItemRecord.Read(Record("ITEM", ("RECORDNO", "1"))));
        Assert.Throws<UnreadableValueException>(() => PaymentRecord.Read(Record("ARPYMT", ("RECORDNO", ""))));
        Assert.Throws<UnreadableValueException>(() => PaymentApplication.Read(Record("ARPYMTDETAIL")));
    }

    [Fact]
    public void A_line_is_read_with_its_dimensions()
    {
        var line = ArInvoiceLine.Read(
            Record(
                "ARINVOICEITEM",
                ("RECORDNO", "9"),
                ("RECORDKEY", "5150"),
                ("LINE_NO", "2"),
                ("ACCOUNTNO", "4000"),
                ("AMOUNT", "240"),
                ("TRX_AMOUNT", "300"),
                ("ENTRYDESCRIPTION", "Filter"),
                ("LOCATIONID", "100"),
                ("DEPARTMENTID", "SAL"),
                ("PROJECTID", "P"),
                ("CUSTOMERID", "Z"),
                ("ITEMID", "I"),
                ("CLASSID", "C")
            )
        );
        Assert.Equal(
            (2, 240m, 300m, "4000", "Filter"),
            (line.LineNo, line.Amount, line.TrxAmount, line.GlAccountNo, line.Memo)
        );
        Assert.Equal(
            ("100", "SAL", "P", "Z", "I", "C"),
            (line.LocationId, line.DepartmentId, line.ProjectId, line.CustomerId, line.ItemId, line.ClassId)
        );
    }

    [Theory]
    [InlineData("Hour", "Each", "Hour")]
    [InlineData("", "Each", "Each")]
    [InlineData("", "", null)]
    public void An_item_is_sold_in_its_sales_unit_or_else_in_its_base_unit(string sales, string basic, string? unit) =>
        Assert.Equal(
            unit,
            ItemRecord
                .Read(
                    Record(
                        "ITEM",
                        ("RECORDNO", "1"),
                        ("ITEMID", "SRV-1"),
                        ("UOM.SOUOMDETAIL.UNIT", sales),
                        ("BASEUOM", basic)
                    )
                )
                .Unit
        );

    [Fact]
    public void An_item_is_read_with_its_prices()
    {
        var item = ItemRecord.Read(
            Record(
                "ITEM",
                ("RECORDNO", "1"),
                ("ITEMID", "SRV-1"),
                ("BASEPRICE", "120.5"),
                ("STANDARD_COST", ""),
                ("TAXABLE", "T"),
                ("STATUS", "active")
            )
        );
        Assert.Equal(
            ("SRV-1", 120.5m, null, true, "active"),
            (item.ItemId, item.BasePrice, item.StandardCost, item.Taxable, item.Status)
        );
    }

    [Fact]
    public void A_payment_is_read_with_what_tells_its_kind()
    {
        var payment = PaymentRecord.Read(
            Record(
                "ARPYMT",
                ("RECORDNO", "77"),
                ("RECORDTYPE", "rp"),
                ("STATE", "C"),
                ("DISPLAYSTATE", "Complete"),
                ("PAYMENTMETHOD", "EFT"),
                ("CUSTOMERID", "Z01"),
                ("DOCNUMBER", "991"),
                ("RECEIPTDATE", "06/30/2026"),
                ("CURRENCY", "USD"),
                ("TRX_TOTALPAID", "100"),
                ("PARENTPAYMENTKEY", "70")
            )
        );
        Assert.Equal(
            ("77", "rp", "C", "Complete", "EFT", "70"),
            (
                payment.RecordNo,
                payment.RecordType,
                payment.State,
                payment.DisplayState,
                payment.PaymentMethod,
                payment.ParentPaymentKey
            )
        );
        Assert.Equal(
            (new DateOnly(2026, 6, 30), null, 100m),
            (payment.ReceiptDate, payment.WhenPaid, payment.TrxTotalPaid)
        );
    }

    [Fact]
    public void What_credits_paid_is_told_apart_from_money()
    {
        var detail = PaymentApplication.Read(
            Record(
                "ARPYMTDETAIL",
                ("RECORDNO", "3"),
                ("PAYMENTKEY", "77"),
                ("RECORDKEY", "5150"),
                ("ENTRYKEY", "9"),
                ("PAYMENTAMOUNT", "60"),
                ("TRX_PAYMENTAMOUNT", "75"),
                ("ADJUSTMENTKEY", "11"),
                ("ADJUSTMENTAMOUNT", "10"),
                ("TRX_ADJUSTMENTAMOUNT", "12.5"),
                ("ADVANCEKEY", "20"),
                ("POSTEDADVANCEKEY", "21"),
                ("TRX_POSTEDADVANCEAMOUNT", "5"),
                ("OVERPAYMENTKEY", "30"),
                ("TRX_POSTEDOVERPAYMENTAMOUNT", "4"),
                ("NEGATIVEINVOICEKEY", "40"),
                ("TRX_NEGATIVEINVOICEAMOUNT", "3")
            )
        );
        Assert.Equal(
            ("77", "5150", "9", 60m, 75m),
            (detail.PaymentKey, detail.RecordKey, detail.EntryKey, detail.PaymentAmount, detail.TrxPaymentAmount)
        );
        Assert.Equal(new AppliedAmount("11", 10m, 12.5m), detail.Adjustment);
        Assert.Equal(new AppliedAmount("21", null, 5m), detail.Advance);
        Assert.Equal(new AppliedAmount("30", null, 4m), detail.Overpayment);
        Assert.Equal(new AppliedAmount("40", null, 3m), detail.NegativeInvoice);
        Assert.Equal(new AppliedAmount(null, null, null), detail.Discount);
    }

    [Theory]
    [InlineData("5150", "5150", "5150")]
    [InlineData("5150--REC", "5150", "5150")]
    [InlineData("CUST-9", "CUST-9", null)]
    public void A_deletion_names_its_record_in_three_ways(string written, string key, string? recordNo)
    {
        var deletion = AuditDeletion.Read(
            Record(
                "AUDITHISTORY",
                ("ID", "1"),
                ("OBJECTTYPE", "ARPYMT"),
                ("OBJECTKEY", written),
                ("ACCESSTIME", "06/30/2026 14:00:00")
            )
        );
        Assert.Equal(
            ("arpymt", key, recordNo, "06/30/2026 14:00:00"),
            (deletion.ObjectType, deletion.Key, deletion.RecordNo, deletion.At)
        );
    }

    [Fact]
    public void Every_field_that_is_read_is_asked_for()
    {
        Asked(ArInvoiceSummary.Fields, "RECORDNO", "TOTALDUE", "TRX_TOTALDUE", "MODULEKEY", "WHENMODIFIED");
        Asked(ArInvoiceLine.Fields, "LINE_NO", "TRX_AMOUNT", "CLASSID");
        Asked(ItemRecord.Fields, "ITEMID", "BASEPRICE", "UOM.SOUOMDETAIL.UNIT", "BASEUOM");
        Asked(PaymentRecord.Fields, "DISPLAYSTATE", "PARENTPAYMENTKEY", "WHENCREATED");
        Asked(
            PaymentApplication.Fields,
            "PAYMENTKEY",
            "RECORDKEY",
            "TRX_POSTEDADVANCEAMOUNT",
            "POSTEDOVERPAYMENTKEY",
            "TRX_NEGATIVEINVOICEAMOUNT"
        );
    }

    private static void Asked(IReadOnlyList<string> fields, params string[] needed)
    {
        Assert.Distinct(fields, StringComparer.Ordinal);
        Assert.Empty(needed.Except(fields, StringComparer.Ordinal));
    }

    private static IntacctRecord Record(string name, params (string Name, string Value)[] fields) =>
        new(name, [.. fields.Select(field => new IntacctField(field.Name, field.Value, null))]);
}
