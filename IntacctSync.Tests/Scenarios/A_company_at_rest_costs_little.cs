using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Upflow;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// Each query is a transaction of the company's month. Both apps together leave two thirds of what every subscription
/// has (100,000), although each of their feeds is due every fifteen minutes.
/// </summary>
public sealed class A_company_at_rest_costs_little : ReceivablesRoadTest
{
    private static readonly ConnectionId ToZuper = ConnectionId.Parse("to-zuper");

    /// <summary>A day, as it is repeated through a month of thirty-one.</summary>
    [Fact]
    public async Task Both_apps_stay_under_35_000_transactions_a_month()
    {
        await ConnectUpflowAsync(s =>
            s with
            {
                SyncReceipts = true,
                Receipts = new() { BankAccountId = "BANK" },
            }
        );
        await ConnectZuperAsync(ToZuper);
        Intacct.Screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
        Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        Intacct.Screens.Pay("C-1", [("INV-1", 40)]);
        await TickAsync();
        Clock.Advance(TimeSpan.FromHours(3));
        await TickAsync();
        var before = Intacct.Counters.Transactions;
        for (var tick = 0; tick < 96; tick++)
            await TickAsync();
        var month = (Intacct.Counters.Transactions - before) * 31;
        Assert.InRange(month, 1, 35_000);
    }

    /// <summary>Whoever reads first reads for the others, and each is told all the same.</summary>
    [Fact]
    public async Task An_object_that_two_flows_read_is_read_once_and_both_hear_of_it()
    {
        await ConnectUpflowAsync();
        Intacct.Screens.AddCustomer("C-1", "Harbor");
        await TickAsync();
        Clock.Advance(TimeSpan.FromHours(3));
        await TickAsync();
        Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        Intacct.Screens.PostInvoice("C-1", "NEG-1", -30);
        var before = Intacct.Counters["query ARINVOICE"];
        await TickAsync();
        Assert.NotNull(Invoice("INV-1"));
        Assert.NotNull(Upflow.Screens.Record("credit_notes", "NEG-1"));
        Assert.True(Intacct.Counters["query ARINVOICE"] - before <= 2);
    }

    private async Task TickAsync()
    {
        Clock.Advance(TimeSpan.FromMinutes(15));
        await Process
            .Get<Poller>()
            .TickAsync([.. UpflowFlows.All.Concat(ZuperFlows.All).Select(f => f.Name)], Clock.GetUtcNow(), Forever);
        await RestAsync(TimeSpan.FromMinutes(5));
    }
}
