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
using IntacctSync.Tests.Support.Azurite;
using Microsoft.Extensions.DependencyInjection;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// The real host over an Azurite with a data folder, which is killed in the middle of a sync and started again.
/// </summary>
/// <remarks>
/// Azurite writes its data down every few seconds, so what it had acknowledged just before it was killed is gone as
/// well.
/// </remarks>
public sealed class A_store_that_is_killed_comes_back_and_nothing_is_lost : IAsyncLifetime
{
    private const string AdminKey = "canary-admin-key-of-a-host-whose-store-dies";
    private const int Organizations = 60;
    private const int Kills = 2;

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
    private RunningAzurite _azurite = null!;

    private string Data => _folder.File("azurite");

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(Data);
        _intacctServer = await SimulatorHost.StartAsync(_intacct, 0, CancellationToken.None);
        _zuperServer = await SimulatorHost.StartAsync(_zuper, 0, CancellationToken.None);
        _azurite = await RunningAzurite.StartAsync(Data);
        _zuper.WebhooksEnabled = false;
    }

    public async Task DisposeAsync()
    {
        await _clients.DisposeAsync();
        await _azurite.DisposeAsync();
        await _intacctServer.DisposeAsync();
        await _zuperServer.DisposeAsync();
        await _zuper.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Each_organization_has_one_customer_in_the_end()
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
        using var process = Start(url);
        await UntilAsync(
            process,
            async () => (await http.GetAsync(new Uri($"{url}/api/health/live"))).IsSuccessStatusCode
        );
        await ConnectAsync(process, http, url);
        for (var kill = 0; kill < Kills; kill++)
        {
            var before = Synced(uids);
            await UntilAsync(process, () => Task.FromResult(Synced(uids) > before || before == Organizations));
            await _azurite.KillAsync();
            var port = _azurite.Port;
            await _azurite.DisposeAsync();
            _azurite = await RunningAzurite.StartAsync(Data, port);
        }

        await UntilAsync(process, () => Task.FromResult(Synced(uids) == Organizations));
        var customers = _intacct.Company.Records("CUSTOMER");
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
            "--Admin:ApiKey",
            AdminKey,
            "--urls",
            url,
            "--Storage:ConnectionString",
            _azurite.ConnectionString,
            "--Intacct:Endpoint",
            new Uri(_intacctServer.Address, _intacct.Path).ToString(),
            "--Intacct:AllowedHosts",
            _intacctServer.Address.Host,
            "--Intacct:SettleAfter",
            "00:00:02",
            "--Queue:LockDuration",
            "00:00:03",
            "--Zuper:AccountsEndpoint",
            _zuperServer.Address.ToString(),
            "--Apps:AllowedHosts",
            _zuperServer.Address.Host
        );

    /// <summary>Puts the connection, and starts the sync once Azurite has written that down.</summary>
    private async Task ConnectAsync(LocalProcess process, HttpClient http, string url)
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
        await UntilAsync(
            process,
            async () =>
            {
                foreach (var file in Directory.EnumerateFiles(Data))
                {
                    if ((await File.ReadAllTextAsync(file)).Contains("sandbox-user", StringComparison.Ordinal))
                        return true;
                }

                return false;
            }
        );
        var run = await http.PostAsJsonAsync(
            $"{url}/api/connections/acme/flows/organizations/run",
            new { full = true }
        );
        Assert.Equal(HttpStatusCode.Accepted, run.StatusCode);
    }

    private Task UntilAsync(LocalProcess process, Func<Task<bool>> holds) =>
        Polling.UntilAsync(
            holds,
            () =>
                $"It got nowhere: {_intacct.Company.Records("CUSTOMER").Count} customers, "
                + $"{_intacct.Counters.Creates} creates.\n{process.Output}\n{process.Errors}"
        );

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
