using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using IntacctSync.Local.Cli;
using IntacctSync.Simulators;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Zuper;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Tests.Local.Sandbox;
using IntacctSync.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Tests.Local;

/// <summary>
/// The host with a real installation's settings, as a process of its own: what its console shows is what a person, a
/// service manager or a log collector gets at the default levels.
/// </summary>
public sealed partial class HostProcessTests : IAsyncLifetime
{
    private const string Secret = "a-webhook-secret-of-the-tests";
    private const string WorkedOff = "1 records of organizations were worked off";

    private readonly TemporaryFolder _folder = new();
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler());
    private readonly IntacctSimulator _intacct = new(new() { SampleData = false }, TimeProvider.System);
    private readonly ZuperSimulator _zuper = new(
        new() { SampleData = false, RequestsPerMinute = 0 },
        TimeProvider.System
    );
    private RunningSimulator _intacctServer = null!;
    private RunningSimulator _zuperServer = null!;
    private ZuperProxy _proxy = null!;

    private string KeyFile => _folder.File(".data/admin-key");

    private string Key => File.ReadAllText(KeyFile).Trim();

    public async Task InitializeAsync()
    {
        _intacctServer = await SimulatorHost.StartAsync(_intacct, 0, CancellationToken.None);
        _zuperServer = await SimulatorHost.StartAsync(_zuper, 0, CancellationToken.None);
        _proxy = await ZuperProxy.StartAsync(_zuperServer.Address);
    }

    public async Task DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _zuperServer.DisposeAsync();
        await _zuper.DisposeAsync();
        await _intacctServer.DisposeAsync();
        _http.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task No_name_address_or_word_of_another_system_is_on_the_console_whatever_goes_wrong()
    {
        using var host = Start();
        var address = await AddressAsync(host);
        await ConnectAsync(address);

        // Intacct refuses the first in words that quote it, and Zuper refuses what is written back.
        _intacct.Faults.Add(
            new FaultRule
            {
                Fault = "functionError",
                Match = new Dictionary<string, string>(StringComparer.Ordinal) { ["function"] = "create" },
            }
                .With(
                    "description2",
                    "The e-mail canary-a@canary.example of Canary Dental, 1 Canary Street, is refused"
                )
                .With("correction", "Ask Canary Jones, +1 555 CANARY")
        );
        _proxy.Instead = RefuseWritesAsync;
        for (var i = 0; i < 3; i++)
            Make($"Canary Dental {i}");
        await Polling.UntilAsync(
            async () =>
                (await CallAsync(address, "GET", "/records?state=needsAction")).Contains(
                    "\"code\"",
                    StringComparison.Ordinal
                ),
            () => $"No record needs a person.\n{host.Output}"
        );
        var found = await CallAsync(address, "GET", "/records?q=Canary%20Dental");
        Assert.Contains("Canary Dental", found, StringComparison.Ordinal);
        await CallAsync(address, "GET", "/records?flow=canary&q=canary");
        await CallAsync(address, "POST", "/records/organizations/nobody%1b%5b2Jcanary/retry");
        await CallAsync(address, "POST", "/retry");
        await CallAsync(address, "POST", "/test");
        await Polling.UntilAsync(
            () => Task.FromResult(Count(host.Output, " is NeedsAction: ") >= 2),
            () => $"The log tells of no record.\n{host.Output}"
        );
        await host.TerminateAsync();
        Assert.Equal(0, await host.EndAsync());

        Assert.Contains("retryRecords of connection 'main' by 127.0.0.1", host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", host.Output + host.Errors, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\u001b', host.Output);
        var log = LogOf("intacctsync-*.log");
        Assert.Contains(" is NeedsAction: ", log, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", log, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_second_host_on_the_same_data_does_not_start()
    {
        using var host = Start();
        await AddressAsync(host);
        using var second = Start();
        Assert.Equal(2, await second.EndAsync());
        Assert.Contains("another host works on the data in", second.Errors, StringComparison.Ordinal);

        // One that was killed holds nobody off.
        await host.KillAsync();
        using var third = Start();
        await AddressAsync(third);
    }

    [Fact]
    public async Task A_copy_that_is_taken_while_the_host_runs_goes_on_elsewhere_with_all_it_knew()
    {
        using var elsewhere = new TemporaryFolder();
        var copy = _folder.File("copy");
        using (var host = Start())
        {
            var address = await AddressAsync(host);
            await ConnectAsync(address);
            Make("Harbor Dental");
            await SyncedAsync(address, 1);
            Assert.Equal("", await VerbAsync(_folder, "backup", copy));
            await host.KillAsync();
        }

        Assert.Contains("is there already", await VerbAsync(_folder, "restore", copy), StringComparison.Ordinal);
        Assert.Equal("", await VerbAsync(elsewhere, "restore", copy));
        using var again = StartIn(elsewhere);
        var moved = await AddressAsync(again);
        await SyncedAsync(moved, 1);
        _zuper.Screens.Subscribe(new Uri(moved, "/api/webhooks/main"), Secret, "organization.new");
        Make("Tide Plumbing");
        await SyncedAsync(moved, 2);
        Assert.Equal(2, Count(_intacct.State("CUSTOMER")!.ToJsonString(), "\"CUSTOMERID\""));
        await again.TerminateAsync();
        Assert.Equal(0, await again.EndAsync());
    }

    [Fact]
    public async Task The_log_has_a_line_for_the_start_and_for_what_was_worked_off()
    {
        using var host = Start();
        var address = await AddressAsync(host);
        await ConnectAsync(address);
        Make("Harbor Dental");
        await SyncedAsync(address, 1);
        // The row is written before the line: a stop between the two ends the batch without its line.
        await Polling.UntilAsync(
            () => Task.FromResult(LogOf("intacctsync-*.log").Contains(WorkedOff, StringComparison.Ordinal)),
            () => $"The log does not say that {WorkedOff}."
        );
        await host.TerminateAsync();
        Assert.Equal(0, await host.EndAsync());
        var log = LogOf("intacctsync-*.log");
        Assert.Contains("Information IntacctSync.Local: IntacctSync ", log, StringComparison.Ordinal);
        Assert.DoesNotContain(" Debug ", log, StringComparison.Ordinal);
        Assert.DoesNotContain("Microsoft.AspNetCore", log, StringComparison.Ordinal);
    }

    private string LogOf(string files) =>
        string.Concat(Directory.EnumerateFiles(_folder.File(".data/logs"), files).Select(File.ReadAllText));

    private Task SyncedAsync(Uri address, int count) =>
        Polling.UntilAsync(
            async () => Count(await CallAsync(address, "GET", "/records?state=synced"), "\"sourceId\"") == count,
            () => $"There are not {count} records that are synced."
        );

    /// <returns>What it complains of.</returns>
    private static async Task<string> VerbAsync(TemporaryFolder folder, string verb, string copy)
    {
        using var errors = new StringWriter();
        string[] places = ["--store", folder.File(".data/intacctsync.db"), "--secrets", folder.File(".data/secrets")];
        await VerbProgram.RunAsync([verb, copy, .. places], TextWriter.Null, errors, null, CancellationToken.None);
        return errors.ToString();
    }

    [Fact]
    public async Task The_start_says_where_the_key_is_and_shows_no_key()
    {
        using var host = Start();
        var address = await AddressAsync(host);
        await host.SeeAsync($"Calls of the operations send, as x-api-key, the key in {KeyFile}");
        Assert.Equal("[]", await CallAsync(address, "GET", ""));
        await host.TerminateAsync();
        Assert.Equal(0, await host.EndAsync());
        Assert.DoesNotContain(Key, host.Output + host.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Others could", host.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("canary-a-key-that-a-person-set", 0)]
    [InlineData("canary-short", 2)]
    public async Task A_key_that_is_set_is_not_shown_either(string key, int code)
    {
        using var host = Start($"--Admin:ApiKey={key}");
        if (code == 0)
        {
            await AddressAsync(host);
            await host.TerminateAsync();
        }

        Assert.Equal(code, await host.EndAsync());
        Assert.DoesNotContain("canary", host.Output + host.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(KeyFile));
    }

    [Fact]
    public async Task Half_an_answer_of_Zuper_does_not_keep_the_host_from_stopping()
    {
        var asked = new TaskCompletionSource();
        _proxy.Instead = http =>
        {
            if (!http.Request.Path.StartsWithSegments("/api/organization", StringComparison.Ordinal))
                return Task.FromResult(false);
            asked.TrySetResult();
            return ZuperProxy.HalfAsync(http);
        };
        using var host = Start("--Zuper:Timeout=00:00:03");
        await ConnectAsync(await AddressAsync(host));
        Make("Harbor Dental Group");
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await host.TerminateAsync();
        Assert.Equal(0, await host.EndAsync());
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    /// <summary>As Zuper refuses what it does not like, in words that quote it.</summary>
    private static async Task<bool> RefuseWritesAsync(HttpContext http)
    {
        if (!HttpMethods.IsPut(http.Request.Method) && !HttpMethods.IsPatch(http.Request.Method))
            return false;
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(
            """{"type": "error", "title": "Canary Dental", "message": "canary-a@canary.example lives in 1 Canary Street"}""",
            CancellationToken.None
        );
        return true;
    }

    private LocalProcess Start(params string[] more) => StartIn(_folder, more);

    private LocalProcess StartIn(TemporaryFolder folder, params string[] more) =>
        LocalProcess.Start(
            folder.Path,
            [
                "--sandbox=off",
                "--urls=http://127.0.0.1:0",
                $"--Intacct:Endpoint={_intacctServer.Endpoint}",
                "--Intacct:AllowedHosts=127.0.0.1",
                "--Apps:AllowedHosts=127.0.0.1",
                $"--Zuper:AccountsEndpoint={_proxy.Address.GetLeftPart(UriPartial.Authority)}",
                .. more,
            ]
        );

    private static async Task<Uri> AddressAsync(LocalProcess host)
    {
        await host.SeeAsync("Now listening on: ");
        await host.SeeAsync("Application started");
        return new Uri(Listening().Match(host.Output).Groups["address"].Value);
    }

    private async Task ConnectAsync(Uri address, Action<JsonObject>? change = null)
    {
        Assert.Contains("\"main\"", await CallAsync(address, "PUT", "", Document(change)), StringComparison.Ordinal);
        _zuper.Screens.Subscribe(new Uri(address, "/api/webhooks/main"), Secret, "organization.new");
    }

    private JsonObject Document(Action<JsonObject>? change = null) =>
        Some.ConnectionDocument(d =>
        {
            d["intacct"] = new JsonObject
            {
                ["senderId"] = "sandbox-sender",
                ["senderPassword"] = "sandbox-sender-password",
                ["companyId"] = "sandbox",
                ["userId"] = "sandbox-user",
                ["userPassword"] = "sandbox-user-password",
            };
            d["zuper"] = new JsonObject
            {
                ["companyName"] = "sandbox",
                ["apiUrl"] = _proxy.Address.GetLeftPart(UriPartial.Authority),
                ["apiKey"] = "sandbox-zuper-key",
                ["webhookSecret"] = Secret,
            };
            change?.Invoke(d);
        });

    private void Make(string name) =>
        _zuper.Screens.Create(
            ZuperModules.Organization,
            new JsonObject
            {
                ["organization_name"] = name,
                ["organization_email"] = "canary-a@canary.example",
                ["organization_address"] = new JsonObject
                {
                    ["street"] = "1 Canary Street",
                    ["city"] = "Canary City",
                    ["country"] = "USA",
                    ["phone_number"] = "+1 555 CANARY",
                },
            }
        );

    private async Task<string> CallAsync(Uri address, string method, string path, JsonNode? body = null)
    {
        var connection = method == "PUT" || path.Length > 0 ? "/main" : "";
        using var request = new HttpRequestMessage(
            HttpMethod.Parse(method),
            new Uri(address, $"/api/connections{connection}{path}")
        );
        request.Headers.Add("x-api-key", Key);
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await _http.SendAsync(request, CancellationToken.None);
        return await answer.Content.ReadAsStringAsync(CancellationToken.None);
    }

    [GeneratedRegex(@"Now listening on: (?<address>http://127\.0\.0\.1:\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listening();
}
