using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Detection.Webhooks;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Storage;
using IntacctSync.Core.Zuper;
using IntacctSync.Simulators;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Zuper;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Tests.Support;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Tests.Scenarios.Road;

/// <summary>
/// The whole road between the two simulators, served over loopback, with a clock that moves when nothing else does. A
/// scenario edits Zuper as a person would, lets the road come to rest, and looks at both sides.
/// </summary>
public abstract partial class RoadTest : IAsyncLifetime
{
    internal const string HookSecret = "canary-webhook-secret";

    private readonly TemporaryFolder _folder = new();
    private RunningSimulator _intacctServer = null!;
    private RunningSimulator _zuperServer = null!;

    protected RoadTest() => Motion = new Motion(Wire);

    protected static CancellationToken Forever => CancellationToken.None;

    internal string Folder => _folder.Path;

    internal TestClock Clock { get; } = new();

    internal Wire Wire { get; } = new();

    /// <summary>What is begun in it is waited for before the clock moves.</summary>
    internal Motion Motion { get; }

    internal StubSecrets Secrets { get; } = new();

    internal CollectingLoggerProvider Log { get; } = new();

    internal TimeSpan SettleAfter { get; set; } = TimeSpan.FromMinutes(15);

    internal Dictionary<string, string?> Settings { get; } = new(StringComparer.Ordinal);

    /// <summary>Less than everything is worth keeping where very much is logged.</summary>
    internal virtual LogLevel Logged => LogLevel.Trace;

    internal IntacctSimulator Intacct { get; private set; } = null!;

    internal ZuperSimulator Zuper { get; private set; } = null!;

    internal SyncProcess Process { get; private set; } = null!;

    internal virtual IntacctSimulatorOptions IntacctOptions { get; } = new() { SampleData = false };

    internal Uri ZuperAddress => _zuperServer.Address;

    internal ConnectionId Id { get; } = ConnectionId.Parse("acme");

    public virtual async Task InitializeAsync()
    {
        await RoadStore.ReadyAsync();
        Intacct = new IntacctSimulator(IntacctOptions, Clock);
        Zuper = new ZuperSimulator(
            new ZuperSimulatorOptions { SampleData = false, RequestsPerMinute = 0 },
            Clock,
            new StubClients(new WebhookWire(() => Process?.Get<WebhookReceiver>()))
        );
        _intacctServer = await SimulatorHost.StartAsync(Intacct, 0, Forever);
        _zuperServer = await SimulatorHost.StartAsync(Zuper, 0, Forever);
        Wire.Watch(Intacct.UnderWay);
        Wire.Watch(Zuper.UnderWay);
        Settings["Intacct:Endpoint"] = new Uri(_intacctServer.Address, Intacct.Path).ToString();
        Settings["Intacct:AllowedHosts"] = _intacctServer.Address.Host;
        Settings["Apps:AllowedHosts"] = _zuperServer.Address.Host;
        Settings["Zuper:AccountsEndpoint"] = _zuperServer.Address.ToString();
        Process = new SyncProcess(this, new CrashSwitch());
    }

