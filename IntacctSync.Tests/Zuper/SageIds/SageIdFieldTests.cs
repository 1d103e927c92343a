using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Core.Zuper.Records;
using IntacctSync.Core.Zuper.SageIds;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Zuper.SageIds;

public sealed class SageIdFieldTests
{
    private static readonly SageIdField Field = new(ZuperModule.Organization, "Sage Customer ID");
    private static readonly KeyMapEntry Linked = Some.Entry() with { TargetId = "C-1", WriteBack = WriteBack.Due };

    private static readonly ZuperRecord Empty = Some.Organization();
    private static readonly ZuperRecord Right = Empty with
    {
        CustomFields = [new ZuperCustomField("sage customer id", " C-1 ")],
    };
    private static readonly ZuperRecord Wrong = Empty with
    {
        CustomFields = [new ZuperCustomField("Sage Customer ID", "C-2")],
    };

    public static TheoryData<string, ZuperRecord?, bool, bool, WriteBack> Records() =>
        new()
        {
            { "without an id", Empty, true, true, WriteBack.Due },
            { "with another id", Wrong, true, true, WriteBack.Due },
            { "with the id", Right, false, false, WriteBack.Done },
            { "with unknown fields", Empty with { CustomFieldsKnown = false }, false, true, WriteBack.Due },
            { "deleted", Empty with { IsDeleted = true }, false, false, WriteBack.Done },
            { "gone", null, false, false, WriteBack.None },
        };

    [Theory]
    [MemberData(nameof(Records))]
    public void An_id_is_written_where_it_is_missing_and_there_is_a_record_to_show_it(
        string record,
        ZuperRecord? inZuper,
        bool lacks,
        bool wants,
        WriteBack settled
    )
    {
        Assert.True(lacks == Field.Lacks(Linked, inZuper), record);
        Assert.True(wants == Field.Wants(Linked, inZuper), record);
        Assert.Equal(settled, Field.Settled(Linked, inZuper).WriteBack);
    }

    [Fact]
    public void A_write_back_that_is_not_due_is_not_settled()
    {
        var done = Linked with { WriteBack = WriteBack.None };
        Assert.Same(done, Field.Settled(done, Right));
    }

    [Theory]
    [InlineData("a.b.c.d", true)]
    [InlineData(null, true)]
    [InlineData(InvoiceHash.Reversed, false)]
    [InlineData(InvoiceHash.Replaced, false)]
    public void An_invoice_shows_the_id_while_it_is_in_the_books(string? hash, bool shown)
    {
        var invoice = Some.Invoice(10m);
        Assert.Equal(shown, InvoiceFlow.Field.Lacks(Linked with { Hash = hash }, invoice));
        Assert.Equal(shown, InvoiceFlow.Field.Wants(Linked with { Hash = hash }, invoice));
    }
}
