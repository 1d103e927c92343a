using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Core.Zuper.Records;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Zuper.Invoices;

public sealed class InvoiceDecisionTests
{
    private static readonly ZuperInvoice Invoice = Some.Invoice(129, Some.InvoiceLine("Tune-up", 1, 129));

    private static readonly InvoicePolicy Policy = new(Some.BookingSettings(), new DateOnly(2026, 2, 1));

    private static readonly KeyMapEntry Linked = Some.Entry() with
    {
        TargetId = "51",
        Hash = InvoiceHash.Of(Invoice, Policy.Settings).ToString(),
    };

    [Theory]
    [InlineData("AWAIT_PAYMENT", typeof(InvoiceDecision.Create))]
    [InlineData("PARTIALLY_PAID", typeof(InvoiceDecision.Create))]
    [InlineData("PAID", typeof(InvoiceDecision.Create))]
    [InlineData("DRAFT", typeof(InvoiceDecision.Skip))]
    [InlineData("READY_TO_INVOICE", typeof(InvoiceDecision.Skip))]
    [InlineData("BAD_DEBT", typeof(InvoiceDecision.Skip))]
    [InlineData("CLOSED", typeof(InvoiceDecision.Skip))]
    [InlineData("ARCHIVED", typeof(InvoiceDecision.Skip))]
    [InlineData("CANCELED", typeof(InvoiceDecision.Skip))]
    [InlineData(null, typeof(InvoiceDecision.Skip))]
    public void Without_a_counterpart(string? status, Type expected) =>
        Assert.IsType(expected, Decide(Some.Entry(), Invoice with { Status = status }));

    [Theory]
    [InlineData("AWAIT_PAYMENT", typeof(InvoiceDecision.Unchanged), typeof(InvoiceDecision.Update))]
    [InlineData("PARTIALLY_PAID", typeof(InvoiceDecision.Unchanged), typeof(InvoiceDecision.Update))]
    [InlineData("PAID", typeof(InvoiceDecision.Unchanged), typeof(InvoiceDecision.Update))]
    [InlineData("BAD_DEBT", typeof(InvoiceDecision.Unchanged), typeof(InvoiceDecision.Unchanged))]
    [InlineData("CLOSED", typeof(InvoiceDecision.Unchanged), typeof(InvoiceDecision.Unchanged))]
    [InlineData("ARCHIVED", typeof(InvoiceDecision.Unchanged), typeof(InvoiceDecision.Unchanged))]
    [InlineData("DRAFT", typeof(InvoiceDecision.Reject), typeof(InvoiceDecision.Reject))]
    [InlineData("READY_TO_INVOICE", typeof(InvoiceDecision.Reject), typeof(InvoiceDecision.Reject))]
    [InlineData("CANCELED", typeof(InvoiceDecision.Reverse), typeof(InvoiceDecision.Reverse))]
    public void With_one_as_it_was_written_and_changed(string status, Type same, Type changed)
    {
        Assert.IsType(same, Decide(Linked, Invoice with { Status = status }));
        Assert.IsType(changed, Decide(Linked, Invoice with { Status = status, ReferenceNo = "PO 1" }));
        Assert.IsType(changed, Decide(Linked with { Hash = null }, Invoice with { Status = status }));
    }

    [Theory]
    [InlineData(
        "AWAIT_PAYMENT",
        typeof(InvoiceDecision.Reject),
        typeof(InvoiceDecision.Create),
        typeof(InvoiceDecision.Create)
    )]
    [InlineData(
        "DRAFT",
        typeof(InvoiceDecision.Unchanged),
        typeof(InvoiceDecision.Unchanged),
        typeof(InvoiceDecision.Unchanged)
    )]
    [InlineData(
        "CLOSED",
        typeof(InvoiceDecision.Unchanged),
        typeof(InvoiceDecision.Unchanged),
        typeof(InvoiceDecision.Create)
    )]
    [InlineData(
        "CANCELED",
        typeof(InvoiceDecision.Unchanged),
        typeof(InvoiceDecision.Unchanged),
        typeof(InvoiceDecision.Unchanged)
    )]
    public void With_one_that_is_out_of_the_books(string status, Type reversed, Type withRecreate, Type owed)
    {
        var recreate = Policy with
        {
            Settings = Policy.Settings with { Invoice = Policy.Settings.Invoice with { Recreate = true } },
        };
        var invoice = Invoice with { Status = status };
        Assert.IsType(reversed, Decide(Linked with { Hash = InvoiceHash.Reversed }, invoice));
        Assert.IsType(
            withRecreate,
            InvoiceDecision.For(Linked with { Hash = InvoiceHash.Reversed }, invoice, recreate, requested: false)
        );
        Assert.IsType(owed, Decide(Linked with { Hash = InvoiceHash.Replaced }, invoice));
    }

