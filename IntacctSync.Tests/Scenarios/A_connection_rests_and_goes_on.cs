using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Zuper;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class A_connection_rests_and_goes_on : InvoiceRoadTest
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    [Fact]
    public async Task What_changed_in_all_five_flows_while_it_rested_is_carried_over_when_it_goes_on()
    {
        await OpenAsync();
        var invoice = MakeInvoice(Line("Tune-up", 1, 129));
        await RestAsync();
        await PollAllAsync();
        await AssertSyncedAsync(invoice);

        await DeactivateAsync();
        var organization = MakeOrganization("Blue Heron Brewing");
        var customer = Zuper.Screens.Create(
            ZuperModules.Customer,
            new JsonObject
            {
                ["customer_first_name"] = "Ines",
                ["customer_last_name"] = "Roy",
                ["customer_organization"] = Organization,
            }
        );
        EditLines(invoice, lines => lines[0]!["unit_price"] = 150);
        Intacct.Company.Add("ITEM", Item("LATE-1"));
        await RestAsync();
        Clock.Advance(Week);
        await PollAllAsync();
        Assert.Null(Zuper.Screens.CustomField(organization, "Sage Customer ID"));
        Assert.Equal("129", Amounts(invoice)[0].Split('.')[0]);

        await Process.Get<PersonRequests>().ActivateAsync(Id, Forever);
        await RestAsync();
        Assert.NotNull(Zuper.Screens.CustomField(organization, "Sage Customer ID"));
        Assert.NotNull(Zuper.Screens.CustomField(customer, "Sage Contact ID"));
        Assert.Equal("150", Amounts(invoice)[0].Split('.')[0]);
        Assert.Contains(Zuper.Screens.Records(ZuperModules.Product), p => p["product_id"]!.ToString() == "LATE-1");

        // A payment that came in while it rested a second time.
        await DeactivateAsync();
        Intacct.Screens.Pay(Booked(invoice)["CUSTOMERID"], [(Booked(invoice)["RECORDID"], 150m)]);
        Clock.Advance(Week);
        await Process.Get<PersonRequests>().ActivateAsync(Id, Forever);
        await RestAsync();
        Assert.Equal("PAID", Zuper.Screens.Record(invoice)!["invoice_status"]!.ToString());
    }

    [Fact]
    public async Task Nothing_is_asked_of_either_system_while_it_rests()
    {
        await OpenAsync();
        await DeactivateAsync();
        var before = Asked;
        MakeOrganization("Blue Heron Brewing");
        Clock.Advance(Week);
        await PollAllAsync();
        Assert.Equal(before, Asked);
    }

    private Task OpenAsync() =>
        BooksAsync(s =>
            s with
            {
                DefaultPaymentModeUid = ZuperPaymentModes.Cheque.Uid,
                DefaultProductCategoryUid = ZuperCategories.Parts,
            }
        );

    private Task DeactivateAsync() =>
        Process
            .Get<ConnectionStore>()
            .ChangeAsync(Id, c => c with { Active = false, DeactivatedAt = Clock.GetUtcNow() }, Forever);

    private async Task PollAllAsync()
    {
        Clock.Advance(TimeSpan.FromMinutes(10));
        await Process.Get<Poller>().TickAsync([.. ZuperFlows.All.Select(f => f.Name)], Clock.GetUtcNow(), Forever);
        await RestAsync(TimeSpan.FromMinutes(1));
    }

    private static Dictionary<string, string> Item(string itemId) =>
        new(StringComparer.Ordinal)
        {
            ["ITEMID"] = itemId,
            ["NAME"] = "Air Filter",
            ["ITEMTYPE"] = "Inventory",
            ["BASEPRICE"] = "18.25",
            ["BASEUOM"] = "Each",
            ["STATUS"] = "active",
        };
}
