namespace IntacctSync.Tests.Web;

public sealed class HealthEndpointsTests : ApiTest
{
    [Fact]
    public async Task A_store_that_answers_is_ready() => (await CallAsync("GET", "/api/health/ready")).Is(200);

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
