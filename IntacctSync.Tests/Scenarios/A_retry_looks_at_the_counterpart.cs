using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Contacts;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class A_retry_looks_at_the_counterpart : CustomerRoadTest
{
    [Theory]
    [InlineData(CustomerIds.Zuper, false)]
    [InlineData(CustomerIds.Intacct, false)]
    [InlineData(CustomerIds.Zuper, true)]
    public async Task A_customer_that_was_made_here_and_is_gone_is_made_again(CustomerIds ids, bool byBackfill)
    {
        Intacct.Options.AutoNumberCustomers = true;
        await ConnectAsync(s => s with { CustomerIds = ids });
        var (uid, other) = (MakeOrganization("Harbor Dental Group"), MakeOrganization("Kestrel Bakery"));
        await RestAsync();
        var (before, kept) = (SageId(uid)!, SageId(other)!);
        Intacct.Company.Remove("CUSTOMER", before);
        if (byBackfill)
            await BackfillAsync(ZuperFlows.Organizations);
        else
            await RetryAsync(ZuperFlows.Organizations, uid);

        var entry = await EntryAsync(uid);
        Assert.Equal(RecordState.Synced, entry.State);
        Assert.Equal(SageId(uid), entry.TargetId);
        Assert.Equal(
            new[] { kept, entry.TargetId }.Order(StringComparer.Ordinal),
            Customers.Select(c => c["CUSTOMERID"]).Order(StringComparer.Ordinal)
        );
        Assert.Equal(ids == CustomerIds.Zuper, entry.TargetId == before);
        Assert.True(ContactNames.IsOf(entry.NaturalKey, uid));
    }

    [Fact]
    public async Task The_only_customer_that_is_gone_is_asked_about_until_Intacct_shows_another_one()
    {
        await ConnectAsync();
        var uid = MakeOrganization("Harbor Dental Group");
        await RestAsync();
        Intacct.Company.Remove("CUSTOMER", SageId(uid)!);
        await RetryAsync(ZuperFlows.Organizations, uid);
        Assert.Equal("intacct-records-missing", (await EntryAsync(uid)).Problem?.Code);
        Assert.Empty(Customers);

        AddCustomer("C-1", "Somebody else");
        await RetryAsync(ZuperFlows.Organizations, uid);
        Assert.Equal(RecordState.Synced, (await EntryAsync(uid)).State);
        Assert.Equal(2, Customers.Count);
    }

    [Fact]
    public async Task It_is_made_again_as_often_as_it_goes()
    {
        AddCustomer("C-1", "Somebody else");
        await ConnectAsync();
        var uid = MakeOrganization("Harbor Dental Group");
        await RestAsync();
        for (var time = 0; time < 3; time++)
        {
            Intacct.Company.Remove("CUSTOMER", SageId(uid)!);
            await RetryAsync(ZuperFlows.Organizations, uid);
            Assert.Equal(RecordState.Synced, (await EntryAsync(uid)).State);
            Assert.Equal(["C-1", SageId(uid)], Customers.Select(c => c["CUSTOMERID"]));
        }
    }

    [Fact]
    public async Task A_customer_that_others_have_made_and_is_gone_is_asked_about_until_it_is_solved()
    {
        AddCustomer("C-1001", "Harbor Dental Group");
        AddCustomer("C-1002", "Harbor Dental Group, Inc.");
        await ConnectAsync();
        var uid = MakeOrganization("Harbor Dental Group");
        await RestAsync();
        await LinkAsync(uid, "C-1001");
        Assert.Equal(RecordState.Synced, (await EntryAsync(uid)).State);
        Intacct.Company.Remove("CUSTOMER", "C-1001");
        await RetryAsync(ZuperFlows.Organizations, uid);
        Assert.Equal("customer-gone", (await EntryAsync(uid)).Problem?.Code);
        Zuper.Screens.Edit(uid, o => o["organization_description"] = "Called twice");
        await RestAsync();
        Assert.Equal("customer-gone", (await EntryAsync(uid)).Problem?.Code);

        await LinkAsync(uid, "C-1002");
        Assert.Equal((RecordState.Synced, "C-1002"), ((await EntryAsync(uid)).State, SageId(uid)));
    }

    [Fact]
    public async Task A_contact_that_was_made_here_and_is_gone_is_made_again_and_attached()
    {
        await ConnectCustomersAsync();
        var organization = MakeOrganization("Harbor Dental Group");
        var uid = MakeCustomer("Ines", "Roy", organization);
        await RestAsync();
        Tamper("CONTACT", ContactId(uid)!);
        await RetryAsync(ZuperFlows.Customers, uid);
        await AssertAttachedAsync(uid, organization);
        Assert.NotNull(Intacct.Company.Record("CONTACT", ContactId(uid)!));
    }

    [Fact]
    public async Task A_contact_that_others_have_made_and_is_gone_is_asked_about()
    {
        await ConnectCustomersAsync();
        var organization = MakeOrganization("Harbor Dental Group");
        var uid = MakeCustomer("Ines", "Roy", organization);
        await RestAsync();
        AddContact("Roy, Ines", "Ines Roy");
        await LinkAsync(uid, "Roy, Ines", ZuperFlows.Customers);
        Assert.Equal(RecordState.Synced, (await ContactEntryAsync(uid)).State);
        Tamper("CONTACT", "Roy, Ines");
        await RetryAsync(ZuperFlows.Customers, uid);
        Assert.Equal("contact-gone", (await ContactEntryAsync(uid)).Problem?.Code);
    }

    [Fact]
    public async Task The_own_customer_of_a_person_is_looked_at_with_the_person()
    {
        AddCustomer("C-1", "Somebody else");
        await ConnectCustomersAsync();
        var uid = MakeCustomer("Ines", "Roy");
        await RestAsync();
        await AssertCarriedAsync(uid);
        Intacct.Company.Remove("CUSTOMER", SageId(uid)!);
        await RetryAsync(ZuperFlows.Customers, uid);
        Assert.Equal(RecordState.Synced, (await OwnEntryAsync(uid)).State);
        Assert.Equal(["C-1", SageId(uid)], Customers.Select(c => c["CUSTOMERID"]));
    }

    [Fact]
    public async Task The_contacts_of_a_customer_that_is_made_again_are_attached_to_it()
    {
        AddCustomer("C-1", "Somebody else");
        await ConnectCustomersAsync();
        var organization = MakeOrganization("Harbor Dental Group");
        var uid = MakeCustomer("Ines", "Roy", organization);
        await RestAsync();
        Intacct.Company.Remove("CUSTOMER", SageId(organization)!);
        await RetryAsync(ZuperFlows.Organizations, organization);
        await AssertAttachedAsync(uid, organization);
    }

    [Fact]
    public async Task A_contact_that_somebody_took_out_of_the_list_is_attached_again()
    {
        await ConnectCustomersAsync();
        var organization = MakeOrganization("Harbor Dental Group");
        var uid = MakeCustomer("Ines", "Roy", organization);
        await RestAsync();
        Intacct.Company.Change(context =>
        {
            var table = context.Table("CUSTOMER");
            var customer = table.Find(SageId(organization)!)!;
            var values = new Dictionary<string, string>(customer.Values, StringComparer.Ordinal);
            values.Remove("CONTACT_LIST_INFO");
            context.Books.Update(table, customer, values, context.Stamp);
            return 0;
        });
        Assert.Empty(ListOf(SageId(organization)!));
        await RetryAsync(ZuperFlows.Customers, uid);
        await AssertAttachedAsync(uid, organization);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_is_made_again_while_the_user_sees_none_of_what_is_linked(bool byBackfill)
    {
        await ConnectAsync();
        var uids = Enumerable.Range(0, 3).Select(i => MakeOrganization($"Company {i}")).ToList();
        await RestAsync();
        Wire.InPlace = null;
        Wire.Change = static (sent, answer) =>
            sent.Contains("<object>CUSTOMER</object>", StringComparison.Ordinal)
                ? System.Text.RegularExpressions.Regex.Replace(
                    answer,
                    "<customer>.*?</customer>|<CUSTOMER>.*?</CUSTOMER>",
                    "",
                    System.Text.RegularExpressions.RegexOptions.Singleline,
                    TimeSpan.FromSeconds(5)
                )
                : answer;
        if (byBackfill)
            await BackfillAsync(ZuperFlows.Organizations);
        foreach (var uid in byBackfill ? [] : uids)
            await RetryAsync(ZuperFlows.Organizations, uid);
        foreach (var uid in uids)
            Assert.Equal("intacct-records-missing", (await EntryAsync(uid)).Problem?.Code);
        Assert.Equal(3, Customers.Count);

        Wire.Change = null;
        foreach (var uid in uids)
        {
            await RetryAsync(ZuperFlows.Organizations, uid);
            Assert.Equal(RecordState.Synced, (await EntryAsync(uid)).State);
        }

        Assert.Equal(3, Customers.Count);
    }

    private async Task RetryAsync(FlowName flow, string sourceId)
    {
        Assert.True(await Process.Get<PersonRequests>().RetryAsync(await ConnectionAsync(), flow, sourceId, Forever));
        await RestAsync();
    }

    private async Task BackfillAsync(FlowName flow)
    {
        await Process.Get<Backfill>().StartAsync(await ConnectionAsync(), flow, null, requested: true, Forever);
        await RestAsync();
    }

    private async Task LinkAsync(string uid, string targetId, FlowName? flow = null)
    {
        var outcome = await Process
            .Get<PersonRequests>()
            .LinkAsync(await ConnectionAsync(), flow ?? ZuperFlows.Organizations, uid, targetId, Forever);
        Assert.True(outcome.Taken);
        await RestAsync();
    }
}
