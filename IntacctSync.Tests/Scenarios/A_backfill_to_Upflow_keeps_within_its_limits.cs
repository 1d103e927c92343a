using System.Globalization;
using IntacctSync.Core.Upflow;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// What was there before goes to Upflow as fast as its limits allow, and is read from Intacct many records at a time.
/// The clock is simulated.
/// </summary>
public sealed class A_backfill_to_Upflow_keeps_within_its_limits : ReceivablesRoadTest
{
    private const int Invoices = 700;

    [Fact]
    public async Task Invoices_are_read_many_at_once_and_no_limit_is_met()
    {
        for (var i = 0; i < 10; i++)
            Intacct.Screens.AddCustomer($"C-{i}", $"Customer {i}", $"ap@customer-{i}.example");
        for (var i = 0; i < Invoices; i++)
            Intacct.Screens.PostInvoice($"C-{i % 10}", string.Create(CultureInfo.InvariantCulture, $"INV-{i}"), 10 + i);
        Clock.Advance(TimeSpan.FromDays(1));
        await ConnectUpflowAsync();
        await BackfillAsync(UpflowFlows.Customers);
        var before = Intacct.Counters.Transactions;
        var began = Clock.GetUtcNow();
        await BackfillAsync(UpflowFlows.Invoices);

        // Two pages of invoices, one of debit memos, and the deletions of the days since the connection was made. What
        // waits for Upflow's minute is read again when its turn comes, a batch at once; how large those batches are
        // depends on how the requests of five customers fall.
        Assert.InRange(Intacct.Counters.Transactions - before, 3, Invoices / 2);
        Assert.Equal(Invoices, Upflow.Screens.Records("invoices").Count);
        Assert.Equal(0, Upflow.Counters.Throttled);
        Assert.InRange(Upflow.Counters.MostAtOnce, 1, 5);
        Assert.InRange(Clock.GetUtcNow() - began, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(6));
    }
}
