using IntacctSync.Core.Detection;
using IntacctSync.Core.Doctor;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Pipeline;
using IntacctSync.Core.Upflow;
using IntacctSync.Core.Zuper;
using IntacctSync.Simulators;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>A company has a connection to Zuper and one to Upflow.</summary>
public sealed class Two_connections_of_one_company_share_it : ReceivablesRoadTest
{
    private static readonly ConnectionId ToZuper = ConnectionId.Parse("to-zuper");

    /// <summary>Two processes work at the same time, and both connections are examined meanwhile.</summary>
    [Fact]
    public async Task They_never_have_two_requests_in_flight()
    {
        await ConnectUpflowAsync();
        await ConnectZuperAsync(ToZuper);
        Intacct.Latency = Latency.OfMilliseconds(300);
        Intacct.Screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
        for (var i = 0; i < 30; i++)
            Intacct.Screens.PostInvoice("C-1", $"INV-{i}", 10 + i);
        var organizations = Enumerable.Range(0, 20).Select(i => MakeOrganization($"Company {i}")).ToList();
        await SendPollsAsync();
        await using var other = new SyncProcess(this, new CrashSwitch());
        await PassAsync(async () =>
        {
            await Task.WhenAll(
                WorkOffAsync(Process),
                WorkOffAsync(other),
                Process.Get<ConnectionDoctor>().ExamineAsync(Id, Forever),
                other.Get<ConnectionDoctor>().ExamineAsync(ToZuper, Forever)
            );
            return true;
        });
        await RestAsync();
        await SendPollsAsync();
        await RestAsync();
        Assert.Equal(1, Intacct.MaxConcurrencySeen);
        Assert.Equal(
            (30, organizations.Count + 1, organizations.Count + 1),
            (Upflow.Screens.Records("invoices").Count, Customers.Count, Upflow.Screens.Records("customers").Count)
        );
    }

    [Fact]
    public async Task What_both_poll_is_read_once_and_both_hear_of_it()
    {
        await ConnectUpflowAsync();
        await ConnectZuperAsync(ToZuper);
        Intacct.Screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
        Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        await TickAsync();
        Clock.Advance(TimeSpan.FromHours(3));
        await TickAsync();
        await TickAsync();
        var payment = Intacct.Screens.Pay("C-1", [("INV-1", 40m)]);
        var before = (Intacct.Counters["query ARPYMT"], Intacct.Counters["query ARPYMTDETAIL"]);
        await SendPollsAsync();
        while (await Process.Queue.NextDueAsync(Forever) is { } due && due <= Clock.GetUtcNow())
            await Process.WorkAsync(this, Forever);
        await RestAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(6000, Upflow.Screens.Outstanding("INV-1"));
        Assert.NotNull(
            await Process
                .Get<Core.KeyMap.KeyMapStore>()
                .GetAsync(new SyncKey(ToZuper, ZuperFlows.Payments, Text(payment)), Forever)
        );

        // The polls of both flows, and then each flow reads the one payment that has changed.
        Assert.Equal((1 + 2, 1 + 2), (Reads("ARPYMT") - before.Item1, Reads("ARPYMTDETAIL") - before.Item2));

        var idle = (Reads("ARPYMT"), Reads("ARPYMTDETAIL"));
        await TickAsync();
        Assert.Equal((1, 1), (Reads("ARPYMT") - idle.Item1, Reads("ARPYMTDETAIL") - idle.Item2));
    }

    private int Reads(string name) => Intacct.Counters[$"query {name}"];

    private async Task TickAsync()
    {
        await SendPollsAsync();
        await RestAsync(TimeSpan.FromMinutes(5));
    }

    private async Task SendPollsAsync()
    {
        Clock.Advance(TimeSpan.FromMinutes(15));
        await Process
            .Get<Poller>()
            .TickAsync([.. UpflowFlows.All.Concat(ZuperFlows.All).Select(f => f.Name)], Clock.GetUtcNow(), Forever);
    }

    /// <summary>Works off what is due, as a host's worker does.</summary>
    private static async Task WorkOffAsync(SyncProcess process)
    {
        while (await process.Queue.AcceptSessionAsync(Forever) is { } held)
        {
            var received = await process.Queue.ReceiveAsync(held, SessionGate.MaxBatch, Forever);
            if (received.Count > 0)
            {
                var settled = await process.Get<FlowRunner>().RunAsync(received, Forever);
                await process.Queue.SettleAsync(held, [.. settled.Select(s => (s.Key, s.Value))], Forever);
            }

            await process.Queue.ReleaseAsync(held, Forever);
        }
    }
}
