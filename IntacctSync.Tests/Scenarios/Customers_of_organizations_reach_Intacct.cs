using System.Text.Json.Nodes;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class Customers_of_organizations_reach_Intacct : CustomerRoadTest
{
    [Fact]
    public async Task A_new_customer_becomes_a_contact_in_the_list_of_its_organizations_customer()
    {
        await ConnectCustomersAsync();
        var organization = MakeOrganization("Harbor Dental Group");
        await RestAsync();
        var uid = MakeCustomer(
            "Ines",
            "Roy",
            organization,
            c =>
            {
                c["customer_email"] = "ines@harbor.example";
                c["customer_contact_no"] = new JsonObject
                {
                    ["mobile"] = "+15125550100",
                    ["work"] = "+15125550101",
                    ["home"] = "",
                };
                c["customer_billing_address"] = new JsonObject
                {
                    ["street"] = "12 Pier Rd",
                    ["city"] = "Austin",
                    ["country"] = "USA",
                };
            }
        );
        await RestAsync();

        await AssertAttachedAsync(uid, organization);
        var contact = Contact(uid);
        Assert.StartsWith("Ines Roy (Z-", contact["CONTACTNAME"], StringComparison.Ordinal);
        Assert.Equal(
            ("Ines Roy", "Ines", "Roy", "active"),
            (contact["PRINTAS"], contact["FIRSTNAME"], contact["LASTNAME"], contact["STATUS"])
        );
        Assert.Equal(
            ("ines@harbor.example", "+15125550101", "+15125550100"),
            (contact["EMAIL1"], contact["PHONE1"], contact["CELLPHONE"])
        );
        Assert.Equal(
            ("12 Pier Rd", "United States"),
            (contact["MAILADDRESS.ADDRESS1"], contact["MAILADDRESS.COUNTRY"])
        );
        Assert.Single(Customers);
    }

    [Fact]
    public async Task A_new_contact_costs_two_transactions_and_its_echoes_none()
    {
        await ConnectCustomersAsync();
        var organization = MakeOrganization("Harbor Dental Group");
        await RestAsync();
        var before = Intacct.Counters.Transactions;
        MakeCustomer("Ines", "Roy", organization);
        await RestAsync();

        Assert.Equal(before + 2, Intacct.Counters.Transactions);
    }

    [Fact]
    public async Task Contacts_of_one_customer_are_attached_by_one_update()
    {
        await ConnectCustomersAsync(webhooks: false);
        var organization = MakeOrganization("Harbor Dental Group");
        var uids = Enumerable.Range(0, 12).Select(i => MakeCustomer("Ines", $"Roy {i}", organization)).ToList();
        Clock.Advance(TimeSpan.FromMinutes(10));
        await SweepAsync();

        foreach (var uid in uids)
            await AssertAttachedAsync(uid, organization);
        Assert.Equal(13, Intacct.Counters.Creates);
        Assert.InRange(Intacct.Counters.Updates, 1, 2);
    }

    [Fact]
    public async Task A_customer_that_comes_before_its_organization_sends_for_it()
    {
        await ConnectCustomersAsync(webhooks: false);
        var organization = MakeOrganization("Harbor Dental Group");
        Zuper.WebhooksEnabled = true;
        var uid = MakeCustomer("Ines", "Roy", organization);
        await RestAsync();

        await AssertAttachedAsync(uid, organization);
    }

    [Fact]
    public async Task A_changed_customer_changes_its_contact_whose_name_stays()
    {
        await ConnectCustomersAsync();
        var organization = MakeOrganization("Harbor Dental Group");
        var uid = MakeCustomer("Ines", "Roy", organization, c => c["customer_email"] = "ines@harbor.example");
        await RestAsync();
        var name = ContactId(uid);
        Zuper.Screens.Edit(
            uid,
            c =>
            {
                c["customer_last_name"] = "Roy-Miller";
                c["customer_email"] = "";
            }
        );
        await RestAsync();

        await AssertAttachedAsync(uid, organization);
        var contact = Contact(uid);
        Assert.Equal((name, "Ines Roy-Miller", ""), (contact["CONTACTNAME"], contact["PRINTAS"], contact["EMAIL1"]));
        Assert.Equal(1, Intacct.Counters.All["update CONTACT"]);
    }

    [Fact]
    public async Task A_change_of_nothing_that_is_mapped_calls_Intacct_not_at_all()
    {
        await ConnectCustomersAsync();
        var uid = MakeCustomer("Ines", "Roy", MakeOrganization("Harbor Dental Group"));
        await RestAsync();
        var before = Intacct.Counters.Requests;
        Zuper.Screens.EditField(uid, "Region", "South");
        Zuper.Screens.Edit(uid, c => c["source"] = "Fair");
        await RestAsync();

        Assert.Equal(before, Intacct.Counters.Requests);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_that_is_set_inactive_or_deleted_has_its_contact_set_inactive_and_back(bool delete)
    {
        await ConnectCustomersAsync();
        var organization = MakeOrganization("Harbor Dental Group");
        var uid = MakeCustomer("Ines", "Roy", organization);
        await RestAsync();
        var name = ContactId(uid)!;
        if (delete)
            Zuper.Screens.Delete(uid);
        else
            Zuper.Screens.Deactivate(uid);
        await RestAsync();
        Assert.Equal("inactive", Intacct.Company.Record("CONTACT", name)!["STATUS"]);
        Assert.Equal(RecordState.Synced, (await ContactEntryAsync(uid)).State);
        Assert.Equal("active", Assert.Single(Customers)["STATUS"]);

        if (delete)
            Zuper.Screens.Restore(uid);
        else
            Zuper.Screens.Activate(uid);
        await RestAsync();
        Assert.Equal("active", Intacct.Company.Record("CONTACT", name)!["STATUS"]);
    }

    [Fact]
    public async Task One_that_was_merged_into_another_has_its_contact_set_inactive()
    {
        await ConnectCustomersAsync();
        var organization = MakeOrganization("Harbor Dental Group");
        var (uid, other) = (MakeCustomer("Ines", "Roy", organization), MakeCustomer("Ines", "Roy", organization));
        await RestAsync();
        Zuper.Screens.Edit(uid, c => c["merged_into"] = other);
        await RestAsync();

        Assert.Equal("inactive", Contact(uid)["STATUS"]);
        Assert.Equal("active", Contact(other)["STATUS"]);
    }

    [Fact]
    public async Task Two_customers_of_one_name_become_two_contacts()
    {
        await ConnectCustomersAsync();
        var organization = MakeOrganization("Harbor Dental Group");
        var (one, two) = (MakeCustomer("Ines", "Roy", organization), MakeCustomer("Ines", "Roy", organization));
        await RestAsync();

        await AssertAttachedAsync(one, organization);
        await AssertAttachedAsync(two, organization);
        Assert.NotEqual(ContactId(one), ContactId(two));
    }

    [Fact]
    public async Task A_contact_list_that_is_there_is_extended_and_never_emptied()
    {
        AddCustomer("C-1", "Harbor Dental Group");
        AddContact("Old Friend", "Old Friend");
        await ConnectCustomersAsync(s => s with { IdentifyCustomerBy = IdentifyCustomerBy.Name });
        await Process
            .Get<IntacctClient>()
            .SendAsync(
                new IntacctCredentials(
                    "sandbox-sender",
                    "sandbox-sender-password",
                    "sandbox",
                    "sandbox-user",
                    "sandbox-user-password",
                    null
                ),
                [
                    CustomerRequests.AttachContacts(
                        new ControlId("a-person"),
                        "C-1",
                        [new ContactListEntry("Billing", "Old Friend")]
                    ),
                ],
                uniqueId: false,
                Forever
            );
        var organization = MakeOrganization("Harbor Dental Group");
        await RestAsync();
        var first = MakeCustomer("Ines", "Roy", organization);
        await RestAsync();
        var second = MakeCustomer("Paul", "Roy", organization);
        Zuper.Screens.Edit(organization, o => o["organization_name"] = "Harbor Dental & Sons");
        await RestAsync();

        await AssertAttachedAsync(first, organization);
        await AssertAttachedAsync(second, organization);
        Assert.Contains("Billing\tOld Friend", ListOf("C-1"));
        Assert.Equal(3, ListOf("C-1").Length);
    }

    [Fact]
    public async Task One_that_moves_to_another_organization_is_attached_there()
    {
        await ConnectCustomersAsync();
        var (one, two) = (MakeOrganization("Harbor Dental Group"), MakeOrganization("Quayside Hotels"));
        var uid = MakeCustomer("Ines", "Roy", one);
        await RestAsync();
        var name = ContactId(uid);
        Zuper.Screens.Edit(uid, c => c["customer_organization"] = two);
        await RestAsync();

        await AssertAttachedAsync(uid, two);
        Assert.Equal(name, ContactId(uid));
        Assert.Single(ListOf(SageId(one)!));
    }

    [Fact]
    public async Task A_malformed_address_needs_a_person_and_syncs_once_mended()
    {
        await ConnectCustomersAsync();
        var organization = MakeOrganization("Harbor Dental Group");
        var uid = MakeCustomer("Ines", "Roy", organization, c => c["customer_email"] = "ines@");
        await RestAsync();
        var entry = await ContactEntryAsync(uid);
        Assert.Equal(("email-invalid", RecordState.NeedsAction), (entry.Problem?.Code, entry.State));
        Assert.Contains("e-mail address", entry.Problem!.Message, StringComparison.Ordinal);

        Zuper.Screens.Edit(uid, c => c["customer_email"] = "ines@harbor.example");
        await RestAsync();
        await AssertAttachedAsync(uid, organization);
    }

    [Fact]
    public async Task One_whose_organization_needs_a_person_waits_and_goes_on_when_that_is_mended()
    {
        await ConnectCustomersAsync();
        var organization = MakeOrganization("Harbor Dental Group", o => o["organization_email"] = "ap@");
        var uid = MakeCustomer("Ines", "Roy", organization);
        await RestAsync(TimeSpan.FromMinutes(30));
        var entry = await ContactEntryAsync(uid);
        Assert.Equal((RecordState.Pending, null), (entry.State, entry.TargetId));
        Assert.Contains("Harbor Dental Group", entry.Timeline[^1].Detail, StringComparison.Ordinal);

        Zuper.Screens.Edit(organization, o => o["organization_email"] = "");
        await RestAsync();
        await AssertAttachedAsync(uid, organization);
    }
}
