using System.Text.Json.Nodes;
using IntacctSync.Core.Domain;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class Invoices_reach_Intacct : InvoiceRoadTest
{
    [Fact]
    public async Task An_invoice_that_awaits_payment_is_booked_and_its_id_shows_in_Zuper()
    {
        await BooksAsync();
        var uid = MakeInvoice(i => i["reference_no"] = "PO 8812", Line("Tune-up", 2, 120), Line("Filter", 3, 18.25m));
        await RestAsync();

        await AssertSyncedAsync(uid);
        var invoice = Assert.Single(Invoices);
        Assert.Equal(invoice["RECORDNO"], InvoiceId(uid));
        Assert.Equal(SageId(Organization), invoice["CUSTOMERID"]);
        Assert.Equal("INV-2001", invoice["RECORDID"]);
        Assert.Equal("PO 8812", invoice["DOCNUMBER"]);
        Assert.Equal(("03/02/2026", "04/01/2026"), (invoice["WHENCREATED"], invoice["WHENDUE"]));
        Assert.Equal("294.75", invoice["TRX_TOTALENTERED"]);
        Assert.Equal(["240", "54.75"], Amounts(uid));
        Assert.All(LinesOf(uid), l => Assert.Equal("4000", l["ACCOUNTNO"]));
    }

    [Fact]
    public async Task An_invoice_whose_customer_is_not_synced_yet_pulls_it_in_and_waits()
    {
        await BooksAsync();
        Zuper.WebhooksEnabled = false;
        var organization = MakeOrganization("Quayside Hotels");
        Zuper.WebhooksEnabled = true;
        var uid = MakeInvoice(i => i["organization"] = organization);
        await RestAsync();

        await AssertSyncedAsync(uid);
        Assert.Equal(SageId(organization), Booked(uid)["CUSTOMERID"]);
    }

    [Fact]
    public async Task A_payment_in_Zuper_rewrites_nothing()
    {
        await BooksAsync();
        var uid = MakeInvoice();
        await RestAsync();
        var before = Intacct.Counters.Transactions;
        Zuper.Screens.Pay(uid, 29);
        await RestAsync();
        Zuper.Screens.Pay(uid, 100);
        await RestAsync();

        Assert.Equal("PAID", Zuper.Screens.Record(uid)!["invoice_status"]!.GetValue<string>());
        Assert.Equal(before, Intacct.Counters.Transactions);
        await AssertSyncedAsync(uid);
    }

    [Fact]
    public async Task A_changed_line_is_changed_and_a_new_one_added_by_one_update()
    {
        await BooksAsync();
        var uid = MakeInvoice(Line("Tune-up", 2, 120), Line("Filter", 3, 18.25m));
        await RestAsync();
        EditLines(
            uid,
            lines =>
            {
                lines[1]!["quantity"] = 4;
                lines.Add(Line("Trip", 1, 45));
            }
        );
        await RestAsync();

        await AssertSyncedAsync(uid);
        Assert.Equal(["240", "73", "45"], Amounts(uid));
        Assert.Equal("358", Assert.Single(Invoices)["TRX_TOTALENTERED"]);
        Assert.Equal(1, Intacct.Counters.Updates);
    }

    [Fact]
    public async Task A_changed_date_and_reference_reach_the_header_alone()
    {
        await BooksAsync();
        var uid = MakeInvoice();
        await RestAsync();
        Zuper.Screens.Edit(
            uid,
            i =>
            {
                i["invoice_date"] = "2026-03-05";
                i["reference_no"] = "PO 9";
                i["description"] = "<p>March visit</p>";
            }
        );
        await RestAsync();

        await AssertSyncedAsync(uid);
        var invoice = Assert.Single(Invoices);
        Assert.Equal(
            ("03/05/2026", "PO 9", "March visit"),
            (invoice["WHENCREATED"], invoice["DOCNUMBER"], invoice["DESCRIPTION"])
        );
        Assert.Equal(["129"], Amounts(uid));
    }

    [Fact]
    public async Task Discount_taxes_and_fees_become_lines_of_their_own()
    {
        await BooksAsync();
        var uid = MakeInvoice(
            i =>
            {
                i["total_discount"] = 10;
                i["discount"] = new JsonObject
                {
                    ["type"] = "FIXED",
                    ["discount_applicability"] = "INVOICE",
                    ["discount_label"] = "Discount",
                };
                i["tax"] = new JsonArray(
                    new JsonObject
                    {
                        ["tax_name"] = "TX",
                        ["tax_percent"] = 8.25,
                        ["tax_amount"] = 18.98,
                    }
                );
                i["fees"] = new JsonArray(new JsonObject { ["fee_name"] = "Trip", ["amount"] = 5 });
            },
            Line("Tune-up", 2, 120)
        );
        await RestAsync();

        await AssertSyncedAsync(uid);
        Assert.Equal(["240", "-10", "18.98", "5"], Amounts(uid));
        Assert.Equal(["4000", "4020", "2200", "4090"], LinesOf(uid).Select(l => l["ACCOUNTNO"]));
    }

    [Fact]
    public async Task An_invoice_that_does_not_add_up_is_not_booked()
    {
        await BooksAsync();
        Zuper.WebhooksEnabled = false;
        var uid = MakeInvoice();
        Zuper.WebhooksEnabled = true;
        Zuper.Screens.BreakTotal(uid, 130);
        await RestAsync();

        await AssertNeedsAsync(uid, "invoice-does-not-add-up");
        Assert.Contains("129.00", (await InvoiceEntryAsync(uid)).Problem!.Message, StringComparison.Ordinal);
        Assert.Empty(Invoices);
        Zuper.Screens.BreakTotal(uid, null);
        await RestAsync();
        await AssertSyncedAsync(uid);
    }

    [Fact]
    public async Task An_invoice_in_a_status_that_was_not_chosen_is_left_out_until_it_is()
    {
        await BooksAsync();
        var uid = MakeInvoice(i => i["invoice_status"] = "DRAFT");
        await RestAsync();
        Assert.Equal(RecordState.Skipped, (await InvoiceEntryAsync(uid)).State);
        Assert.Contains("a draft", (await InvoiceEntryAsync(uid)).Timeline[^1].Detail, StringComparison.Ordinal);
        Zuper.Screens.SetStatus(uid, "AWAIT_PAYMENT");
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Single(Invoices);
    }

    [Theory]
    [InlineData("BAD_DEBT")]
    [InlineData("CLOSED")]
    [InlineData("ARCHIVED")]
    public async Task An_invoice_that_is_put_aside_changes_nothing(string status)
    {
        await BooksAsync();
        var uid = MakeInvoice();
        await RestAsync();
        var before = Intacct.Counters.Transactions;
        Zuper.Screens.SetStatus(uid, status);
        await RestAsync();
        Assert.Equal(before, Intacct.Counters.Transactions);
        await AssertSyncedAsync(uid);
    }

    [Theory]
    [InlineData("DRAFT")]
    [InlineData("READY_TO_INVOICE")]
    public async Task An_invoice_that_becomes_a_draft_again_needs_a_person(string status)
    {
        await BooksAsync();
        var uid = MakeInvoice();
        await RestAsync();
        Zuper.Screens.SetStatus(uid, status);
        await RestAsync();
        await AssertNeedsAsync(uid, "invoice-back-to-draft");
    }

    [Fact]
    public async Task An_invoice_with_an_unknown_location_is_booked_once_the_location_is_mended()
    {
        await BooksAsync(s => s with { InvoiceLocationField = "Location" });
        var uid = MakeInvoice(i => i["custom_fields"] = new JsonArray(Field("Location", "999")));
        await RestAsync();
        await AssertNeedsAsync(uid, "location-unknown");
        Zuper.Screens.EditField(uid, "Location", "200");
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal("200", LinesOf(uid).Single()["LOCATIONID"]);
    }

    [Fact]
    public async Task An_invoice_of_a_closed_period_is_booked_once_the_period_is_open()
    {
        await BooksAsync();
        Intacct.Screens.CloseBooksThrough(new DateOnly(2026, 3, 31));
        var uid = MakeInvoice();
        await RestAsync();
        await AssertNeedsAsync(uid, "period-closed");
        Intacct.Screens.CloseBooksThrough(null);
        await RetryAsync(uid);
        await AssertSyncedAsync(uid);
        Assert.Single(Invoices);
    }
}
