using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Zuper;
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
        Assert.Equal(
            (RecordState.NeedsAction, "parent-skipped"),
            ((await ContactEntryAsync(customer)).State, (await ContactEntryAsync(customer)).Problem?.Code)
        );

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
        var connection = await ConnectionAsync();
        await Process
            .Get<PersonRequests>()
            .IgnoreAsync(connection, ZuperFlows.Organizations, organization, null, Forever);
        var customer = MakeCustomer("Paul", "Roy", organization);
        await RestAsync();
        Assert.Equal("parent-ignored", (await ContactEntryAsync(customer)).Problem?.Code);

        AddCustomer("C-77", "Quayside Hotels");
        await Process
            .Get<PersonRequests>()
            .LinkAsync(connection, ZuperFlows.Organizations, organization, "C-77", Forever);
        await RestAsync();

        Assert.Equal(
            (RecordState.Synced, "C-77"),
            ((await ContactEntryAsync(customer)).State, (await ContactEntryAsync(customer)).AttachedTo)
        );
    }

    [Fact]
    public async Task When_the_flow_of_an_organization_is_switched_on_its_customers_go_on_by_themselves()
    {
        await ConnectCustomersAsync(s => s with { SyncOrganizations = false });
        var organization = MakeOrganization("Harbor Dental Group");
        var customer = MakeCustomer("Ines", "Roy", organization);
        await RestAsync(TimeSpan.FromMinutes(5));
        Assert.Equal("parent-not-synced", (await ContactEntryAsync(customer)).Problem?.Code);

        var connections = Process.Get<ConnectionStore>();
        await connections.PutAsync(
            Id,
            (await connections.GetAsync(Id, Forever))!.Zuper() with
            {
                SyncOrganizations = true,
            },
            Forever
        );
        Clock.Advance(TimeSpan.FromDays(30));
        await SweepAsync();
        await AssertAttachedAsync(customer, organization);
    }

    [Fact]
    public async Task Only_its_own_children_are_read_again_and_not_as_if_a_person_had_asked()
    {
        await ConnectCustomersAsync();
        var (mended, other) = (MakeOrganization("Harbor Dental Group"), MakeOrganization("Quayside Hotels"));
        Zuper.Screens.Deactivate(mended);
        Zuper.Screens.Deactivate(other);
        await RestAsync();
        var (child, strange) = (MakeCustomer("Ines", "Roy", mended), MakeCustomer("Paul", "Roy", other));
        await RestAsync();
        var before = await ContactEntryAsync(strange);

        Zuper.Screens.Activate(mended);
        await RestAsync();
        await AssertAttachedAsync(child, mended);
        Assert.Equal(before.Stored!.ETag, (await ContactEntryAsync(strange)).Stored!.ETag);
    }

    [Fact]
    public async Task A_child_of_one_that_needs_a_person_costs_next_to_nothing_until_it_is_mended()
    {
        await ConnectCustomersAsync();
        var organization = MakeOrganization("Harbor Dental Group", o => o["organization_email"] = "ap@");
        var customer = MakeCustomer("Ines", "Roy", organization);
        await RestAsync(TimeSpan.FromMinutes(30));
        var before = Asked;
        await RestAsync(TimeSpan.FromDays(3));

        // Its parent is looked for twice a day; before each look the account is asked who it is.
        Assert.InRange(Asked - before, 0, 12);

        Zuper.Screens.Edit(organization, o => o["organization_email"] = "ap@harbor.example");
        await RestAsync(TimeSpan.FromMinutes(5));
        await AssertAttachedAsync(customer, organization);
    }
}
