using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection.Webhooks;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Secrets;
using IntacctSync.Core.Zuper;
using IntacctSync.Simulators;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Intacct.Settings;
using IntacctSync.Simulators.Zuper;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Tests.Local.Sandbox;
using IntacctSync.Tests.Scenarios.Road;
using IntacctSync.Tests.Support;
using IntacctSync.Tests.Support.Azurite;
using IntacctSync.Tests.Support.Broker;
using IntacctSync.Tests.Support.Broker.Wire;
using Microsoft.Extensions.DependencyInjection;

namespace IntacctSync.Tests.Scenarios.Azure;

/// <summary>
/// Two instances as they are deployed, over one store in Azurite and one broker that the real client speaks AMQP to.
/// </summary>
/// <remarks>
/// The client goes by the machine's clock, so everything here does: a clock that the test moves would run its locks out
/// while the client still waits.
/// </remarks>
public sealed class Two_workers_with_real_session_processors : IAsyncLifetime
{
    private const string HookSecret = "canary-webhook-secret";
    private const int LongestTest = 240_000;

    private static readonly string[] Companies = ["sandbox", "beta-company"];

    private readonly IntacctSimulator _intacct = new(
        new IntacctSimulatorOptions
        {
            SampleData = false,
            Companies = [.. Companies.Select(c => SimulatedCompany.Sandbox with { CompanyId = c })],
        },
        TimeProvider.System
    );

    private readonly LoopbackBroker _broker = new(
        new StrictBroker(TimeProvider.System, new BrokerRules { LockDuration = TimeSpan.FromSeconds(30) })
    );

    private readonly StubSecrets _secrets = new();
    private readonly List<ZuperSimulator> _zupers = [];
    private readonly List<IAsyncDisposable> _servers = [];
    private readonly List<WiredInstance> _instances = [];

    private static CancellationToken Forever => CancellationToken.None;

    public async Task InitializeAsync()
    {
        var azurite = await RunningAzurite.StartAsync();
        _servers.Add(azurite);
        var intacct = await SimulatorHost.StartAsync(_intacct, 0, Forever);
        _servers.Add(intacct);
        List<Uri> addresses = [];
        foreach (var _ in Companies)
        {
            var zuper = new ZuperSimulator(
                new ZuperSimulatorOptions { SampleData = false, RequestsPerMinute = 0 },
                TimeProvider.System,
                new StubClients(new WebhookWire(() => _instances[0].Get<WebhookReceiver>()))
            );
            _zupers.Add(zuper);
            var server = await SimulatorHost.StartAsync(zuper, 0, Forever);
            _servers.Add(server);
            addresses.Add(server.Address);
        }

        string[] settings =
        [
            $"--Intacct:Endpoint={new Uri(intacct.Address, _intacct.Path)}",
            "--Intacct:AllowedHosts=127.0.0.1",
            "--Apps:AllowedHosts=127.0.0.1",
            $"--Zuper:AccountsEndpoint={addresses[0]}",
        ];
        for (var i = 0; i < 2; i++)
            _instances.Add(
                await WiredInstance.StartAsync(
                    azurite.ConnectionString,
                    _broker,
                    settings,
                    services => services.AddSingleton<ISecretStore>(_secrets)
                )
            );
        for (var i = 0; i < Companies.Length; i++)
            await ConnectAsync(Companies[i], _zupers[i], addresses[i]);
        foreach (var instance in _instances)
            await instance.WorkAsync();
    }

    public async Task DisposeAsync()
    {
        foreach (var instance in _instances)
            await instance.DisposeAsync();
        foreach (var zuper in _zupers)
            await zuper.DisposeAsync();
        await _broker.DisposeAsync();
        foreach (var server in _servers)
            await server.DisposeAsync();
    }

    [Fact(Timeout = LongestTest)]
    public async Task Work_off_two_companies_and_double_nothing()
    {
        _intacct.Latency = Latency.OfMilliseconds(30, 40);
        var made = Fill(8);
        await RestAsync(made);

        await AssertNothingDoubledAsync(made);
        Assert.Empty(_broker.Queue.Buried);
        Assert.True(
            _instances.Sum(i => i.Settled) >= _broker.Queue.Taken.Count,
            $"{_instances.Sum(i => i.Settled)} of {_broker.Queue.Taken.Count} messages were settled."
        );
    }

