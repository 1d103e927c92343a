using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class Invoices_in_bulk_and_in_shadow : InvoiceRoadTest
{
    [Fact]
    public async Task In_shadow_mode_nothing_is_written_and_the_story_says_what_would_be()
    {
        await BooksAsync();
        var booked = MakeInvoice();
        await RestAsync();
        await SettingsAsync(s => s with { Mode = SyncMode.Shadow });
        var before = Invoices.Count;
        var uid = MakeInvoice();
        Zuper.Screens.SetStatus(booked, "CANCELED");
        await RestAsync();
        Assert.Equal(before, Invoices.Count);
        Assert.Contains("would create", (await InvoiceEntryAsync(uid)).Timeline[^1].Detail, StringComparison.Ordinal);
        Assert.Contains(
            "would reverse",
            (await InvoiceEntryAsync(booked)).Timeline[^1].Detail,
            StringComparison.Ordinal
        );

        await SettingsAsync(s => s with { Mode = SyncMode.Live });
        Zuper.Screens.Edit(uid, i => i["remarks"] = "go");
        await RestAsync();
        await AssertSyncedAsync(uid);
    }

    [Fact]
    public async Task Many_invoices_that_a_sweep_finds_cost_little_more_than_a_transaction_each()
    {
        const int count = 100;
        await BooksAsync();
        Clock.Advance(TimeSpan.FromMinutes(20));
        await SweepAsync();
        Zuper.WebhooksEnabled = false;
        for (var i = 0; i < count; i++)
            MakeInvoice(Line("Tune-up", 1, 100 + i));
        Clock.Advance(TimeSpan.FromMinutes(20));
        var (transactions, requests) = (Intacct.Counters.Transactions, Zuper.Counters.Requests);
        await SweepAsync();

        Assert.Equal(count, Invoices.Count);
        Assert.InRange(Intacct.Counters.Transactions - transactions, count, count * 1.1);
        Assert.InRange(Zuper.Counters.Requests - requests, count, count * 2.1);
        Assert.Equal(
            count,
            Zuper
                .Screens.Records(ZuperModules.Invoice)
                .Count(i => InvoiceId(i["invoice_uid"]!.GetValue<string>()) is not null)
        );
    }

    [Fact]
    public async Task A_person_who_is_billed_is_named_once_the_contact_stands_in_the_customers_list()
    {
        await BooksAsync();
        Zuper.WebhooksEnabled = false;
        var person = Zuper.Screens.Create(
            ZuperModules.Customer,
            new JsonObject
            {
                ["customer_first_name"] = "Ines",
                ["customer_last_name"] = "Roy",
                ["customer_organization"] = Organization,
            }
        );
        Zuper.WebhooksEnabled = true;
        var before = MakeInvoice(i => i["customer"] = person);
        var own = MakeInvoice(i =>
        {
            i.Remove("organization");
            i["customer"] = person;
        });
        await RestAsync();
        var after = MakeInvoice(i => i["customer"] = person);
        await RestAsync();

        foreach (var uid in new[] { before, own, after })
            await AssertSyncedAsync(uid);
        Assert.Equal(SageId(Organization), Booked(own)["CUSTOMERID"]);
        var contact = Zuper.Screens.CustomField(person, "Sage Contact ID");
        Assert.Equal(
            (contact, contact),
            (Booked(own)["BILLTOPAYTOCONTACTNAME"], Booked(after)["BILLTOPAYTOCONTACTNAME"])
        );
        Assert.NotEqual(contact, Booked(before)["BILLTOPAYTOCONTACTNAME"]);
    }
}
