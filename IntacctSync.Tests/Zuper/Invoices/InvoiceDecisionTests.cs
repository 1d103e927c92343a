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

    [Fact]
    public void With_a_reference_number_that_Intacct_can_not_take_whole_nothing_is_booked_and_a_booked_one_goes_on()
    {
        var long46 = Invoice with { ReferenceNo = new string('7', 46) };
        var reject = Assert.IsType<InvoiceDecision.Reject>(Decide(Some.Entry(), long46));
        Assert.Equal("reference-too-long", reject.Problem.Code);
        Assert.IsType<InvoiceDecision.Update>(Decide(Linked, long46));
    }

    [Theory]
    [InlineData("CANCELED", typeof(InvoiceDecision.Reverse), typeof(InvoiceDecision.Skip))]
    [InlineData("BAD_DEBT", typeof(InvoiceDecision.Unchanged), typeof(InvoiceDecision.Skip))]
    [InlineData("AWAIT_PAYMENT", typeof(InvoiceDecision.Reject), typeof(InvoiceDecision.Reject))]
    public void A_due_date_that_can_not_be_read_keeps_an_invoice_from_being_written_and_from_nothing_else(
        string status,
        Type linked,
        Type unlinked
    )
    {
        var unread = Invoice with { Status = status, DueDate = null, UnreadableTerms = "due_date is 'Invalid date'" };
        Assert.IsType(linked, Decide(Linked, unread));
        Assert.IsType(unlinked, Decide(Some.Entry(), unread));
        if (Decide(Linked, unread) is InvoiceDecision.Reject reject)
            Assert.Equal("invoice-terms-unreadable", reject.Problem.Code);

        // Nor is it taken for equal where there was no due date before.
        var without = Linked with
        {
            Hash = InvoiceHash.Of(Invoice with { DueDate = null }, Policy.Settings).ToString(),
        };
        Assert.IsType(linked, Decide(without, unread));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Parts_that_do_not_make_the_total_are_a_persons_once_the_invoice_was_linked_by_hand(bool ofOneLine)
    {
        var off = ofOneLine
            ? Some.Invoice(100, Some.InvoiceLine("Labour", 3, 33.33m) with { Total = 100 })
            : Some.Invoice(125.10m, Some.InvoiceLine("Labour", 1, 41.66m), Some.InvoiceLine("Labour", 2, 41.66m));
        var byHand = Linked with { Hash = null, Adopted = true };
        Assert.Equal(off.Total, Assert.IsType<InvoiceDecision.Update>(Decide(byHand, off)).Draft.Total);
        var draft = Assert.IsType<InvoiceDecision.Update>(Decide(byHand, off)).Draft;
        Assert.Equal(("invoice-does-not-add-up", 0), (draft.SumProblem?.Code, draft.Lines.Count));

        // What was found out holds for that counterpart, and for no other one.
        var noted = LinesByHand.Noted(byHand, draft) with
        {
            Adopted = false,
            Hash = "a.b.c.d",
        };
        Assert.IsType<InvoiceDecision.Update>(Decide(noted, off));
        foreach (var other in new[] { Linked, Linked with { Hash = null }, noted with { TargetId = "52" } })
            Assert.IsType<InvoiceDecision.Reject>(Decide(other, off));
        Assert.IsType<InvoiceDecision.Update>(
            Decide(noted with { TargetId = "52", Parts = LinesByHand.Moved(noted, "52") }, off)
        );
        Assert.IsType<InvoiceDecision.Reject>(Decide(Some.Entry(), off));
        Assert.IsType<InvoiceDecision.Reject>(Decide(byHand, off with { Total = null }));
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
