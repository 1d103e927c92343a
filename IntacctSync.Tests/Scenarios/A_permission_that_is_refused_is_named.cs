using IntacctSync.Core.Domain;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public sealed class A_permission_that_is_refused_is_named : RoadTest
{
    [Fact]
    public async Task As_the_least_role_has_it_application_permission_and_levels()
    {
        await ConnectAsync();
        Intacct.Company.Deny("sandbox-user", "CUSTOMER", "CREATE");
        var uid = MakeOrganization("Harbor Dental Group");
        await RestAsync();
        var entry = await EntryAsync(uid);
        Assert.Equal((RecordState.NeedsAction, "intacct-permission"), (entry.State, entry.Problem!.Code));
        Assert.Equal(
            "In Intacct, under Company > Admin > Roles, give the role of the Web Services user Accounts Receivable > "
                + "Customers: list, view, add, edit. Then retry.",
            entry.Problem.Fix
        );
    }
}
