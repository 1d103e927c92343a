using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Local.Cli;

/// <summary>What verbs say of a connection that stands still.</summary>
public sealed class StoppedConnectionVerbTests : VerbTest
{
    [Theory]
    [InlineData("sync")]
    [InlineData("sync", "--full")]
    [InlineData("sync", "--flow", "organizations", "--json")]
    public async Task A_sync_that_would_wait_for_ever_says_what_stops_it(params string[] args)
    {
        (await PutAsync()).Is(201);
        await StopAsync();
        var (code, _, errors) = await RunAsync(args);
        Assert.Equal(1, code);
        Assert.Contains("has stood still since", Line(errors), StringComparison.Ordinal);
        Assert.Contains("Intacct refuses the user. Enter its password.", Line(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sync_that_was_begun_before_the_connection_was_deactivated_does_not_wait_for_ever()
    {
        (await PutAsync()).Is(201);
        var sync = RunAsync("sync", "--flow", "organizations");
        await Soon.UntilAsync(() => Queue.Sent.Count > 0 || sync.IsCompleted);
        await Get<ConnectionStore>()
            .ChangeAsync(ConnectionId.Parse("acme"), c => c with { Active = false }, CancellationToken.None);
        var (code, _, errors) = await sync;
        Assert.Equal(1, code);
        Assert.Contains("The connection rests", Line(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answer_to_a_run_has_the_stop_that_it_waits_for()
    {
        (await PutAsync()).Is(201);
        const string run = "/api/connections/acme/flows/organizations/run";
        Assert.Equal(["runId"], (await CallAsync("POST", run)).Is(202).Json.AsObject().Select(m => m.Key));
        await StopAsync();
        var stop = (await CallAsync("POST", run)).Is(202).Json["stop"]!;
        Assert.Equal("intacct-login-rejected", stop["code"]!.ToString());
        Assert.Equal("Enter its password.", stop["fix"]!.ToString());
    }
}
