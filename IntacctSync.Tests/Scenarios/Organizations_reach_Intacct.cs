using System.Text.Json.Nodes;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class Organizations_reach_Intacct : RoadTest
{
    [Fact]
    public async Task A_new_organization_becomes_a_customer_whose_id_shows_in_Zuper()
    {
        await ConnectAsync();
        var uid = MakeOrganization("Harbor Dental Group");
        await RestAsync();

        var customer = Assert.Single(Customers);
        Assert.Equal("Harbor Dental Group", customer["NAME"]);
        Assert.Equal(customer["CUSTOMERID"], SageId(uid));
        Assert.Equal(RecordState.Synced, (await EntryAsync(uid)).State);
    }

    [Fact]
    public async Task The_write_backs_own_webhook_ends_without_a_call_to_Intacct()
    {
        await ConnectAsync();
        MakeOrganization("Harbor Dental Group");
        await RestAsync();

        Assert.Equal(1, Intacct.Counters.Transactions);
        Assert.Single(Zuper.Deliveries, d => d.Event == "organization.update");
    }

    [Fact]
    public async Task A_changed_organization_changes_its_customer_once()
    {
        await ConnectAsync();
        var uid = MakeOrganization("Harbor Dental Group", o => o["organization_email"] = "ap@harbor.example");
        await RestAsync();
        Zuper.Screens.Edit(
            uid,
            o =>
            {
                o["organization_name"] = "Harbor Dental & Sons";
                o["organization_email"] = "";
            }
        );
        await RestAsync();

        var customer = Assert.Single(Customers);
        Assert.Equal("Harbor Dental & Sons", customer["NAME"]);
        Assert.Equal("", customer["DISPLAYCONTACT.EMAIL1"]);
        Assert.Equal(1, Intacct.Counters.Updates);
    }

    [Fact]
    public async Task Address_phone_and_tax_data_arrive_where_Intacct_has_them()
    {
        await ConnectAsync();
        MakeOrganization(
            "Bäckerei Müller & Söhne <Nord>",
            o =>
            {
                o["organization_email"] = "kontakt@mueller.example";
                o["organization_billing_address"] = new JsonObject
                {
                    ["street"] = "12 Pier Rd",
                    ["landmark"] = "Suite 4",
                    ["city"] = "Austin",
                    ["state"] = "TX",
                    ["country"] = "USA",
                    ["zip_code"] = "78701",
                    ["phone_number"] = "+1 512 555 0100",
                };
                o["tax"] = new JsonObject { ["tax_exempt"] = true };
            }
        );
        await RestAsync();

        var customer = Assert.Single(Customers);
        Assert.Equal("Bäckerei Müller & Söhne <Nord>", customer["DISPLAYCONTACT.PRINTAS"]);
        Assert.Equal("kontakt@mueller.example", customer["DISPLAYCONTACT.EMAIL1"]);
        Assert.Equal("+1 512 555 0100", customer["DISPLAYCONTACT.PHONE1"]);
        Assert.Equal("12 Pier Rd", customer["DISPLAYCONTACT.MAILADDRESS.ADDRESS1"]);
        Assert.Equal("Suite 4", customer["DISPLAYCONTACT.MAILADDRESS.ADDRESS2"]);
        Assert.Equal("United States", customer["DISPLAYCONTACT.MAILADDRESS.COUNTRY"]);
        Assert.Equal("US", customer["DISPLAYCONTACT.MAILADDRESS.COUNTRYCODE"]);
        Assert.Equal("false", customer["DISPLAYCONTACT.TAXABLE"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_organization_that_is_set_inactive_or_deleted_has_its_customer_set_inactive(bool delete)
    {
        await ConnectAsync();
        var uid = MakeOrganization("Harbor Dental Group");
        await RestAsync();
        if (delete)
            Zuper.Screens.Delete(uid);
        else
            Zuper.Screens.Deactivate(uid);
        await RestAsync();

        Assert.Equal("inactive", Assert.Single(Customers)["STATUS"]);
        Assert.Equal(RecordState.Synced, (await EntryAsync(uid)).State);
    }

    [Fact]
    public async Task One_that_comes_back_to_life_takes_its_customer_along()
    {
        await ConnectAsync();
        var uid = MakeOrganization("Harbor Dental Group");
        await RestAsync();
        Zuper.Screens.Delete(uid);
        await RestAsync();
        Zuper.Screens.Restore(uid);
        await RestAsync();

        Assert.Equal("active", Assert.Single(Customers)["STATUS"]);
    }

    [Fact]
    public async Task An_inactive_organization_that_was_never_synced_is_skipped_with_its_reason()
    {
        await ConnectAsync();
        var uid = MakeOrganization("Sleeping Co", o => o["is_active"] = false);
        Zuper.Screens.Deactivate(uid);
        await RestAsync();

        var entry = await EntryAsync(uid);
        Assert.Equal(RecordState.Skipped, entry.State);
        Assert.Contains("inactive in Zuper", entry.Timeline[^1].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_webhook_that_comes_many_times_makes_one_customer()
    {
        await ConnectAsync();
        Zuper.Faults.Add(new() { Fault = "webhookDuplicate", Times = 0 });
        MakeOrganization("Harbor Dental Group");
        await RestAsync();

        Assert.Single(Customers);
        Assert.Equal(1, Intacct.Counters.Transactions);
    }

    [Fact]
    public async Task Two_organizations_of_the_same_name_become_two_customers()
    {
        await ConnectAsync();
        MakeOrganization("Quayside Hotels");
        MakeOrganization("Quayside Hotels");
        await RestAsync();

        Assert.Equal(2, Customers.Count);
        Assert.Equal(
            2,
            Customers.Select(c => c["DISPLAYCONTACT.CONTACTNAME"]).Distinct(StringComparer.Ordinal).Count()
        );
    }

    [Fact]
    public async Task The_companys_own_numbering_is_used_when_the_connection_says_so()
    {
        Intacct.Options.AutoNumberCustomers = true;
        await ConnectAsync(s => s with { CustomerIds = CustomerIds.Intacct });
        var uid = MakeOrganization("Harbor Dental Group");
        await RestAsync();

        Assert.Equal("CUST-00001", Assert.Single(Customers)["CUSTOMERID"]);
        Assert.Equal("CUST-00001", SageId(uid));
    }

    [Fact]
    public async Task A_malformed_address_needs_a_person_and_syncs_once_mended()
    {
        await ConnectAsync();
        var uid = MakeOrganization("Harbor Dental Group", o => o["organization_email"] = "ap@");
        await RestAsync();
        var entry = await EntryAsync(uid);
        Assert.Equal(("email-invalid", RecordState.NeedsAction), (entry.Problem?.Code, entry.State));
        Assert.Empty(Customers);

        Zuper.Screens.Edit(uid, o => o["organization_email"] = "ap@harbor.example");
        await RestAsync();
        Assert.Equal("ap@harbor.example", Assert.Single(Customers)["DISPLAYCONTACT.EMAIL1"]);
        Assert.Null((await EntryAsync(uid)).Problem);
    }

    [Fact]
    public async Task A_phone_number_that_is_cleared_is_cleared_also_after_a_doubtful_create()
    {
        await ConnectAsync();
        Intacct.Faults.Add(new() { Fault = "resultWithoutStatus" });
        var uid = MakeOrganization("Harbor Dental Group", o => o["organization_email"] = "ap@harbor.example");
        await RestAsync(TimeSpan.FromMinutes(5));
        Zuper.Screens.Edit(uid, o => o["organization_email"] = "");
        await RestAsync();

        Assert.Equal("", Assert.Single(Customers)["DISPLAYCONTACT.EMAIL1"]);
        Assert.Equal(RecordState.Synced, (await EntryAsync(uid)).State);
    }

    [Fact]
    public async Task An_outage_of_Intacct_leaves_alone_what_had_ended_before_it()
    {
        await ConnectAsync(s => s with { IdentifyCustomerBy = IdentifyCustomerBy.Name });
        var synced = MakeOrganization("Harbor Dental Group");
        await RestAsync();
        Intacct.Faults.Add(
            new()
            {
                Fault = "http503",
                Match = new Dictionary<string, string>(StringComparer.Ordinal) { ["function"] = "query" },
            }
        );
        Zuper.Screens.EditField(synced, "Region", "South");
        Clock.Advance(TimeSpan.FromMinutes(1));
        var fresh = MakeOrganization("Quayside Hotels");
        Zuper.Screens.Edit(synced, o => o["organization_description"] = "Nothing that is mapped.");
        await RestAsync();

        Assert.Equal(RecordState.Synced, (await EntryAsync(synced)).State);
        Assert.Equal(RecordState.Synced, (await EntryAsync(fresh)).State);
    }

    [Fact]
    public async Task An_id_that_somebody_clears_in_Zuper_is_written_back_again()
    {
        await ConnectAsync();
        var uid = MakeOrganization("Harbor Dental Group");
        await RestAsync();
        Zuper.Screens.EditField(uid, "Sage Customer ID", "");
        await RestAsync();

        Assert.Equal(Assert.Single(Customers)["CUSTOMERID"], SageId(uid));
        Assert.Equal(1, Intacct.Counters.Transactions);
    }

    [Fact]
    public async Task A_refused_write_back_needs_a_person_and_names_the_customer()
    {
        await ConnectAsync();
        Zuper.Faults.Add(
            new()
            {
                Fault = "http500",
                Match = new Dictionary<string, string>(StringComparer.Ordinal) { ["path"] = "/api/custom_fields" },
                Times = 2,
            }
        );
        var uid = MakeOrganization("Harbor Dental Group");
        await RestAsync();

        Assert.Single(Customers);
        Assert.Equal(1, Intacct.Counters.Transactions);
        Assert.Equal(Assert.Single(Customers)["CUSTOMERID"], SageId(uid));
    }
}
