using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;

namespace IntacctSync.Tests.Web;

public sealed class HealthEndpointsTests : ApiTest
{
    [Fact]
    public async Task A_store_that_answers_is_ready() => (await CallAsync("GET", "/api/health/ready")).Is(200);

    [Fact]
    public async Task A_connection_that_can_not_work_is_counted_while_the_host_is_ready()
    {
        (await PutAsync()).Is(201);
        Assert.Null((await CallAsync("GET", "/api/health/ready")).Is(200)["stoppedConnections"]);

        await StopAsync();
        Clock.Advance(TimeSpan.FromSeconds(3));
        var ready = (await CallAsync("GET", "/api/health/ready")).Is(200);
        Assert.Equal("1", ready["stoppedConnections"]);
        Assert.Equal(["acme"], ready.Json["stopped"]!.AsArray().Select(id => id!.ToString()));
        Assert.DoesNotContain("rejected", ready.Text, StringComparison.Ordinal);

        // What else is wrong does not hide it.
        Table.ReadOnly = true;
        Clock.Advance(TimeSpan.FromSeconds(3));
        var notReady = (await CallAsync("GET", "/api/health/ready")).Is(503);
        Assert.NotNull(notReady["store"]);
        Assert.Equal(["acme"], notReady.Json["stopped"]!.AsArray().Select(id => id!.ToString()));
        Assert.Contains("Stopped connections: acme.", notReady["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_can_be_read_and_not_written_is_not_ready()
    {
        Table.ReadOnly = true;
        Assert.NotNull((await CallAsync("GET", "/api/health/ready")).Is(503)["store"]);
    }

    [Fact]
    public async Task A_verdict_is_shared_for_three_seconds()
    {
        (await CallAsync("GET", "/api/health/ready")).Is(200);
        Table.Down = true;
        (await CallAsync("GET", "/api/health/ready")).Is(200);
        Clock.Advance(TimeSpan.FromSeconds(3));
        (await CallAsync("GET", "/api/health/ready")).Is(503);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_not_ready_but_the_process_lives()
    {
        Table.Down = true;
        Assert.Contains(
            "disk is full",
            (await CallAsync("GET", "/api/health/ready")).Is(503)["store"],
            StringComparison.Ordinal
        );
        (await CallAsync("GET", "/api/health/live")).Is(200);
    }
}