    public virtual async Task DisposeAsync()
    {
        await Process.DisposeAsync();
        await _intacctServer.DisposeAsync();
        await _zuperServer.DisposeAsync();
        await Zuper.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>
    /// Whether envelopes pass the gate, as in a host. A batch then costs its lull, which most scenarios do without.
    /// </summary>
    internal virtual bool ThroughTheGate => false;

    /// <summary>The queue that a process sends to in the place of the one of its machine; null for that one.</summary>
    internal virtual IEnvelopeQueue? QueueOf(CrashSwitch process) => null;

    /// <summary>What stands between a process and its store.</summary>
    internal virtual ITable Interpose(ITable store, CrashSwitch process) => store;

    /// <summary>
    /// How many requests both systems were asked; a store that is spoken to over the wire does not count.
    /// </summary>
    internal int Asked => Intacct.Counters.Requests + (int)Zuper.Counters.Requests;

    /// <summary>Puts the connection, and has Zuper tell of what happens to organizations.</summary>
    internal async Task ConnectAsync(
        Func<ZuperConnectionSettings, ZuperConnectionSettings>? change = null,
        bool webhooks = true
    )
    {
        var settings = new ZuperConnectionSettings
        {
            Intacct = new IntacctSettings
            {
                SenderId = "sandbox-sender",
                CompanyId = "sandbox",
                UserId = "sandbox-user",
            },
            Zuper = new ZuperSettings { CompanyName = "sandbox", ApiUrl = _zuperServer.Address.ToString() },
        };
        await Process.Get<ConnectionStore>().PutAsync(Id, change?.Invoke(settings) ?? settings, Forever);
        await Process
            .Get<ConnectionSecrets>()
            .ApplyAsync(
                Id,
                new Dictionary<string, SecretChange>(StringComparer.Ordinal)
                {
                    [SecretField.SenderPassword] = SecretChange.To("sandbox-sender-password"),
                    [SecretField.UserPassword] = SecretChange.To("sandbox-user-password"),
                    [ZuperSecrets.ApiKey] = SecretChange.To("sandbox-zuper-key"),
                    [ZuperSecrets.WebhookSecret] = SecretChange.To(HookSecret),
                },
                Forever
            );
        Zuper.Screens.Subscribe(
            new Uri($"http://road.test/api/webhooks/{Id}"),
            HookSecret,
            "organization.new",
            "organization.update",
            "organization.delete",
            "organization.bulk_action",
            "import.organization"
        );
        Zuper.WebhooksEnabled = webhooks;
    }

    internal string MakeOrganization(string name, Action<JsonObject>? change = null)
    {
        var fields = new JsonObject { ["organization_name"] = name };
        change?.Invoke(fields);
        return Zuper.Screens.Create(ZuperModules.Organization, fields);
    }

    /// <summary>Lets everything happen that is going to, moving the clock over what waits for it.</summary>
    internal virtual async Task RestAsync(TimeSpan? within = null)
    {
        var end = Clock.GetUtcNow() + (within ?? TimeSpan.FromHours(6));
        while (true)
        {
            await Zuper.WebhooksRestingAsync(Forever);
            if (await Process.WorkAsync(this, Forever))
            {
                if (Process.Crash.Dead)
                    return;
                continue;
            }

            if (await Process.Queue.NextDueAsync(Forever) is not { } due || due > end)
                return;
            Clock.AdvanceTo(due);
        }
    }

    /// <summary>Lets everything happen; when the process dies of it, the next one finishes what it left.</summary>
    /// <param name="sweep">Whether a timer's tick has to find what a dead process had not got round to sending.</param>
    internal async Task LiveOnAsync(bool sweep = false)
    {
        try
        {
            await RestAsync();
        }
        catch (OperationCanceledException) when (Process.Crash.Dead)
        {
            // The next life begins.
        }

        if (!Process.Crash.Dead)
            return;
        await RestartAsync();
        await RestAsync();
        if (!sweep)
            return;
        Clock.Advance(TimeSpan.FromMinutes(10));
        await SweepAsync();
    }

    /// <summary>Sweeps Zuper as the timer would, then rests.</summary>
    internal async Task SweepAsync()
    {
        await Process.Get<Poller>().TickAsync(ZuperFlows.OfZuper, Clock.GetUtcNow(), Forever);
        await RestAsync();
    }

    /// <summary>The process dies as it is; the next one begins when its locks have run out.</summary>
    internal async Task RestartAsync(CrashSwitch? crash = null)
    {
        await Process.DisposeAsync();
        Clock.Advance(TimeSpan.FromMinutes(1));
        Process = new SyncProcess(this, crash ?? new CrashSwitch());
    }

    /// <summary>Does work that waits for the clock; when it stands still because of that, the clock moves.</summary>
    internal async Task<T> PassAsync<T>(Func<Task<T>> work)
    {
        var begun = Motion.Begin(work);
        await WaitAsync(begun);
        return await begun;
    }

    /// <summary>
    /// Waits for work that was begun in <see cref="Motion"/>; when it stands still because it waits for the clock, the
    /// clock moves.
    /// </summary>
    internal async Task WaitAsync(Task work)
    {
        // Without a timer nothing can be moved, so it is looked at again before it is believed to wait for ever.
        const int believed = 1000;
        var looks = 0;
        while (!work.IsCompleted)
        {
            await Task.WhenAny(work, Motion.StillAsync(work));
            if (work.IsCompleted)
                return;
            looks = Clock.AdvanceToNextTimer() ? 0 : looks + 1;
            Assert.True(looks < believed, "The work waits for ever: nothing moves, and no timer is set.");
        }
    }

    internal async Task<KeyMapEntry> EntryAsync(string uid) =>
        await Process.Get<KeyMapStore>().GetAsync(new SyncKey(Id, ZuperFlows.Organizations, uid), Forever)
        ?? throw new InvalidOperationException($"No row is stored for {uid}.");
}
