using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Pipeline;
using IntacctSync.Core.Zuper;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Intacct.Gateway;
using IntacctSync.Simulators.Intacct.Settings;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class One_connection_does_not_slow_another : RoadTest
{
    private static readonly ConnectionId Other = ConnectionId.Parse("beta");

    internal override IntacctSimulatorOptions IntacctOptions { get; } =
        new()
        {
            SampleData = false,
            Companies = [SimulatedCompany.Sandbox, SimulatedCompany.Sandbox with { CompanyId = "beta-company" }],
        };

    [Fact]
    public async Task While_one_companys_Intacct_hangs_the_changes_of_another_arrive_without_waiting()
    {
        await ConnectAsync(webhooks: false);
        await ConnectOtherAsync();
        var (uid, theirs) = (MakeOrganization("Harbor Dental Group"), MakeOrganization("Blue Heron Brewing"));
        Intacct.Faults.Add(
            new()
            {
                Fault = IntacctFaults.Slow,
                Match = new Dictionary<string, string>(StringComparer.Ordinal) { ["company"] = "sandbox" },
                Times = 0,
            }
        );

        // The company that hangs is taken up first, and stays in hand: the clock that its answer waits for stands
        // still.
        await AskAsync(Id, uid);
        Clock.Advance(TimeSpan.FromSeconds(2));
        var asked = Clock.GetUtcNow();
        var held = (await Process.Queue.AcceptSessionAsync(Forever))!;
        var batch = await Process.Queue.ReceiveAsync(held, SessionGate.MaxBatch, Forever);
        var hanging = Motion.Begin(() => Process.Get<FlowRunner>().RunAsync(batch, Forever));

        await AskAsync(Other, theirs);
        Clock.Advance(TimeSpan.FromSeconds(2));
        while (await WorkOtherAsync()) { }

        Assert.Equal(RecordState.Synced, (await RowAsync(Other, theirs))!.State);
        Assert.Single(Intacct.Companies["beta-company"].Records("CUSTOMER"));
        Assert.InRange(Clock.GetUtcNow() - asked, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.False(hanging.IsCompleted);
        Assert.Null((await RowAsync(Id, uid))?.TargetId);

        // And the one that hung is not lost.
        Intacct.Faults.Clear();
        await WaitAsync(hanging);

        // Its lock has run out meanwhile, so that what came of it is dropped and its messages come again.
        Assert.False(await Process.Queue.RenewAsync(held, Forever));
        await RestAsync();
        Assert.Equal(RecordState.Synced, (await RowAsync(Id, uid))!.State);
        Assert.Single(Customers);
    }

    private async Task ConnectOtherAsync()
    {
        var first = (await ConnectionAsync()).Zuper();
        await Process
            .Get<ConnectionStore>()
            .PutAsync(Other, first with { Intacct = first.Intacct with { CompanyId = "beta-company" } }, Forever);
        var secrets = Process.Get<ConnectionSecrets>();
        var changes = new Dictionary<string, SecretChange>(StringComparer.Ordinal);
        foreach (var field in ZuperSecrets.Fields.All)
            changes[field] = SecretChange.To((await secrets.GetAsync(Id, field, Forever))!);
        await secrets.ApplyAsync(Other, changes, Forever);
    }

    private async Task AskAsync(ConnectionId id, string uid)
    {
        var connection = (await Process.Get<ConnectionStore>().GetAsync(id, Forever))!;
        var key = new SyncKey(id, ZuperFlows.Organizations, uid);
        await Process.Get<KeyMapStore>().SaveAsync([new KeyMapEntry { Key = key }], Forever);
        await Process.Get<PersonRequests>().RetryAsync(connection, ZuperFlows.Organizations, uid, Forever);
    }

    private async Task<bool> WorkOtherAsync()
    {
        if (await Process.Queue.AcceptSessionAsync(Forever) is not { } held)
            return false;
        var batch = await Process.Queue.ReceiveAsync(held, SessionGate.MaxBatch, Forever);
        Assert.All(batch, received => Assert.Equal(Other, received.Envelope.Connection));

        // By the wall's clock, so that a test which hangs ends; nothing here waits for the other one.
        var settled = await Process.Get<FlowRunner>().RunAsync(batch, Forever).WaitAsync(TimeSpan.FromMinutes(1));
        await Process.Queue.SettleAsync(held, [.. settled.Select(s => (s.Key, s.Value))], Forever);
        await Process.Queue.ReleaseAsync(held, Forever);
        return batch.Count > 0;
    }

    private Task<KeyMapEntry?> RowAsync(ConnectionId id, string uid) =>
        Process.Get<KeyMapStore>().GetAsync(new SyncKey(id, ZuperFlows.Organizations, uid), Forever);
}
