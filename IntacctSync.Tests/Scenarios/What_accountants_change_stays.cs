using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class What_accountants_change_stays : CustomerRoadTest
{
    private const string Phone = "+61 2 5550 0199";

    [Fact]
    public async Task A_telephone_changed_in_Zuper_changes_nothing_else_of_a_customer()
    {
        await ConnectAsync();
        var uid = await OrganizationAsync();
        var contact = EditInIntacct(uid);
        Telephone(uid, Phone);
        await RestAsync();

        var customer = Customer(SageId(uid)!);
        Assert.Equal(
            ("Harbor (wound up)", "inactive", "true"),
            (customer["NAME"], customer["STATUS"], customer["ONHOLD"])
        );
        var display = Intacct.Company.Record("CONTACT", contact)!;
        Assert.Equal(
            (Phone, "books@harbor.example", "Printed by hand"),
            (display["PHONE1"], display["EMAIL1"], display["PRINTAS"])
        );
        Assert.Equal(RecordState.Synced, (await EntryAsync(uid)).State);
    }

    [Fact]
    public async Task The_state_is_sent_when_it_changes_in_Zuper_and_what_Zuper_cleared_is_cleared()
    {
        await ConnectAsync();
        var uid = await OrganizationAsync();
        var contact = EditInIntacct(uid);
        Zuper.Screens.Deactivate(uid);
        await RestAsync();
        Zuper.Screens.Activate(uid);
        Zuper.Screens.Edit(uid, o => o["organization_email"] = "");
        await RestAsync();
        Assert.Equal(
            ("Harbor (wound up)", "active"),
            (Customer(SageId(uid)!)["NAME"], Customer(SageId(uid)!)["STATUS"])
        );
        Assert.Equal("", Intacct.Company.Record("CONTACT", contact)!["EMAIL1"]);
    }

    [Fact]
    public async Task An_adoption_neither_empties_nor_reactivates_and_a_later_change_writes_only_itself()
    {
        await ConnectAsync();
        AddCustomer("C-77", "Harbor Dental", email: "books@harbor.example");
        Intacct.Company.Edit("CUSTOMER", "C-77", Values(("STATUS", "inactive")));
        var uid = MakeOrganization("Harbor Dental Group", WithField("Sage Customer ID", "C-77"));
        await RestAsync();
        var contact = (await EntryAsync(uid)).NaturalKey!;
        Assert.Equal(("Harbor Dental Group", "inactive"), (Customer("C-77")["NAME"], Customer("C-77")["STATUS"]));
        Assert.Equal("books@harbor.example", Intacct.Company.Record("CONTACT", contact)!["EMAIL1"]);

        Intacct.Company.Edit("CUSTOMER", "C-77", Values(("NAME", "Renamed")));
        Telephone(uid, Phone);
        await RestAsync();
        Assert.Equal(("Renamed", "inactive"), (Customer("C-77")["NAME"], Customer("C-77")["STATUS"]));
        Assert.Equal(
            ("books@harbor.example", Phone),
            (
                Intacct.Company.Record("CONTACT", contact)!["EMAIL1"],
                Intacct.Company.Record("CONTACT", contact)!["PHONE1"]
            )
        );
    }

    [Fact]
    public async Task The_first_change_of_a_row_without_fingerprints_neither_empties_nor_reactivates()
    {
        await ConnectAsync();
        var uid = await OrganizationAsync(email: null);
        var contact = EditInIntacct(uid);
        await WithoutFingerprintsAsync(ZuperFlows.Organizations, uid);
        Telephone(uid, Phone);
        await RestAsync();
        Assert.Equal(("inactive", "true"), (Customer(SageId(uid)!)["STATUS"], Customer(SageId(uid)!)["ONHOLD"]));
        var display = Intacct.Company.Record("CONTACT", contact)!;
        Assert.Equal((Phone, "books@harbor.example"), (display["PHONE1"], display["EMAIL1"]));
    }

    [Fact]
    public async Task A_row_without_fingerprints_gets_them_when_nothing_has_changed()
    {
        await ConnectAsync();
        var uid = await OrganizationAsync();
        await WithoutFingerprintsAsync(ZuperFlows.Organizations, uid);
        Zuper.Screens.Edit(uid, o => o["organization_description"] = "Nothing that is mapped");
        await RestAsync();
        EditInIntacct(uid);
        Telephone(uid, Phone);
        await RestAsync();
        Assert.Equal("Harbor (wound up)", Customer(SageId(uid)!)["NAME"]);
    }

    [Fact]
    public async Task A_telephone_changed_in_Zuper_changes_nothing_else_of_a_contact()
    {
        await ConnectCustomersAsync();
        var organization = await OrganizationAsync();
        var uid = MakeCustomer("Ines", "Roy", organization, c => c["customer_email"] = "ines@harbor.example");
        await RestAsync();
        Intacct.Company.Edit(
            "CONTACT",
            ContactId(uid)!,
            Values(("PRINTAS", "Dr Roy"), ("EMAIL1", "dr@harbor.example"), ("STATUS", "inactive"))
        );
        Zuper.Screens.Edit(
            uid,
            c => c["customer_contact_no"] = new System.Text.Json.Nodes.JsonObject { ["mobile"] = Phone }
        );
        await RestAsync();
        var contact = Contact(uid);
        Assert.Equal(
            (Phone, "Dr Roy", "dr@harbor.example", "inactive"),
            (contact["CELLPHONE"], contact["PRINTAS"], contact["EMAIL1"], contact["STATUS"])
        );
        await AssertAttachedAsync(uid, organization);
    }

    private async Task<string> OrganizationAsync(string? email = "ap@harbor.example")
    {
        var uid = MakeOrganization("Harbor Dental Group", o => o["organization_email"] = email);
        await RestAsync();
        return uid;
    }

    /// <summary>Has an accountant change the customer and its display contact.</summary>
    /// <returns>The contact's name.</returns>
    private string EditInIntacct(string uid)
    {
        Intacct.Company.Edit(
            "CUSTOMER",
            SageId(uid)!,
            Values(("NAME", "Harbor (wound up)"), ("STATUS", "inactive"), ("ONHOLD", "true"))
        );
        var contact = Customer(SageId(uid)!)["DISPLAYCONTACT.CONTACTNAME"];
        Intacct.Company.Edit(
            "CONTACT",
            contact,
            Values(("EMAIL1", "books@harbor.example"), ("PRINTAS", "Printed by hand"))
        );
        return contact;
    }

    private void Telephone(string uid, string number) =>
        Zuper.Screens.Edit(
            uid,
            o => o["organization_billing_address"] = new System.Text.Json.Nodes.JsonObject { ["phone_number"] = number }
        );

    /// <summary>Makes the row one that was written before there were fingerprints.</summary>
    private async Task WithoutFingerprintsAsync(FlowName flow, string uid)
    {
        var store = Process.Get<KeyMapStore>();
        var entry = (await store.GetAsync(new SyncKey(Id, flow, uid), Forever))!;
        Assert.NotNull(entry.Fingerprints);
        Assert.Single(await store.SaveAsync([entry with { Fingerprints = null }], Forever));
    }

    private static Dictionary<string, string> Values(params (string Name, string Value)[] fields) =>
        fields.ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal);
}
