using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Intacct.Settings;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class The_users_clock_is_honoured : BooksTest
{
    private static readonly SimulatedUser User = new("sandbox-user", "sandbox-user-password")
    {
        GmtOffset = TimeSpan.FromHours(-7),
    };

    internal override IntacctSimulatorOptions IntacctOptions { get; } =
        new() { SampleData = false, Companies = [SimulatedCompany.Sandbox with { Users = [User] }] };

    [Fact]
    public async Task A_user_seven_hours_behind_misses_nothing_and_reads_nothing_of_before()
    {
        AddItem("OLD");
        Clock.Advance(TimeSpan.FromHours(3));
        await OpenBooksAsync();
        AddItem("FLT-16");
        var (uid, number) = await InvoiceAsync(100);
        var payment = Intacct.Screens.Pay(Customer, [(number, 60)]);
        await PollAsync();
        Assert.Equal("FLT-16", Assert.Single(Products)["product_id"]!.ToString());
        Assert.Equal([$"60 SAGE-{payment}"], Standing(uid));

        Clock.Advance(TimeSpan.FromHours(5));
        await PollAsync();
        EditItem("FLT-16", ("BASEPRICE", "30"));
        await PollAsync();
        Assert.Equal("30.0000", Assert.Single(Products)["price"]!.ToString());
        Assert.Equal(
            Clock.GetUtcNow().AddMinutes(-10),
            (await ItemEntryAsync("FLT-16")).Version!.Value,
            TimeSpan.FromMinutes(1)
        );
    }
}
