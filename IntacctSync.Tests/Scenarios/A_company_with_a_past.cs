using System.Globalization;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Scenarios.Road;
using IntacctSync.Tests.Support;
using Microsoft.Extensions.Logging;
using Xunit.Abstractions;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// Everything of a company is carried over while Zuper holds to its limit. The environment may say how many invoices
/// there are: <c>INTACCTSYNC_TEST_INVOICES=10000</c>; each organization has twenty.
/// </summary>
[Collection(AloneCollection.Name)]
public class A_company_with_a_past(ITestOutputHelper output) : InvoiceRoadTest
{
    private const int UnlessSaid = 600;
    private const long Megabyte = 1024 * 1024;

    /// <summary>Four fifths of Zuper's 150.</summary>
    private const int BulkInAMinute = 120;

    private const int BatchesPerSample = 10;

    private long _mostMemory;
    private int _batches;
    private int _mostInAMinute;

    internal override LogLevel Logged => LogLevel.Warning;

    [Fact]
    public async Task Is_carried_over_within_all_limits_while_live_changes_pass()
    {
        await BooksAsync();
        Zuper.WebhooksEnabled = false;
        var stock = Stock.Make(this, Wanted());
        Clock.Advance(TimeSpan.FromMinutes(10));
        Zuper.RequestsPerMinute = 150;
        var (before, zuper, memory, began) = (
            Intacct.Counters.Transactions,
            Zuper.Counters.Requests,
            GC.GetTotalMemory(forceFullCollection: true),
            Clock.GetUtcNow()
        );

        var connection = await ConnectionAsync();
        var runs = new List<Run>();
        foreach (var flow in new[] { ZuperFlows.Organizations, ZuperFlows.Customers, ZuperFlows.Invoices })
            runs.Add(await Process.Get<Backfill>().StartAsync(connection, flow, null, requested: true, Forever));
        var (delays, ahead) = (new List<TimeSpan>(), new List<int>());
        for (var change = 1; change <= 4; change++)
        {
            await WorkUntilAsync(() => Invoices.Count >= stock.Invoices * change / 5);
            await LiveChangeAsync(stock.Organizations[change], change, delays, ahead);
        }

        await WorkUntilAsync(static () => false);
        var transactions = Intacct.Counters.Transactions - before;
        var requests = Zuper.Counters.Requests - zuper;
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                {stock.Records} records in {Clock.GetUtcNow() - began} by the clock
                Intacct transactions {transactions}, {(double)transactions / stock.WritesNeeded:0.000} per write needed
                creates {Intacct.Counters.Creates}, updates {Intacct.Counters.Updates}, queries {Intacct.Counters.Queries}, reads {Intacct.Counters.Reads}
                Zuper requests {requests}, {(double)requests
                    / stock.Records:0.000} per record; {_mostInAMinute} in a minute at most, throttled {Zuper.Counters.Throttled}
                memory {memory / Megabyte} MB before, {_mostMemory / Megabyte} MB at most
                live changes after {string.Join(", ", delays)}; bulk writes meanwhile {string.Join(", ", ahead)}
                """
            )
        );

        var kept = GC.GetTotalMemory(forceFullCollection: true);
        var dead = await Process.Queue.PeekDeadLettersAsync(3, Forever);
        Assert.True(
            (await Process.Queue.CountAsync(Forever)).Dead == 0,
            string.Join("; ", dead.Select(d => $"{d.Envelope?.Flow} {d.DeliveryCount}x {d.Reason}: {d.Description}"))
        );
        foreach (var run in runs)
        {
            var ended = (await Process.Get<RunStore>().GetAsync(Id, run.RunId, Forever))!;
            Assert.Equal((RunState.Done, 0), (ended.State, ended.Failed));
        }

        Assert.Equal(stock.Organizations.Count + 1, Customers.Count);
        Assert.Equal(stock.Invoices, Invoices.Count);
        Assert.Equal(stock.Records + 1, await SyncedAsync(connection.Id));

        // Two customers of one organization may come in two batches: then its contact list is read and written twice.
        // All other looks are shared by a batch, and are few.
        var most = stock.Records + (2 * stock.Customers);
        Assert.InRange(transactions, stock.WritesNeeded, most * 1.05);
        Assert.InRange(requests, stock.Records, stock.Records * 2.1);
        Assert.Equal(0, Zuper.Counters.Throttled);

        // The live changes of a minute come on top of the bulk work: a read each, and no id to write back.
        Assert.InRange(_mostInAMinute, BulkInAMinute / 4, BulkInAMinute + delays.Count);
        // Each waits for the chunk before it, and for its own batch.
        Assert.All(delays, d => Assert.InRange(d, TimeSpan.Zero, 2 * ChunkSizer.Turn));
        Assert.All(ahead, a => Assert.InRange(a, 0, ChunkSizer.Most));
        await AssertMemoryAsync(memory, kept);
    }

    /// <summary>
    /// What the two simulators hold grows with the company and is not the pipeline's: it is what is left once the
    /// pipeline is gone. Nor is what tests before this one have left behind.
    /// </summary>
    private async Task AssertMemoryAsync(long before, long atTheEnd)
    {
        await RestartAsync();
        var simulators = GC.GetTotalMemory(forceFullCollection: true);
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{_mostMemory / Megabyte} MB at most, {atTheEnd / Megabyte} MB kept at the end, "
                    + $"{simulators / Megabyte} MB of the simulators"
            )
        );
        Assert.InRange(Math.Max(_mostMemory, atTheEnd) - Math.Max(before, simulators), long.MinValue, 300 * Megabyte);
    }

    private static int Wanted() =>
        int.TryParse(
            Environment.GetEnvironmentVariable("INTACCTSYNC_TEST_INVOICES"),
            CultureInfo.InvariantCulture,
            out var said
        )
            ? said
            : UnlessSaid;

    /// <summary>
    /// A person changes an organization while the road is busy with something else, and Zuper tells of it at once.
    /// </summary>
    private async Task LiveChangeAsync(string uid, int change, List<TimeSpan> delays, List<int> ahead)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"Renamed {change}");
        var (at, creates) = (DateTimeOffset.MaxValue, 0);
        await using var person = Clock.CreateTimer(
            _ =>
            {
                (at, creates) = (Clock.GetUtcNow(), Intacct.Counters.Creates);
                Zuper.WebhooksEnabled = true;
                Zuper.Screens.Edit(uid, o => o["organization_name"] = name);
                Zuper.WebhooksEnabled = false;
            },
            null,
            TimeSpan.FromSeconds(0.4 * change),
            Timeout.InfiniteTimeSpan
        );
        var sentAfter = 0;
        Wire.InPlace = body =>
        {
            if (body.Contains(name, StringComparison.Ordinal))
                sentAfter = Intacct.Counters.Creates - creates;
            return null;
        };
        await WorkUntilAsync(() => Customers.Any(c => c["NAME"] == name));
        Wire.InPlace = null;
        delays.Add((await EntryAsync(uid)).Timeline.Last(t => t.What == "updated").At - at);
        ahead.Add(sentAfter);
    }

    /// <summary>Works until something is so, or nothing is left to do.</summary>
    private async Task WorkUntilAsync(Func<bool> isSo)
    {
        while (!isSo())
        {
            if (await Process.WorkAsync(this, Forever))
            {
                var minuteAgo = Clock.GetUtcNow() - TimeSpan.FromMinutes(1);
                _mostInAMinute = Math.Max(_mostInAMinute, Zuper.Journal.Entries.Count(e => e.At > minuteAgo));

                // What is kept, not what is waiting to be collected: that grows with what the machine has to spare.
                if (++_batches % BatchesPerSample == 0)
                    _mostMemory = Math.Max(_mostMemory, GC.GetTotalMemory(forceFullCollection: true));
                continue;
            }

            if (await Process.Queue.NextDueAsync(Forever) is not { } due)
                return;
            Clock.AdvanceTo(due);
        }
    }

    private async Task<int> SyncedAsync(ConnectionId id)
    {
        var synced = 0;
        foreach (var flow in new[] { ZuperFlows.Organizations, ZuperFlows.Customers, ZuperFlows.Invoices })
            synced += (await Process.Get<RecordQuery>().CountAsync(id, flow, Forever)).Of(RecordState.Synced);
        return synced;
    }
}