    [Fact]
    public void What_is_deleted_or_gone_is_taken_back_or_left_out()
    {
        foreach (var gone in new[] { null, Invoice with { IsDeleted = true } })
        {
            Assert.IsType<InvoiceDecision.Skip>(Decide(Some.Entry(), gone));
            Assert.Equal(
                InvoiceHash.Reversed,
                Assert.IsType<InvoiceDecision.Unchanged>(Decide(Linked with { Hash = InvoiceHash.Replaced }, gone)).Hash
            );
        }
    }

    [Fact]
    public void What_Zuper_does_not_know_any_more_is_never_taken_back()
    {
        Assert.IsType<InvoiceDecision.Reverse>(Decide(Linked, Invoice with { IsDeleted = true }));
        Assert.Equal("zuper-record-missing", Assert.IsType<InvoiceDecision.Reject>(Decide(Linked, null)).Problem.Code);
    }

    [Theory]
    [InlineData("DRAFT")]
    [InlineData("READY_TO_INVOICE")]
    public void A_draft_is_booked_and_kept_equal_where_its_status_is_chosen(string status)
    {
        var chosen = Policy with
        {
            Settings = Policy.Settings with { Invoice = Policy.Settings.Invoice with { Statuses = [status] } },
        };
        var invoice = Invoice with { Status = status };
        Assert.IsType<InvoiceDecision.Unchanged>(InvoiceDecision.For(Linked, invoice, chosen, requested: false));
        Assert.IsType<InvoiceDecision.Update>(
            InvoiceDecision.For(Linked, invoice with { ReferenceNo = "PO 1" }, chosen, requested: false)
        );
        Assert.IsType<InvoiceDecision.Create>(
            InvoiceDecision.For(Linked with { Hash = InvoiceHash.Replaced }, invoice, chosen, requested: false)
        );
    }

    [Fact]
    public void What_is_dated_before_the_start_waits_for_a_person_to_ask()
    {
        var late = Policy with { StartDate = new DateOnly(2026, 2, 4) };
        Assert.IsType<InvoiceDecision.Skip>(InvoiceDecision.For(Some.Entry(), Invoice, late, requested: false));
        Assert.IsType<InvoiceDecision.Create>(InvoiceDecision.For(Some.Entry(), Invoice, late, requested: true));
        Assert.IsType<InvoiceDecision.Create>(
            InvoiceDecision.For(
                Some.Entry(),
                Invoice,
                late with
                {
                    StartDate = new DateOnly(2026, 2, 3),
                },
                requested: false
            )
        );
        Assert.IsType<InvoiceDecision.Update>(
            InvoiceDecision.For(Linked with { Hash = null }, Invoice, late, requested: false)
        );
    }

    [Fact]
    public void One_that_carries_an_id_that_we_did_not_link_is_checked()
    {
        var carrying = Invoice with { CustomFields = [new ZuperCustomField("sage invoice id", " 51 ")] };
        Assert.Equal("51", Assert.IsType<InvoiceDecision.CheckSageId>(Decide(Some.Entry(), carrying)).SageId);
        Assert.IsType<InvoiceDecision.Unchanged>(Decide(Linked, carrying));
    }

    private static InvoiceDecision Decide(KeyMapEntry entry, ZuperInvoice? invoice) =>
        InvoiceDecision.For(entry, invoice, Policy, requested: false);
}
