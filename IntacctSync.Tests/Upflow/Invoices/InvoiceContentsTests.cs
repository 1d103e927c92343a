using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.Upflow.Invoices;

namespace IntacctSync.Tests.Upflow.Invoices;

public sealed class InvoiceContentsTests
{
    [Theory]
    [InlineData("TRX_TOTALDUE", "60")]
    [InlineData("STATE", "Partially Paid")]
    [InlineData("WHENPAID", "03/02/2026")]
    [InlineData("WHENMODIFIED", "03/02/2026 10:00:00")]
    [InlineData("DUE_IN_DAYS", "29")]
    public void A_payment_and_time_leave_them_as_they_are(string field, string value) =>
        Assert.Equal(Of(), Of((field, value)));

    [Theory]
    [InlineData("DESCRIPTION", "Another")]
    [InlineData("TRX_TOTALENTERED", "120")]
    [InlineData("PAYMENT_TERMS_NOTE", "A custom field")]
    [InlineData("BILLTO.MAILADDRESS.STATE", "OH")]
    public void All_else_that_the_document_says_is_part_of_them(string field, string value) =>
        Assert.NotEqual(Of(), Of((field, value)));

    [Fact]
    public void Its_lines_are_part_of_them_and_what_is_paid_of_those_is_not()
    {
        var before = Of(Line(("ENTRYDESCRIPTION", "A visit"), ("TRX_TOTALPAID", "0")));
        Assert.Equal(before, Of(Line(("ENTRYDESCRIPTION", "A visit"), ("TRX_TOTALPAID", "40"))));
        Assert.NotEqual(before, Of(Line(("ENTRYDESCRIPTION", "Two visits"), ("TRX_TOTALPAID", "0"))));
    }

    [Fact]
    public void The_state_of_an_address_is_part_of_them()
    {
        Assert.NotEqual(Of(Address("OH")), Of(Address("TX")));

        static IntacctField Address(string state) =>
            new("BILLTO", "", new IntacctRecord("BILLTO", [new("MAILADDRESS", "", Record(("STATE", state)))]));
    }

    private static IntacctField Line(params (string Name, string Value)[] fields) =>
        new("ARINVOICEITEMS", "", new IntacctRecord("ARINVOICEITEMS", [new("arinvoiceitem", "", Record(fields))]));

    private static IntacctRecord Record(params (string Name, string Value)[] fields) =>
        new("", [.. fields.Select(f => new IntacctField(f.Name, f.Value))]);

    private static string Of(IntacctField more) => InvoiceContents.Of(new IntacctRecord("ARINVOICE", [.. Usual, more]));

    private static string Of(params (string Name, string Value)[] more) =>
        InvoiceContents.Of(new IntacctRecord("ARINVOICE", [.. Usual, .. Record(more).Fields]));

    private static IReadOnlyList<IntacctField> Usual =>
        Record(("RECORDNO", "5"), ("RECORDID", "INV-5"), ("TRX_TOTALENTERED", "100")).Fields;
}
