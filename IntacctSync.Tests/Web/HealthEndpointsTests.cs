namespace IntacctSync.Tests.Web;

public sealed class HealthEndpointsTests : ApiTest
{
    [Fact]
    public async Task A_store_that_answers_is_ready() => (await CallAsync("GET", "/api/health/ready")).Is(200);

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
