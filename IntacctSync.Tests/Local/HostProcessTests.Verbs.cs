using System.Text.Json.Nodes;
using IntacctSync.Local.Cli;
using IntacctSync.Tests.Local.Sandbox;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Local;

/// <summary>The verbs, and a second start, against the host as it is run.</summary>
public sealed partial class HostProcessTests
{
    private const string Bookkeeper = "ap@harbordental.example";

    [Fact]
    public async Task The_verbs_that_look_after_a_connection_do_what_they_say_on_a_running_host()
    {
        await using var mail = new SmtpSink();
        using var host = Start(
            "--Email:Smtp:Host=127.0.0.1",
            $"--Email:Smtp:Port={mail.Port}",
            "--Email:Smtp:From=sync@example.com",
            "--Email:Smtp:StartTls=false"
        );
        var address = await AddressAsync(host);
        await ConnectAsync(
            address,
            d =>
            {
                d["identifyCustomerBy"] = "name";
                d["syncFailureEmails"] = new JsonArray(Bookkeeper);
            }
        );

        await AssertVerbAsync(address, 0, "one address", "mail", "test");
        Assert.Equal([Bookkeeper], (await mail.NextAsync(CancellationToken.None)).To);

        var (code, told, _) = await VerbAtAsync(address, "doctor", "--json");
        Assert.Equal(JsonNode.Parse(told)!["ok"]!.GetValue<bool>() ? 0 : 1, code);
        await AssertVerbAsync(address, code, "intacct-login", "doctor");

        await AssertVerbAsync(address, 0, "organization.new", "webhooks", "list");
        await AssertVerbAsync(
            address,
            0,
            "https://sync.example.com/api/webhooks/main",
            "webhooks",
            "register",
            "--address",
            "https://sync.example.com"
        );
        await AssertVerbAsync(address, 0, "https://sync.example.com", "webhooks", "list");
        await AssertVerbAsync(address, 0, "removed", "webhooks", "remove");
        await AssertVerbAsync(
            address,
            0,
            $"{VerbProgram.Called} webhooks register --address https://sync.example.com --url {address}",
            "webhooks",
            "list"
        );

        _intacct.Screens.AddCustomer("C-77", "Harbor Dental");
        _intacct.Screens.AddCustomer("C-78", "Harbor Dental");
        Make("Harbor Dental");
        await CallAsync(address, "POST", "/flows/organizations/run", new JsonObject());
        await StateAsync(address, "needsAction");
        await AssertVerbAsync(address, 0, "Harbor Dental is linked to C-77.", "link", "Harbor Dental", "C-77");
        await StateAsync(address, "synced");
        Assert.Contains("C-77", await CallAsync(address, "GET", "/records"), StringComparison.Ordinal);

        await AssertVerbAsync(address, 2, "are linked already", "rebuild");
        await AssertVerbAsync(address, 0, "organizations", "rebuild", "--replace");
        await host.TerminateAsync();
        Assert.Equal(0, await host.EndAsync());
    }

    [Theory]
    [InlineData("HUP")]
    [InlineData("TERM")]
    public async Task A_connection_that_is_being_made_leaves_nothing_when_its_terminal_is_closed(string signal)
    {
        using var host = Start();
        var address = await AddressAsync(host);
        Assert.Equal("[]", await CallAsync(address, "GET", ""));
        var (examined, over) = (new TaskCompletionSource(), new TaskCompletionSource());
        _proxy.Instead = async _ =>
        {
            examined.TrySetResult();
            await over.Task.WaitAsync(TimeSpan.FromSeconds(60));
            return false;
        };
        var document = _folder.File("acme.json");
        await File.WriteAllTextAsync(document, Document().ToJsonString(), CancellationToken.None);
        using var verb = LocalProcess.Start(
            _folder.Path,
            ["connect", "--connection", "main", "--file", document, "--url", $"{address}"]
        );
        await examined.Task.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Contains("main", await CallAsync(address, "GET", ""), StringComparison.Ordinal);
        await verb.SignalAsync(signal);
        await verb.EndAsync();
        over.SetResult();
        Assert.Equal("[]", await CallAsync(address, "GET", ""));
        await host.TerminateAsync();
        await host.EndAsync();
    }

    [Fact]
    public async Task A_second_start_says_that_it_runs_for_real_and_for_which_connections()
    {
        using (var first = Start())
        {
            var address = await AddressAsync(first);
            await first.SeeAsync("No connection is stored yet.");
            await ConnectAsync(address, d => d["mode"] = "shadow");
            await first.TerminateAsync();
            Assert.Equal(0, await first.EndAsync());
        }

        using var second = Start();
        await AddressAsync(second);
        await second.SeeAsync("This is no sandbox: it runs for real.");
        await second.SeeAsync("main: Zuper, Intacct company sandbox, in shadow mode: nothing is written");
        await second.SeeAsync("/console");
        Assert.DoesNotContain("No connection is stored yet.", second.Output, StringComparison.Ordinal);
        await second.TerminateAsync();
        Assert.Equal(0, await second.EndAsync());
    }

    private Task StateAsync(Uri address, string state) =>
        Polling.UntilAsync(
            async () => Count(await CallAsync(address, "GET", $"/records?state={state}"), "\"sourceId\"") == 1,
            () => $"No record is {state}."
        );

    private async Task AssertVerbAsync(Uri address, int code, string told, params string[] args)
    {
        var (ended, output, errors) = await VerbAtAsync(address, args);
        Assert.True(
            ended == code && (output + errors).ReplaceLineEndings(" ").Contains(told, StringComparison.Ordinal),
            $"{string.Join(' ', args)} ended with {ended}:\n{output}{errors}"
        );
    }

    private async Task<(int Code, string Output, string Errors)> VerbAtAsync(Uri address, params string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await VerbProgram.RunAsync(
            [.. args, "--url", address.ToString(), "--key", Key],
            output,
            errors,
            new StubClients(new SocketsHttpHandler()),
            CancellationToken.None
        );
        return (code, output.ToString(), errors.ToString());
    }
}
