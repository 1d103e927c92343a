using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using IntacctSync.Simulators;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Zuper;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Tests.Local.Sandbox;
using IntacctSync.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// The real host as a process of its own, killed in the middle of its work, between simulators that outlive it.
/// </summary>
public sealed class A_process_that_is_killed_goes_on_where_it_stood : IAsyncLifetime
{
    private const string AdminKey = "canary-admin-key-of-a-killed-host";
    private const int Organizations = 90;
    private const int Kills = 3;

    private readonly TemporaryFolder _folder = new();
    private readonly IntacctSimulator _intacct = new(
        new IntacctSimulatorOptions { SampleData = false },
        TimeProvider.System
    );
    private readonly ZuperSimulator _zuper = new(
        new ZuperSimulatorOptions { SampleData = false, RequestsPerMinute = 0 },
        TimeProvider.System
    );
    private readonly ServiceProvider _clients = new ServiceCollection().AddHttpClient().BuildServiceProvider();
    private RunningSimulator _intacctServer = null!;
    private RunningSimulator _zuperServer = null!;

    public async Task InitializeAsync()
    {
        _intacctServer = await SimulatorHost.StartAsync(_intacct, 0, CancellationToken.None);
        _zuperServer = await SimulatorHost.StartAsync(_zuper, 0, CancellationToken.None);
        _zuper.WebhooksEnabled = false;
    }

    public async Task DisposeAsync()
    {
        await _clients.DisposeAsync();
        await _intacctServer.DisposeAsync();
        await _zuperServer.DisposeAsync();
        await _zuper.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task However_often_it_is_killed_each_organization_has_one_customer_in_the_end()
    {
        _intacct.Latency = new Latency(TimeSpan.FromMilliseconds(80));
        _zuper.Latency = new Latency(TimeSpan.FromMilliseconds(150));
        var uids = Enumerable
            .Range(0, Organizations)
            .Select(i =>
                _zuper.Screens.Create(
                    ZuperModules.Organization,
                    new JsonObject { ["organization_name"] = $"Company {i}" }
                )
            )
            .ToList();
        var url = $"http://127.0.0.1:{FreePort()}";
        using var http = _clients.GetRequiredService<IHttpClientFactory>().CreateClient();
        http.DefaultRequestHeaders.Add("x-api-key", AdminKey);
        for (var life = 0; life <= Kills; life++)
        {
            using var process = Start(url);
            await UntilAsync(
                life,
                process,
                async () => (await http.GetAsync(new Uri($"{url}/api/health/live"))).IsSuccessStatusCode
            );
            if (life == 0)
                await ConnectAsync(http, url);
            var before = Synced(uids);
            if (life == Kills)
                await UntilAsync(life, process, () => Task.FromResult(Synced(uids) == Organizations));
            else
                await UntilAsync(
                    life,
                    process,
                    () =>
                        Task.FromResult(
                            Synced(uids) > before
                                || before == Organizations
                                || _intacct.Company.Records("CUSTOMER").Count > before
                        )
                );
            await process.KillAsync();
        }

        var customers = _intacct.Company.Records("CUSTOMER");
        Assert.Equal(Organizations, customers.Count);
        Assert.Equal(Organizations, customers.Select(c => c["NAME"]).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(
            customers.Select(c => c["CUSTOMERID"]).Order(StringComparer.Ordinal),
            uids.Select(u => _zuper.Screens.CustomField(u, "Sage Customer ID")).Order(StringComparer.Ordinal)
        );
        Assert.Equal(Organizations, _intacct.Counters.Creates);
    }

    private int Synced(IEnumerable<string> uids) =>
        uids.Count(u => _zuper.Screens.CustomField(u, "Sage Customer ID") is not null);

    private LocalProcess Start(string url) =>
        LocalProcess.Start(
            _folder.Path,
            "--sandbox",
            "off",
            "--urls",
            url,
            "--Intacct:Endpoint",
            new Uri(_intacctServer.Address, _intacct.Path).ToString(),
            "--Intacct:AllowedHosts",
            _intacctServer.Address.Host,
            "--Intacct:SettleAfter",
            "00:00:02",
            "--Queue:LockDuration",
            "00:00:03",
            "--Admin:ApiKey",
            AdminKey,
            "--Zuper:AccountsEndpoint",
            _zuperServer.Address.ToString(),
            "--Apps:AllowedHosts",
            _zuperServer.Address.Host
        );

    private async Task ConnectAsync(HttpClient http, string url)
    {
        var document = new JsonObject
        {
            ["intacct"] = new JsonObject
            {
                ["senderId"] = "sandbox-sender",
                ["senderPassword"] = "sandbox-sender-password",
                ["companyId"] = "sandbox",
                ["userId"] = "sandbox-user",
                ["userPassword"] = "sandbox-user-password",
            },
            ["zuper"] = new JsonObject
            {
                ["apiUrl"] = _zuperServer.Address.ToString(),
                ["apiKey"] = "sandbox-zuper-key",
            },
        };
        Assert.Equal(
            HttpStatusCode.Created,
            (await http.PutAsJsonAsync($"{url}/api/connections/acme", document)).StatusCode
        );
        var run = await http.PostAsJsonAsync(
            $"{url}/api/connections/acme/flows/organizations/run",
            new { full = true }
        );
        Assert.Equal(HttpStatusCode.Accepted, run.StatusCode);
    }

    private Task UntilAsync(int life, LocalProcess process, Func<Task<bool>> holds) =>
        Polling.UntilAsync(
            holds,
            () =>
                $"Life {life} got nowhere: {_intacct.Company.Records("CUSTOMER").Count} customers, "
                + $"{_intacct.Counters.Creates} creates.\n{process.Output}\n{process.Errors}"
        );

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
