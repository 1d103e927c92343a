using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Contacts;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class An_invoice_finds_its_customer_past_the_contact : InvoiceRoadTest
{
    [Fact]
    public async Task Of_an_inactive_person_that_was_linked_by_hand_it_says_what_is_missing_and_goes_on_with_it()
    {
        await BooksAsync();
        var person = InactivePerson(null);
        var invoice = InvoiceOf(person);
        await RestAsync();
        await AssertNeedsAsync(invoice, "parent-skipped");

        Intacct.Company.Add("CONTACT", Named("CONTACTNAME", "Ines Roy"));
        await LinkAsync(ZuperFlows.Customers, person, "Ines Roy");
        await AssertNeedsAsync(invoice, "parent-skipped");
        Assert.Contains(
            "organizations/customer:",
            (await InvoiceEntryAsync(invoice)).Problem!.Fix,
            StringComparison.Ordinal
        );

        Intacct.Company.Add("CUSTOMER", Named("CUSTOMERID", "C-9"));
        await LinkAsync(ZuperFlows.Organizations, OwnCustomer.Prefix + person, "C-9");
        await AssertSyncedAsync(invoice);
        Assert.Equal("C-9", Booked(invoice)["CUSTOMERID"]);
    }

    [Fact]
    public async Task Of_an_inactive_person_of_an_organization_it_is_for_the_organizations_customer()
    {
        await BooksAsync();
        var invoice = InvoiceOf(InactivePerson(Organization));
        await RestAsync();
        await AssertSyncedAsync(invoice);
        Assert.Equal((await EntryAsync(Organization)).TargetId, Booked(invoice)["CUSTOMERID"]);
    }

    private string InactivePerson(string? organization)
    {
        var fields = new JsonObject { ["customer_first_name"] = "Ines", ["customer_last_name"] = "Roy" };
        if (organization is not null)
            fields["customer_organization"] = organization;
        var uid = Zuper.Screens.Create(ZuperModules.Customer, fields);
        Zuper.Screens.Deactivate(uid);
        return uid;
    }

    private string InvoiceOf(string person) =>
        MakeInvoice(i =>
        {
            i.Remove("organization");
            i["customer"] = person;
        });

    private static Dictionary<string, string> Named(string field, string value) =>
        new(StringComparer.Ordinal)
        {
            [field] = value,
            ["NAME"] = "Ines Roy",
            ["PRINTAS"] = "Ines Roy",
            ["DISPLAYCONTACT.PRINTAS"] = "Ines Roy",
        };

    private async Task LinkAsync(FlowName flow, string sourceId, string targetId)
    {
        var connection = await ConnectionAsync();
        await Process.Get<PersonRequests>().LinkAsync(connection, flow, sourceId, targetId, Forever);
        await RestAsync();
    }
}
