using IntacctSync.Core.Domain;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class Organizations_in_every_way : WaysTest
{
    [Theory]
    [MemberData(nameof(All))]
    public async Task One_that_is_made_becomes_one_customer_and_gets_its_id(Way way)
    {
        await ConnectAsync(way);
        var uid = MakeOrganization("Quayside Hotels");
        Assert.Equal((1, 1, 1), await NoticeAsync(way, ZuperFlows.Organizations));

        var customer = Assert.Single(Customers, c => c["NAME"] == "Quayside Hotels");
        Assert.Equal(customer["CUSTOMERID"], SageId(uid));
        Assert.Equal("active", customer["STATUS"]);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_change_is_one_update_and_the_id_stays(Way way)
    {
        await ConnectAsync(way);
        var id = SageId(Organization);
        Zuper.Screens.Edit(Organization, o => o["organization_name"] = "Harbor Dental & Sons");
        Assert.Equal((1, 0, 0), await NoticeAsync(way, ZuperFlows.Organizations));

        var customer = Assert.Single(Customers);
        Assert.Equal(
            ("Harbor Dental & Sons", id, id),
            (customer["NAME"], customer["CUSTOMERID"], SageId(Organization))
        );
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_change_of_nothing_that_Intacct_has_writes_nothing(Way way)
    {
        await ConnectAsync(way);
        Zuper.Screens.Edit(Organization, o => o["organization_description"] = "Nothing that is mapped");
        Assert.Equal((0, 0, 0), await NoticeAsync(way, ZuperFlows.Organizations));
        Assert.Equal(RecordState.Synced, (await EntryAsync(Organization)).State);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task One_that_is_set_inactive_takes_its_customer_along_and_back(Way way)
    {
        await ConnectAsync(way);
        Zuper.Screens.Deactivate(Organization);
        Assert.Equal((1, 0, 0), await NoticeAsync(way, ZuperFlows.Organizations));
        Assert.Equal("inactive", Assert.Single(Customers)["STATUS"]);
        Zuper.Screens.Activate(Organization);
        Assert.Equal((1, 0, 0), await NoticeAsync(way, ZuperFlows.Organizations));
        Assert.Equal("active", Assert.Single(Customers)["STATUS"]);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task One_that_is_deleted_has_its_customer_set_inactive_and_never_deleted(Way way)
    {
        await ConnectAsync(way);
        Zuper.Screens.Delete(Organization);
        Assert.Equal((1, 0, 0), await NoticeAsync(way, ZuperFlows.Organizations));
        Assert.Equal("inactive", Assert.Single(Customers)["STATUS"]);
    }
}
