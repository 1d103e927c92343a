using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Core.Zuper.Records;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Zuper.Invoices;

public sealed class InvoicesWithoutWriteTests
{
    private static readonly KeyMapEntry Linked = Some.Row(ZuperFlows.Invoices, Some.Uid(41), "51") with
    {
        WriteBack = WriteBack.Done,
    };

    [Theory]
    [InlineData("51", "a.b.c.d", WriteBack.Done)]
    [InlineData("52", "a.b.c.d", WriteBack.Due)]
    [InlineData(null, "a.b.c.d", WriteBack.Due)]
    [InlineData(null, InvoiceHash.Reversed, WriteBack.Done)]
    [InlineData(null, InvoiceHash.Replaced, WriteBack.Done)]
    public void An_id_that_somebody_cleared_is_due_again_while_the_invoice_is_in_the_books(
        string? sageId,
        string hash,
        WriteBack expected
    )
    {
        var invoice = Some.Invoice(129) with
        {
            CustomFields = sageId is null ? [] : [new ZuperCustomField(InvoiceMapper.SageInvoiceId, sageId)],
        };
        var row = InvoicesWithoutWrite.Row(new InvoiceDecision.Unchanged("Equal.", hash), Linked, invoice);
        Assert.Equal((hash, expected), (row.Hash, row.WriteBack));
    }
}
