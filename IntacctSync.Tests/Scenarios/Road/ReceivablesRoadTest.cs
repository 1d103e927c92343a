using System.Globalization;
using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow;
using IntacctSync.Core.Zuper;
using IntacctSync.Simulators;
using IntacctSync.Simulators.Upflow;

namespace IntacctSync.Tests.Scenarios.Road;

/// <summary>
/// The road from Intacct to Upflow between their two simulators: a scenario edits Intacct as its people would, polls,
/// and looks at what stands in Upflow.
/// </summary>
public abstract class ReceivablesRoadTest : RoadTest
{
    private RunningSimulator _upflowServer = null!;

    internal UpflowSimulator Upflow { get; private set; } = null!;

    internal virtual UpflowSimulatorOptions UpflowOptions { get; } = new();

    public override async Task InitializeAsync()
    {
        Upflow = new UpflowSimulator(UpflowOptions, Clock);
        _upflowServer = await SimulatorHost.StartAsync(Upflow, 0, Forever);
        Wire.Watch(Upflow.UnderWay);
        Settings["Upflow:Endpoint"] = new Uri(_upflowServer.Address, Upflow.Path).ToString();
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _upflowServer.DisposeAsync();
    }

    /// <summary>Puts the connection, or another one of the same accounts.</summary>
    internal async Task ConnectUpflowAsync(
        Func<UpflowConnectionSettings, UpflowConnectionSettings>? change = null,
        ConnectionId? another = null
    )
    {
        var id = another ?? Id;
        var settings = new UpflowConnectionSettings
        {
            Intacct = new IntacctSettings
            {
                SenderId = "sandbox-sender",
                CompanyId = "sandbox",
                UserId = "sandbox-user",
            },
        };
        await Process.Get<ConnectionStore>().PutAsync(id, change?.Invoke(settings) ?? settings, Forever);
        await Process
            .Get<ConnectionSecrets>()
            .ApplyAsync(
                id,
                new Dictionary<string, SecretChange>(StringComparer.Ordinal)
                {
                    [SecretField.SenderPassword] = SecretChange.To("sandbox-sender-password"),
                    [SecretField.UserPassword] = SecretChange.To("sandbox-user-password"),
                    [UpflowSecrets.ApiKey] = SecretChange.To("sandbox-upflow-key"),
                    [UpflowSecrets.ApiSecret] = SecretChange.To("sandbox-upflow-secret"),
                },
                Forever
            );
        Clock.Advance(TimeSpan.FromMinutes(5));
    }

    /// <summary>Puts a connection of the same company to Zuper beside it.</summary>
    internal async Task ConnectZuperAsync(ConnectionId id)
    {
        await Process
            .Get<ConnectionStore>()
            .PutAsync(
                id,
                new ZuperConnectionSettings
                {
                    Intacct = (await ConnectionAsync()).Settings.Intacct,
                    Zuper = new ZuperSettings { CompanyName = "sandbox", ApiUrl = ZuperAddress.ToString() },
                },
                Forever
            );
        await Process
            .Get<ConnectionSecrets>()
            .ApplyAsync(
                id,
                new Dictionary<string, SecretChange>(StringComparer.Ordinal)
                {
                    [SecretField.SenderPassword] = SecretChange.To("sandbox-sender-password"),
                    [SecretField.UserPassword] = SecretChange.To("sandbox-user-password"),
                    [ZuperSecrets.ApiKey] = SecretChange.To("sandbox-zuper-key"),
                },
                Forever
            );
    }

    internal async Task ChangeSettingsAsync(Func<UpflowConnectionSettings, UpflowConnectionSettings> change) =>
        await Process.Get<ConnectionStore>().PutAsync(Id, change((await ConnectionAsync()).Upflow()), Forever);

    /// <summary>Polls as the timer would, then rests.</summary>
    internal async Task PollAsync()
    {
        Clock.Advance(TimeSpan.FromMinutes(15));
        await Process.Get<Poller>().TickAsync([.. UpflowFlows.All.Select(f => f.Name)], Clock.GetUtcNow(), Forever);
        await RestAsync();
    }

    /// <summary>Polls; when the process dies of it, the next one polls again.</summary>
    internal async Task PollUnlessDeadAsync()
    {
        var lived = !Process.Crash.Dead;
        try
        {
            await PollAsync();
        }
        catch (OperationCanceledException) when (Process.Crash.Dead)
        {
            // The next life begins.
        }

        if (!lived || !Process.Crash.Dead)
            return;
        await RestartAsync();
        await PollAsync();
    }

    /// <summary>Carries over what was there before, flow by flow, as a person asks for it.</summary>
    internal Task BackfillAsync(params FlowName[] flows) => BackfillSinceAsync(null, flows);

    /// <summary>Carries over what changed since some time, likewise; null for everything.</summary>
    internal async Task BackfillSinceAsync(DateTimeOffset? since, params FlowName[] flows)
    {
        foreach (var flow in flows)
        {
            await Process.Get<Backfill>().StartAsync(await ConnectionAsync(), flow, since, requested: true, Forever);
            await RestAsync();
        }
    }

    internal async Task<string> StoryAsync(FlowName flow, string sourceId) =>
        string.Join('\n', (await RowAsync(flow, sourceId)).Timeline.Select(t => t.Detail));

    internal static string Text(int recordNo) => recordNo.ToString(CultureInfo.InvariantCulture);

    internal JsonObject Customer(string name) =>
        Upflow.Screens.Record("customers", name)
        ?? throw new InvalidOperationException($"Upflow has no customer {name}.");

    /// <summary>The e-mail addresses of a customer's contacts, the main one first and with a star.</summary>
    internal IReadOnlyList<string> Emails(string customer) =>
        [
            .. Customer(customer)["contacts"]!
                .AsArray()
                .OrderByDescending(c => c!["isMain"]!.GetValue<bool>())
                .Select(c => $"{c!["email"]}{(c["isMain"]!.GetValue<bool>() ? "*" : "")}"),
        ];

    /// <summary>The customer above one in Upflow, by its external id; null for none.</summary>
    internal string? ParentOf(string customer) => Customer(customer)["parent"]?["externalId"]?.ToString();

    internal JsonObject? Invoice(string number) => Upflow.Screens.Record("invoices", number);

    internal JsonObject Invoice(int recordNo) =>
        Upflow.Screens.Record("invoices", $"ARINVOICE-{Text(recordNo)}")
        ?? throw new InvalidOperationException($"Upflow has no invoice of {recordNo}.");

    /// <summary>Has Upflow refuse one call of a route.</summary>
    internal void Refuse(string route, int times = 1, string fault = UpflowFaults.Http400) =>
        Upflow.Faults.Add(
            new FaultRule
            {
                Fault = fault,
                Match = Fields(("route", route)),
                Times = times,
            }
        );

    internal int Writes => Upflow.Counters.Writes;
}
