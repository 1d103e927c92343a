using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class A_parent_that_is_mended_frees_its_children : CustomerRoadTest
{
    [Fact]
    public async Task When_an_inactive_organization_is_active_again_its_customers_go_on_by_themselves()
    {
        await ConnectCustomersAsync();
        var organization = MakeOrganization("Harbor Dental Group");
        Zuper.Screens.Deactivate(organization);
        await RestAsync();
        var customer = MakeCustomer("Ines", "Roy", organization);
        await RestAsync();
        Assert.Equal((RecordState.NeedsAction, "parent-skipped"), ((await ContactEntryAsync(customer)).State, (await ContactEntryAsync(customer)).Problem?.Code));

        Zuper.Screens.Activate(organization);
        await RestAsync();

        await AssertAttachedAsync(customer, organization);
    }

    [Fact]
    public async Task When_an_organization_that_was_ignored_is_linked_its_customers_go_on_by_themselves()
    {
        await ConnectCustomersAsync();
        var organization = MakeOrganization("Quayside Hotels", o => o["organization_email"] = "ap@");
        await RestAsync();
        var connection = (await Process.Get<ConnectionStore>().GetAsync(Id, Forever))!;
        await Process.Get<PersonRequests>().IgnoreAsync(connection, FlowName.Organizations, organization, null, Forever);
        var customer = MakeCustomer("Paul", "Roy", organization);
        await RestAsync();
        Assert.Equal("parent-ignored", (await ContactEntryAsync(customer)).Problem?.Code);

        AddCustomer("C-77", "Quayside Hotels");
        await Process.Get<PersonRequests>().LinkAsync(connection, FlowName.Organizations, organization, "C-77", Forever);
        await RestAsync();

        Assert.Equal((RecordState.Synced, "C-77"), ((await ContactEntryAsync(customer)).State, (await ContactEntryAsync(customer)).AttachedTo));
    }
}
