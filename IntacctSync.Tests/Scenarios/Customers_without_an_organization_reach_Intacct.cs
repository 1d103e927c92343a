using IntacctSync.Core.Domain;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Contacts;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class Customers_without_an_organization_reach_Intacct : CustomerRoadTest
{
    [Fact]
    public async Task One_gets_a_customer_of_its_own_whose_display_contact_is_its_contact()
    {
        await ConnectCustomersAsync();
        var uid = MakeCustomer("Ines", "Roy", change: c => c["customer_email"] = "ines@roy.example");
        await RestAsync();

        await AssertCarriedAsync(uid);
        var customer = Assert.Single(Customers);
        Assert.Equal(
            ("Ines Roy", "Ines", "ines@roy.example"),
            (customer["NAME"], customer["DISPLAYCONTACT.FIRSTNAME"], customer["DISPLAYCONTACT.EMAIL1"])
        );
        Assert.Single(Contacts);
        Assert.Equal(1, Intacct.Counters.Transactions);
    }

    [Fact]
    public async Task The_customer_is_named_after_the_company_and_the_contact_after_the_person()
    {
        await ConnectCustomersAsync();
        var uid = MakeCustomer("Ines", "Roy", change: c => c["customer_company_name"] = "Roy & Daughters");
        await RestAsync();

        var customer = Assert.Single(Customers);
        Assert.Equal(("Roy & Daughters", "Ines Roy"), (customer["NAME"], customer["DISPLAYCONTACT.PRINTAS"]));
        Assert.StartsWith("Ines Roy (Z-", ContactId(uid), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_customer_of_that_name_is_taken_whatever_its_blanks()
    {
        Intacct.Company.Add(
            "CUSTOMER",
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["CUSTOMERID"] = "C-1",
                ["NAME"] = "Ines \u00a0ROY ",
                ["DISPLAYCONTACT.PRINTAS"] = "Ines Roy",
            }
        );
        await ConnectCustomersAsync(s => s with { IdentifyCustomerBy = IdentifyCustomerBy.Name });
        var uid = MakeCustomer("Ines", "Roy");
        await RestAsync();

        Assert.Equal("C-1", Assert.Single(Customers)["CUSTOMERID"]);
        Assert.Equal("C-1", (await EntryAsync(OwnCustomer.SourceId(uid))).TargetId);
    }

    [Theory]
    [InlineData(CustomerIds.Zuper)]
    [InlineData(CustomerIds.Intacct)]
    public async Task Its_id_is_given_as_the_connection_says(CustomerIds ids)
    {
        Intacct.Options.AutoNumberCustomers = true;
        await ConnectCustomersAsync(s => s with { CustomerIds = ids });
        var uid = MakeCustomer("Ines", "Roy");
        await RestAsync();

        await AssertCarriedAsync(uid);
        Assert.Equal(ids == CustomerIds.Intacct, SageId(uid) == "CUST-00001");
    }

    [Fact]
    public async Task A_change_reaches_its_customer_in_one_update()
    {
        await ConnectCustomersAsync();
        var uid = MakeCustomer("Ines", "Roy", change: c => c["customer_email"] = "ines@roy.example");
        await RestAsync();
        Zuper.Screens.Edit(
            uid,
            c =>
            {
                c["customer_last_name"] = "Roy-Miller";
                c["customer_email"] = "";
            }
        );
        await RestAsync();

        await AssertCarriedAsync(uid);
        var customer = Assert.Single(Customers);
        Assert.Equal(
            ("Ines Roy-Miller", "Ines Roy-Miller", ""),
            (customer["NAME"], customer["DISPLAYCONTACT.PRINTAS"], customer["DISPLAYCONTACT.EMAIL1"])
        );
        Assert.Equal(1, Intacct.Counters.Updates);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_that_is_set_inactive_or_deleted_has_its_customer_set_inactive_and_back(bool delete)
    {
        await ConnectCustomersAsync();
        var uid = MakeCustomer("Ines", "Roy");
        await RestAsync();
        if (delete)
            Zuper.Screens.Delete(uid);
        else
            Zuper.Screens.Deactivate(uid);
        await RestAsync();
        Assert.Equal("inactive", Assert.Single(Customers)["STATUS"]);

        if (delete)
            Zuper.Screens.Restore(uid);
        else
            Zuper.Screens.Activate(uid);
        await RestAsync();
        Assert.Equal("active", Assert.Single(Customers)["STATUS"]);
        await AssertCarriedAsync(uid);
    }

    [Fact]
    public async Task One_that_was_inactive_from_the_first_is_carried_over_when_it_comes_to_life()
    {
        await ConnectCustomersAsync(webhooks: false);
        var uid = MakeCustomer("Ines", "Roy");
        Zuper.Screens.Deactivate(uid);
        Zuper.WebhooksEnabled = true;
        Zuper.Screens.EditField(uid, "Region", "South");
        await RestAsync();
        Assert.Equal(RecordState.Skipped, (await ContactEntryAsync(uid)).State);

        Zuper.Screens.Activate(uid);
        await RestAsync();
        await AssertCarriedAsync(uid);
    }

    [Theory]
    [InlineData(IdentifyCustomerBy.Name)]
    [InlineData(IdentifyCustomerBy.Email)]
    public async Task One_that_is_identified_gets_a_contact_of_its_own_and_the_customers_display_contact_is_left_alone(
        IdentifyCustomerBy by
    )
    {
        AddCustomer(
            "C-1",
            by == IdentifyCustomerBy.Name ? " ines ROY" : "Somebody",
            "Shared with a vendor",
            "Ines@Roy.example"
        );
        await ConnectCustomersAsync(s => s with { IdentifyCustomerBy = by });
        var uid = MakeCustomer("Ines", "Roy", change: c => c["customer_email"] = "ines@roy.example");
        await RestAsync();
        Zuper.Screens.Edit(uid, c => c["customer_email"] = "new@roy.example");
        await RestAsync();

        var customer = Assert.Single(Customers);
        Assert.Equal(("C-1", "Ines Roy"), (SageId(uid), customer["NAME"]));
        Assert.Equal(
            ("Shared with a vendor", "Ines@Roy.example"),
            (customer["DISPLAYCONTACT.CONTACTNAME"], customer["DISPLAYCONTACT.EMAIL1"])
        );
        Assert.Equal("new@roy.example", Contact(uid)["EMAIL1"]);
        Assert.Equal($"Zuper\t{ContactId(uid)}", Assert.Single(ListOf("C-1")));
        Assert.Equal(
            ("C-1", RecordState.Synced),
            ((await ContactEntryAsync(uid)).AttachedTo, (await ContactEntryAsync(uid)).State)
        );
    }

    [Fact]
    public async Task Two_customers_that_it_could_be_need_a_person_and_the_contact_follows_the_link()
    {
        AddCustomer("C-1", "Ines Roy");
        AddCustomer("C-2", "Ines Roy");
        await ConnectCustomersAsync(s => s with { IdentifyCustomerBy = IdentifyCustomerBy.Name });
        var uid = MakeCustomer("Ines", "Roy");
        await RestAsync(TimeSpan.FromMinutes(30));
        Assert.Equal("customer-ambiguous", (await OwnEntryAsync(uid)).Problem?.Code);
        Assert.Equal(RecordState.Pending, (await ContactEntryAsync(uid)).State);

        await LinkAsync(ZuperFlows.Organizations, OwnCustomer.Prefix + uid, "C-2");
        Assert.Equal("C-2", SageId(uid));
        Assert.Equal(
            ("C-2", RecordState.Synced),
            ((await ContactEntryAsync(uid)).AttachedTo, (await ContactEntryAsync(uid)).State)
        );
        Assert.Equal(2, Customers.Count);
    }

    [Fact]
    public async Task An_id_that_another_connector_left_is_adopted_after_checking_it()
    {
        AddCustomer("C-1", "Roy");
        await ConnectCustomersAsync();
        var uid = MakeCustomer("Ines", "Roy", change: WithField("Sage Customer ID", "C-1"));
        var lost = MakeCustomer("Paul", "Roy", change: WithField("Sage Customer ID", "C-404"));
        await RestAsync(TimeSpan.FromMinutes(30));

        Assert.Equal(("C-1", "Ines Roy"), ((await OwnEntryAsync(uid)).TargetId, Customer("C-1")["NAME"]));
        Assert.Equal("C-1", (await ContactEntryAsync(uid)).AttachedTo);
        Assert.Equal("sage-id-unknown", (await OwnEntryAsync(lost)).Problem?.Code);
    }

    [Fact]
    public async Task One_that_gets_an_organization_is_attached_there_and_its_own_customer_stays()
    {
        await ConnectCustomersAsync();
        var organization = MakeOrganization("Harbor Dental Group");
        var uid = MakeCustomer("Ines", "Roy");
        await RestAsync();
        var (own, contact) = (SageId(uid)!, ContactId(uid));
        Zuper.Screens.Edit(uid, c => c["customer_organization"] = organization);
        await RestAsync();

        await AssertAttachedAsync(uid, organization);
        Assert.Equal((contact, "active"), (ContactId(uid), Customer(own)["STATUS"]));
        Assert.Equal(2, Contacts.Count);
    }

    [Fact]
    public async Task One_that_loses_its_organization_gets_a_customer_of_its_own()
    {
        await ConnectCustomersAsync();
        var organization = MakeOrganization("Harbor Dental Group");
        var uid = MakeCustomer("Ines", "Roy", organization);
        await RestAsync();
        var contact = ContactId(uid);
        Zuper.Screens.Edit(uid, c => c["customer_organization"] = null);
        await RestAsync();

        Assert.Equal(RecordState.Synced, (await OwnEntryAsync(uid)).State);
        Assert.Equal((contact, SageId(uid)), (ContactId(uid), (await ContactEntryAsync(uid)).AttachedTo));
        Assert.Contains($"Zuper\t{contact}", ListOf(SageId(uid)!));
    }

    [Fact]
    public async Task Two_of_one_name_become_two_customers()
    {
        await ConnectCustomersAsync();
        var (one, two) = (MakeCustomer("Ines", "Roy"), MakeCustomer("Ines", "Roy"));
        await RestAsync();

        await AssertCarriedAsync(one);
        await AssertCarriedAsync(two);
        Assert.Equal(2, Customers.Count);
    }

    [Fact]
    public async Task One_whose_data_is_mended_syncs_together_with_its_customer()
    {
        await ConnectCustomersAsync();
        var uid = MakeCustomer("Ines", "Roy", change: c => c["customer_email"] = "ines@");
        await RestAsync();
        Assert.Equal("email-invalid", (await ContactEntryAsync(uid)).Problem?.Code);
        Zuper.Screens.Edit(uid, c => c["customer_email"] = "ines@roy.example");
        await RestAsync();
        await AssertCarriedAsync(uid);

        Zuper.Screens.Edit(uid, c => c["customer_email"] = "ines@");
        await RestAsync();
        Assert.Equal("email-invalid", (await OwnEntryAsync(uid)).Problem?.Code);
        Zuper.Screens.Edit(uid, c => c["customer_email"] = "");
        await RestAsync();
        await AssertCarriedAsync(uid);
        Assert.Equal("", Assert.Single(Customers)["DISPLAYCONTACT.EMAIL1"]);
    }
}
