using System.Globalization;
using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Contacts;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>Zuper merges one customer into another: all invoices of the one are the other's then.</summary>
public sealed class Customers_that_are_merged_in_Zuper : InvoiceRoadTest
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Leave_their_booked_invoices_where_they_are_and_ask_nobody(bool twice)
    {
        await BooksAsync();
        var (from, into, last) = (MakeCustomer("Ines"), MakeCustomer("Ada"), MakeCustomer("Eve"));
        await SweepLaterAsync();
        var uid = MakeInvoiceOf(from);
        await SweepLaterAsync();
        await AssertSyncedAsync(uid);
        var booked = SageId(from)!;
        Assert.Equal(booked, Booked(uid)["CUSTOMERID"]);

        Merge(from, into);
        if (twice)
            Merge(into, last);
        Zuper.Screens.Edit(
            uid,
            i =>
            {
                i["customer"] = twice ? last : into;
                i["description"] = "Second visit";
            }
        );
        await SweepLaterAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal((booked, "Second visit"), (Booked(uid)["CUSTOMERID"], Booked(uid)["DESCRIPTION"]));
        Assert.Contains((await InvoiceEntryAsync(uid)).Timeline, t => t.What == "customerMerged");
        Assert.Equal("active", Intacct.Company.Record("CUSTOMER", booked)!["STATUS"]);
        Assert.Contains((await EntryAsync(OwnCustomer.SourceId(from))).Timeline, t => t.What == "kept");
        Assert.Single(Invoices);

        // Later changes go where it is booked, and new invoices to the one that is left.
        EditLines(uid, lines => lines[0]!["unit_price"] = 141);
        var left = twice ? last : into;
        var next = MakeInvoiceOf(left);
        await SweepLaterAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal(141, decimal.Parse(Assert.Single(Amounts(uid)), CultureInfo.InvariantCulture));
        Assert.Equal(SageId(left), Booked(next)["CUSTOMERID"]);
    }

    [Fact]
    public async Task Are_set_inactive_where_nothing_is_booked_for_them()
    {
        await BooksAsync();
        var (from, into) = (MakeCustomer("Ines"), MakeCustomer("Ada"));
        await SweepLaterAsync();
        Merge(from, into);
        await SweepLaterAsync();
        Assert.Equal("inactive", Intacct.Company.Record("CUSTOMER", SageId(from)!)!["STATUS"]);
    }

    [Fact]
    public async Task Are_set_inactive_where_what_was_booked_for_them_is_reversed()
    {
        await BooksAsync();
        var (from, into) = (MakeCustomer("Ines"), MakeCustomer("Ada"));
        await SweepLaterAsync();
        var uid = MakeInvoiceOf(from);
        await SweepLaterAsync();
        Zuper.Screens.SetStatus(uid, "CANCELED");
        await SweepLaterAsync();
        Assert.Equal("Reversed", Booked(uid)["STATE"]);
        Merge(from, into);
        await SweepLaterAsync();
        Assert.Equal("inactive", Intacct.Company.Record("CUSTOMER", SageId(from)!)!["STATUS"]);
    }

    [Fact]
    public async Task Keep_an_invoice_that_was_adopted_under_another_number()
    {
        await BooksAsync();
        var (from, into) = (MakeCustomer("Ines"), MakeCustomer("Ada"));
        await SweepLaterAsync();
        Intacct.Screens.PostInvoice(SageId(from)!, "OLD-7", 129);
        var uid = MakeInvoice(i =>
        {
            i.Remove("organization");
            i["customer"] = from;
            i["custom_fields"] = new JsonArray(Field("Sage Invoice ID", Invoices.Single()["RECORDNO"]));
        });
        await SweepLaterAsync();
        await AssertSyncedAsync(uid);

        Merge(from, into);
        Zuper.Screens.Edit(
            uid,
            i =>
            {
                i["customer"] = into;
                i["description"] = "Second visit";
            }
        );
        await SweepLaterAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal("OLD-7", Assert.Single(Invoices)["RECORDID"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Let_no_number_change_in_silence(bool atOnce)
    {
        await BooksAsync();
        var (from, into) = (MakeCustomer("Ines"), MakeCustomer("Ada"));
        await SweepLaterAsync();
        var uid = MakeInvoiceOf(from);
        await SweepLaterAsync();
        await AssertSyncedAsync(uid);
        Merge(from, into);
        Zuper.Screens.Edit(uid, i => i["customer"] = into);
        if (!atOnce)
        {
            await SweepLaterAsync();
            await AssertSyncedAsync(uid);
        }

        Zuper.Screens.Edit(uid, i => i["prefix"] = "R-");
        await SweepLaterAsync();
        Assert.Equal("INV-2001", Booked(uid)["RECORDID"]);
        await AssertNeedsAsync(uid, "invoice-number-changed");
    }

    [Fact]
    public async Task Leave_a_number_that_an_accountant_has_given()
    {
        await BooksAsync();
        var (from, into) = (MakeCustomer("Ines"), MakeCustomer("Ada"));
        await SweepLaterAsync();
        var uid = MakeInvoiceOf(from);
        await SweepLaterAsync();
        var booked = int.Parse(InvoiceId(uid)!, CultureInfo.InvariantCulture);
        Intacct.Company.Change(context =>
        {
            var invoices = context.Table("ARINVOICE");
            var record = invoices.Find(booked)!;
            var values = new Dictionary<string, string>(record.Values, StringComparer.Ordinal) { ["RECORDID"] = "A-1" };
            context.Books.Update(invoices, record, values, context.Stamp);
            return 0;
        });
        Merge(from, into);
        Zuper.Screens.Edit(
            uid,
            i =>
            {
                i["customer"] = into;
                i["description"] = "Second visit";
            }
        );
        await SweepLaterAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal(("A-1", "Second visit"), (Booked(uid)["RECORDID"], Booked(uid)["DESCRIPTION"]));
    }

    [Fact]
    public async Task Keep_an_invoice_that_is_made_anew_after_its_reversal_was_all_that_got_through()
    {
        await BooksAsync(s => WithInvoice(s, i => i with { Recreate = true }));
        var (from, into) = (MakeCustomer("Ines"), MakeCustomer("Ada"));
        await SweepLaterAsync();
        var uid = MakeInvoiceOf(from);
        await SweepLaterAsync();
        await AssertSyncedAsync(uid);
        var booked = await InvoiceEntryAsync(uid);
        Intacct.Screens.ReverseInvoice("INV-2001");
        await Process
            .Get<KeyMapStore>()
            .SaveAsync([booked with { Hash = InvoiceHash.Replaced, Revision = 1 }], Forever);
        Merge(from, into);
        Zuper.Screens.Edit(uid, i => i["customer"] = into);
        await SweepLaterAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal(("INV-2001-2", SageId(from)), (Booked(uid)["RECORDID"], Booked(uid)["CUSTOMERID"]));
        Assert.Equal("active", Intacct.Company.Record("CUSTOMER", SageId(from)!)!["STATUS"]);
    }

    [Fact]
    public async Task Are_asked_about_where_an_invoice_was_given_to_somebody_else()
    {
        await BooksAsync();
        var (from, other) = (MakeCustomer("Ines"), MakeCustomer("Ada"));
        await SweepLaterAsync();
        var uid = MakeInvoiceOf(from);
        await SweepLaterAsync();
        Zuper.Screens.Edit(uid, i => i["customer"] = other);
        await SweepLaterAsync();
        await AssertNeedsAsync(uid, "invoice-customer-changed");
    }

    [Fact]
    public async Task Are_no_difference_of_the_invoices_that_stay_with_them()
    {
        await BooksAsync();
        var (from, into) = (MakeCustomer("Ines"), MakeCustomer("Ada"));
        await SweepLaterAsync();
        var (uid, moved) = (MakeInvoiceOf(from), MakeInvoiceOf(from));
        await SweepLaterAsync();
        Merge(from, into);
        foreach (var invoice in new[] { uid, moved })
            Zuper.Screens.Edit(invoice, i => i["customer"] = into);
        await SweepLaterAsync();
        Assert.Equal([], await CompareAsync());

        // What an accountant changes is one all the same, held against the customer that it is booked for.
        Tamper("ARINVOICE", InvoiceId(moved)!, ("CUSTOMERID", SageId(into)!));
        Assert.Equal(
            [$"invoices {Booked(moved)["RECORDID"]} customer '{SageId(from)}' '{SageId(into)}' changedByHand"],
            await CompareAsync()
        );
    }

    private string MakeCustomer(string name) =>
        Zuper.Screens.Create(
            ZuperModules.Customer,
            new JsonObject { ["customer_first_name"] = name, ["customer_last_name"] = "Roy" }
        );

    private string MakeInvoiceOf(string customer) =>
        MakeInvoice(i =>
        {
            i.Remove("organization");
            i["customer"] = customer;
        });

    private void Merge(string from, string into) => Zuper.Screens.Edit(from, c => c["merged_into"] = into);

    private async Task SweepLaterAsync()
    {
        Zuper.WebhooksEnabled = false;
        Clock.Advance(TimeSpan.FromMinutes(20));
        await SweepAsync();
    }

    private async Task<IReadOnlyList<string>> CompareAsync()
    {
        var connection = (await Process.Get<ConnectionStore>().GetAsync(Id, Forever))!;
        return (await Process.ReconcileAsync(connection, PassAsync, ZuperFlows.Invoices)).Differences;
    }
}
