using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class Contacts_of_others_are_never_overwritten : CustomerRoadTest
{
    [Fact]
    public async Task A_contacts_name_that_stood_in_Zuper_is_adopted_where_the_contact_is_the_customers()
    {
        AddCustomer("C-1", "Harbor Dental Group", "Ines at Harbor");
        await ConnectCustomersAsync();
        var organization = MakeOrganization("Harbor Dental Group", WithField("Sage Customer ID", "C-1"));
        var uid = MakeCustomer("Ines", "Roy", organization, WithField("Sage Contact ID", "ines at harbor"));
        await RestAsync();

        Assert.Equal("Ines at Harbor", (await ContactEntryAsync(uid)).TargetId);
        await AssertAttachedAsync(uid, organization);
        Assert.Equal("Ines Roy", Contact(uid)["PRINTAS"]);
        Assert.Single(Contacts);
    }

    [Fact]
    public async Task One_that_is_no_contact_of_the_customer_needs_a_person_who_may_link_it()
    {
        AddContact("The vendor's", "Vendor");
        await ConnectCustomersAsync();
        var organization = MakeOrganization("Harbor Dental Group");
        var uid = MakeCustomer("Ines", "Roy", organization, WithField("Sage Contact ID", "The vendor's"));
        await RestAsync();
        Assert.Equal("contact-of-another", (await ContactEntryAsync(uid)).Problem?.Code);
        Assert.Equal("Vendor", Intacct.Company.Record("CONTACT", "The vendor's")!["PRINTAS"]);

        await LinkAsync(ZuperFlows.Customers, uid, "The vendor's");
        await AssertAttachedAsync(uid, organization);
        Assert.Equal(("Ines Roy", "kept@vendor.example"), (Contact(uid)["PRINTAS"], Contact(uid)["EMAIL1"]));
    }

    [Fact]
    public async Task A_name_that_exists_nowhere_needs_a_person_and_a_cleared_one_gets_a_contact()
    {
        await ConnectCustomersAsync();
        var organization = MakeOrganization("Harbor Dental Group");
        var uid = MakeCustomer("Ines", "Roy", organization, WithField("Sage Contact ID", "Nobody"));
        await RestAsync();
        Assert.Equal("sage-id-unknown", (await ContactEntryAsync(uid)).Problem?.Code);

        Zuper.Screens.EditField(uid, "Sage Contact ID", "");
        await RestAsync();
        await AssertAttachedAsync(uid, organization);
    }

    [Fact]
    public async Task A_copy_shows_itself_by_its_copied_name()
    {
        await ConnectCustomersAsync();
        var organization = MakeOrganization("Harbor Dental Group");
        var original = MakeCustomer("Ines", "Roy", organization);
        await RestAsync();
        Clock.Advance(TimeSpan.FromMinutes(1));
        var copy = Zuper.Screens.Copy(original);
        await RestAsync();

        var problem = (await ContactEntryAsync(copy)).Problem;
        Assert.Equal("sage-id-taken", problem?.Code);
        Assert.Contains("Ines Roy", problem!.Message, StringComparison.Ordinal);
        Assert.Equal(2, Contacts.Count);
    }

    [Fact]
    public async Task A_contact_of_our_name_that_is_there_already_is_adopted_and_written()
    {
        await ConnectCustomersAsync();
        var organization = MakeOrganization("Harbor Dental Group");
        await RestAsync();
        Zuper.WebhooksEnabled = false;
        var uid = MakeCustomer("Ines", "Roy", organization, c => c["customer_email"] = "ines@harbor.example");
        AddContact(
            Core.Zuper.Contacts.ContactMapper.ContactName(
                new Core.Zuper.Records.ZuperCustomer
                {
                    Uid = uid,
                    FirstName = "Ines",
                    LastName = "Roy",
                }
            ),
            "Left over"
        );
        Zuper.WebhooksEnabled = true;
        Zuper.Screens.EditField(uid, "Region", "South");
        await RestAsync();

        await AssertAttachedAsync(uid, organization);
        Assert.Equal(("Ines Roy", "ines@harbor.example"), (Contact(uid)["PRINTAS"], Contact(uid)["EMAIL1"]));
        Assert.Equal(2, Contacts.Count);
    }

    [Fact]
    public async Task The_display_contact_of_an_adopted_customer_is_written_only_where_it_is_nobody_elses()
    {
        AddCustomer("C-1", "Harbor", "Shared with a vendor", "old@harbor.example");
        AddCustomer("C-2", "Quayside", email: "old@quayside.example");
        await ConnectCustomersAsync();
        MakeOrganization("Harbor Dental Group", Both("C-1"));
        MakeOrganization("Quayside Hotels", Both("C-2"));
        var linked = MakeOrganization("Linked by hand", o => o["organization_email"] = "ap@");
        AddCustomer("C-3", "Linked", "Also shared", "old@linked.example");
        await RestAsync();
        await LinkAsync(ZuperFlows.Organizations, linked, "C-3");
        Zuper.Screens.Edit(linked, o => o["organization_email"] = "new@linked.example");
        await RestAsync();

        Assert.Equal(
            ("Harbor Dental Group", "old@harbor.example"),
            (Customer("C-1")["NAME"], Customer("C-1")["DISPLAYCONTACT.EMAIL1"])
        );
        Assert.Equal(
            ("Quayside Hotels", "new@example.example"),
            (Customer("C-2")["NAME"], Customer("C-2")["DISPLAYCONTACT.EMAIL1"])
        );
        Assert.Equal(
            ("Linked by hand", "old@linked.example"),
            (Customer("C-3")["NAME"], Customer("C-3")["DISPLAYCONTACT.EMAIL1"])
        );

        static Action<System.Text.Json.Nodes.JsonObject> Both(string id) =>
            o =>
            {
                WithField("Sage Customer ID", id)(o);
                o["organization_email"] = "new@example.example";
            };
    }
}
