using System.Text.Json.Nodes;
using IntacctSync.Core.Zuper;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class Customers_in_every_way : WaysTest
{
    [Theory]
    [MemberData(nameof(All))]
    public async Task One_of_an_organization_becomes_a_contact_in_its_customers_list(Way way)
    {
        await ConnectAsync(way);
        var uid = MakeCustomer(Organization);
        Assert.Equal((2, 1, 1), await NoticeAsync(way, ZuperFlows.Customers));

        var contact = Assert.Single(Contacts, c => c["CONTACTNAME"] == ContactId(uid));
        Assert.Equal(("Ines Roy", "active"), (contact["PRINTAS"], contact["STATUS"]));
        Assert.Contains(ContactId(uid)!, Assert.Single(Customers)["CONTACT_LIST_INFO"], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task One_without_an_organization_becomes_a_customer_whose_display_contact_it_is(Way way)
    {
        await ConnectAsync(way);
        var uid = MakeCustomer(null);
        Assert.Equal(1, (await NoticeAsync(way, ZuperFlows.Customers)).Intacct);

        var customer = Assert.Single(Customers, c => c["CUSTOMERID"] == SageId(uid));
        Assert.Equal((ContactId(uid), "Ines Roy"), (customer["DISPLAYCONTACT.CONTACTNAME"], customer["NAME"]));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_change_is_one_update_of_the_contact(Way way)
    {
        var uid = await SyncedAsync(way);
        Zuper.Screens.Edit(uid, c => c["customer_email"] = "roy@harbor.example");
        Assert.Equal((1, 0, 0), await NoticeAsync(way, ZuperFlows.Customers));
        Assert.Equal("roy@harbor.example", Contact(uid)["EMAIL1"]);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_change_of_nothing_that_Intacct_has_writes_nothing(Way way)
    {
        var uid = await SyncedAsync(way);
        Zuper.Screens.Edit(uid, c => c["customer_description"] = "Nothing that is mapped");
        Assert.Equal((0, 0, 0), await NoticeAsync(way, ZuperFlows.Customers));
        Assert.Equal("Ines Roy", Contact(uid)["PRINTAS"]);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task One_that_is_set_inactive_takes_its_contact_along_and_back(Way way)
    {
        var uid = await SyncedAsync(way);
        Zuper.Screens.Deactivate(uid);
        Assert.Equal((1, 0, 0), await NoticeAsync(way, ZuperFlows.Customers));
        Assert.Equal("inactive", Contact(uid)["STATUS"]);
        Zuper.Screens.Activate(uid);
        Assert.Equal((1, 0, 0), await NoticeAsync(way, ZuperFlows.Customers));
        Assert.Equal("active", Contact(uid)["STATUS"]);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task One_that_is_deleted_has_its_contact_set_inactive_and_never_deleted(Way way)
    {
        var uid = await SyncedAsync(way);
        var contact = ContactId(uid)!;
        Zuper.Screens.Delete(uid);
        Assert.Equal((1, 0, 0), await NoticeAsync(way, ZuperFlows.Customers));
        Assert.Equal("inactive", Intacct.Company.Record("CONTACT", contact)!["STATUS"]);
    }

    private IReadOnlyList<IReadOnlyDictionary<string, string>> Contacts => Intacct.Company.Records("CONTACT");

    private string? ContactId(string uid) => Zuper.Screens.CustomField(uid, "Sage Contact ID");

    private IReadOnlyDictionary<string, string> Contact(string uid) =>
        Intacct.Company.Record("CONTACT", ContactId(uid)!)!;

    private async Task<string> SyncedAsync(Way way)
    {
        await ConnectAsync(way);
        var uid = MakeCustomer(Organization);
        await NoticeAsync(way, ZuperFlows.Customers);
        Assert.NotNull(ContactId(uid));
        return uid;
    }

    private string MakeCustomer(string? organization)
    {
        var fields = new JsonObject { ["customer_first_name"] = "Ines", ["customer_last_name"] = "Roy" };
        if (organization is not null)
            fields["customer_organization"] = organization;
        return Zuper.Screens.Create(ZuperModules.Customer, fields);
    }
}
