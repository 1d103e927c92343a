using System.Globalization;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow;
using IntacctSync.Simulators.Upflow;
using IntacctSync.Tests.Scenarios.Road;
using Microsoft.Extensions.Logging;
using Xunit.Abstractions;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// What was there before goes to Upflow as fast as its limits allow, and is read from Intacct two thousand records at
/// a time. The clock is simulated. More invoices than the few of each run are carried over by
/// <c>INTACCTSYNC_TEST_RECEIVABLES_BACKFILL=50000 dotnet test --filter A_backfill_to_Upflow</c>; the figures are
/// printed.
/// </summary>
public sealed class A_backfill_to_Upflow_keeps_within_its_limits(ITestOutputHelper output) : ReceivablesRoadTest
{
    private const int UnlessSaid = 1200;
    private const long Megabyte = 1024 * 1024;
    private const long MostMegabytes = 300;
    private const int Samples = 60;

    private int _batches;

    internal override LogLevel Logged => LogLevel.Error;

    internal override UpflowSimulatorOptions UpflowOptions { get; } = new() { SampleData = false };

    [Fact(Timeout = 7_200_000)]
    public async Task Invoices_with_their_payments_are_read_many_at_once_and_no_limit_is_met()
    {
        var invoices = Wanted();
        MakePast(invoices);
        Clock.Advance(TimeSpan.FromDays(1));
        await ConnectUpflowAsync();
        await CarryAsync(UpflowFlows.Customers, invoices);
        var (transactions, began) = (Intacct.Counters.Transactions, Clock.GetUtcNow());

        // The payments come behind the invoices.
        foreach (var flow in new[] { UpflowFlows.Invoices, UpflowFlows.CreditNotes })
        {
            var (before, at, asked) = (Intacct.Counters.Transactions, Clock.GetUtcNow(), Upflow.Counters.Requests);
            var memory = await CarryAsync(flow, invoices);
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{flow}: {Intacct.Counters.Transactions - before} Intacct transactions, "
                        + $"{Upflow.Counters.Requests - asked} requests to Upflow in {Clock.GetUtcNow() - at}, "
                        + $"{memory.Most} MB at most beyond the start, {memory.Held} MB held at the end"
                )
            );
            Assert.InRange(memory.Most, long.MinValue, MostMegabytes);
            Assert.InRange(memory.Held, long.MinValue, MostMegabytes);
        }

        transactions = Intacct.Counters.Transactions - transactions;
        var took = Clock.GetUtcNow() - began;

        // Invoices are read for two flows, as some of them are credits; a payment is read with its detail.
        var read = 4 * invoices;
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                {invoices} invoices with their payments in {took} by the clock: {read} records read
                in {transactions} Intacct transactions, {1000.0 * transactions / read:0.00} per 1000 records
                Upflow: {Upflow.Counters.MostAtOnce} at once at most, {Upflow.Counters.Throttled} throttled
                """
            )
        );
        Assert.Equal(invoices, Upflow.Screens.Records("invoices").Count);
        Assert.Equal(invoices, await SyncedAsync(UpflowFlows.Payments));
        Assert.Equal(0, Upflow.Screens.Records("invoices").Sum(i => (long)i["amountOutstanding"]!));
        Assert.Equal(0, Upflow.Counters.Throttled);
        Assert.InRange(Upflow.Counters.MostAtOnce, 1, 5);

        // Beside a page for each two thousand: the last page of each object, objects that hold nothing, what was
        // deleted meanwhile, and what was half done when a minute ended.
        Assert.InRange(transactions, 4, (read / 2000) + 14);

        // An invoice is one call, its payment two; bulk work has 480 in a minute and a second.
        Assert.InRange(took, TimeSpan.FromMinutes(invoices * 3 / 500), TimeSpan.FromMinutes((invoices * 3 / 400) + 12));
        var writes = Upflow.Counters.Writes;
        await PollAsync();
        await PollAsync();
        Assert.Equal(writes, Upflow.Counters.Writes);
    }

    /// <summary>A customer for each hundred invoices, all of them paid.</summary>
    private void MakePast(int invoices)
    {
        for (var i = 0; i < invoices; i++)
        {
            var customer = string.Create(CultureInfo.InvariantCulture, $"C-{i / 100}");
            if (i % 100 == 0)
                Intacct.Screens.AddCustomer(
                    customer,
                    $"Customer {customer}",
                    $"ap@{customer}.example".ToLowerInvariant()
                );
            var number = string.Create(CultureInfo.InvariantCulture, $"INV-{i}");
            Intacct.Screens.PostInvoice(customer, number, 10 + i);
            Intacct.Screens.Pay(customer, [(number, 10 + i)]);
        }
    }

    /// <summary>
    /// Carries a flow over, and measures the memory after full collections, between batches. What the simulators hold
    /// grows with the company and is not the pipeline's. Before the flow begins, and when it has ended, the pipeline is
    /// therefore let go, and what is left then is theirs.
    /// </summary>
    /// <returns>In megabytes: the most that there ever was beyond what the simulators held at the start, which counts
    /// what Upflow was given meanwhile, too; and what the pipeline held at the end.</returns>
    private async Task<(long Most, long Held)> CarryAsync(FlowName flow, int invoices)
    {
        await RestartAsync();
        var (before, most, each) = (Memory(), 0L, Math.Max(50, invoices / Samples));
        await Process.Get<Backfill>().StartAsync(await ConnectionAsync(), flow, since: null, requested: true, Forever);
        while (true)
        {
            if (await Process.WorkAsync(this, Forever))
            {
                if (++_batches % each == 0)
                    most = Math.Max(most, Memory());
                continue;
            }

            if (await Process.Queue.NextDueAsync(Forever) is not { } due)
                break;
            Clock.AdvanceTo(due);
        }

        var end = Memory();
        await RestartAsync();
        return (Math.Max(most, end) - before, end - Memory());
    }

    private static long Memory() => GC.GetTotalMemory(forceFullCollection: true) / Megabyte;

    private async Task<int> SyncedAsync(FlowName flow) =>
        (await Process.Get<RecordQuery>().CountAsync(Id, flow, Forever)).Of(RecordState.Synced);

    private static int Wanted() =>
        int.TryParse(
            Environment.GetEnvironmentVariable("INTACCTSYNC_TEST_RECEIVABLES_BACKFILL"),
            CultureInfo.InvariantCulture,
            out var said
        )
            ? said
            : UnlessSaid;
}