    [Fact(Timeout = LongestTest)]
    public async Task Lose_a_session_in_the_middle_and_double_nothing()
    {
        _intacct.Latency = Latency.OfMilliseconds(1500);
        var made = Fill(8);
        await Polling.UntilAsync(
            () => Task.FromResult(_intacct.Counters.Requests > 0 && _broker.Queue.TakeAway(Companies[0])),
            Standing
        );
        _intacct.Latency = Latency.OfMilliseconds(30, 40);
        await RestAsync(made);

        await AssertNothingDoubledAsync(made);
        Assert.Empty(_broker.Queue.Buried);
        Assert.True(_instances.Sum(i => i.NotSettled) > 0, "Whoever lost the session had settled everything before.");
    }

    private static ConnectionId Id(string company) => ConnectionId.Parse(company);

    private async Task ConnectAsync(string company, ZuperSimulator zuper, Uri address)
    {
        var first = _instances[0];
        await first
            .Get<ConnectionStore>()
            .PutAsync(
                Id(company),
                new ZuperConnectionSettings
                {
                    Intacct = new IntacctSettings
                    {
                        SenderId = "sandbox-sender",
                        CompanyId = company,
                        UserId = "sandbox-user",
                    },
                    Zuper = new ZuperSettings { CompanyName = "sandbox", ApiUrl = address.ToString() },
                },
                Forever
            );
        await first
            .Get<ConnectionSecrets>()
            .ApplyAsync(
                Id(company),
                new Dictionary<string, SecretChange>(StringComparer.Ordinal)
                {
                    [SecretField.SenderPassword] = SecretChange.To("sandbox-sender-password"),
                    [SecretField.UserPassword] = SecretChange.To("sandbox-user-password"),
                    [ZuperSecrets.ApiKey] = SecretChange.To("sandbox-zuper-key"),
                    [ZuperSecrets.WebhookSecret] = SecretChange.To(HookSecret),
                },
                Forever
            );
        zuper.Screens.Subscribe(new Uri($"http://road.test/api/webhooks/{company}"), HookSecret, "organization.new");
    }

    private List<SyncKey> Fill(int each) =>
        [
            .. Enumerable
                .Range(0, each)
                .SelectMany(i =>
                    Companies.Select(
                        (company, side) =>
                            new SyncKey(
                                Id(company),
                                ZuperFlows.Organizations,
                                _zupers[side]
                                    .Screens.Create(
                                        ZuperModules.Organization,
                                        new JsonObject { ["organization_name"] = $"Company {i}" }
                                    )
                            )
                    )
                ),
        ];

    /// <summary>Waits until all have arrived and nothing is on the queue any more.</summary>
    private Task RestAsync(IReadOnlyList<SyncKey> made) =>
        Polling.UntilAsync(
            async () =>
            {
                if (_broker.Queue.Count > 0)
                    return false;
                foreach (var key in made)
                {
                    if ((await EntryAsync(key))?.State != RecordState.Synced)
                        return false;
                }

                return true;
            },
            Standing
        );

    private string Standing() =>
        $"{_broker.Queue.Count} messages are left, {_broker.Queue.Ready} of them in nobody's hands; "
        + $"{_broker.SessionLinks} sessions are held; "
        + string.Join("; ", _instances.Select(i => $"an instance settled {i.Settled} and lost {i.NotSettled}"))
        + "; customers: "
        + string.Join(", ", _intacct.Companies.Values.Select(c => c.Records("CUSTOMER").Count));

    private Task<KeyMapEntry?> EntryAsync(SyncKey key) => _instances[0].Get<KeyMapStore>().GetAsync(key, Forever);

    private async Task AssertNothingDoubledAsync(IReadOnlyList<SyncKey> made)
    {
        Assert.All(_instances, i => Assert.Empty(i.Unexpected));
        foreach (var company in Companies)
        {
            var customers = _intacct.Companies[company].Records("CUSTOMER");
            List<string?> linked = [];
            foreach (var key in made.Where(k => k.Connection == Id(company)))
                linked.Add((await EntryAsync(key))!.TargetId);
            Assert.Equal(
                linked.Order(StringComparer.Ordinal),
                customers.Select(c => c["CUSTOMERID"]).Order(StringComparer.Ordinal)
            );
            Assert.Equal(1, _intacct.Companies[company].MaxConcurrencySeen);
        }
    }
}
