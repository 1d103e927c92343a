using IntacctSync.Core.Connections;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public sealed class A_customers_own_contact_is_not_told_as_only_in_Intacct : CustomerRoadTest
{
    [Fact]
    public async Task After_a_first_sync_nothing_is_and_what_was_entered_by_hand_is()
    {
        await ConnectCustomersAsync();
        MakeCustomer("Ines", "Roy", MakeOrganization("Harbor Dental Group"));
        await RestAsync();
        Assert.Equal(0, await OnlyInIntacctAsync());

        AddContact("By hand", "By hand");
        Assert.Equal(1, await OnlyInIntacctAsync());
    }

    private async Task<int> OnlyInIntacctAsync()
    {
        var connection = (await Process.Get<ConnectionStore>().GetAsync(Id, Forever))!;
        var (summary, _) = await Process.ReconcileAsync(connection, PassAsync, ZuperFlows.Customers);
        return summary["flows"]![0]!["onlyAtTarget"]!.GetValue<int>();
    }
}
