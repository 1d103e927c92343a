using System.Net.Http.Headers;
using System.Text;
using IntacctSync.Simulators;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Simulators.Upflow;

public sealed class UpflowAccessTests : UpflowTest
{
    [Theory]
    [InlineData(null, "sandbox-upflow-secret")]
    [InlineData("sandbox-upflow-key", null)]
    [InlineData("wrong", "sandbox-upflow-secret")]
    [InlineData("sandbox-upflow-key", "wrong")]
    public async Task Both_headers_are_asked_for(string? key, string? secret)
    {
        var answer = await Upflow.SendAsync("GET", "/v1/customers", key: key, secret: secret);
        Assert.Equal(401, answer.Status);
        Assert.Equal(401, answer.Json["statusCode"]!.GetValue<int>());
        Assert.NotNull(answer.Message);
    }

    [Theory]
    [InlineData("GET", "/v1/reminders")]
    [InlineData("GET", "/v1/aging")]
    [InlineData("PATCH", "/v1/customers")]
    [InlineData("GET", "/customers")]
    public async Task What_is_not_served_is_404(string method, string path) =>
        Assert.Equal(404, (await Upflow.SendAsync(method, path)).Status);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task More_than_the_limit_in_a_minute_is_429_until_it_is_over(bool saysWhen)
    {
        Switches.RequestsPerMinute = 3;
        Switches.SaysRetryAfter = saysWhen;
        for (var i = 0; i < 3; i++)
            Assert.Equal(200, (await Upflow.GetAsync("/v1/users")).Status);

        var answer = await Upflow.GetAsync("/v1/users");

        Assert.Equal(429, answer.Status);
        Assert.Equal(saysWhen, answer.Headers.ContainsKey("Retry-After"));
        Assert.Equal(1, Upflow.Simulator.Counters.Throttled);
        Upflow.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(200, (await Upflow.GetAsync("/v1/users")).Status);
    }

    [Fact]
    public async Task More_than_the_limit_at_once_is_429()
    {
        Switches.RequestsAtOnce = 2;
        Switches.Latency = new Latency(TimeSpan.FromSeconds(1));
        var waiting = new[] { Upflow.GetAsync("/v1/users"), Upflow.GetAsync("/v1/users") };
        await Soon.UntilAsync(() => Upflow.Simulator.Counters.MostAtOnce == 2);

        Assert.Equal(429, (await Upflow.GetAsync("/v1/users")).Status);

        await Soon.UntilAsync(
            () => waiting.All(w => w.IsCompleted),
            () => Upflow.Clock.Advance(TimeSpan.FromSeconds(1))
        );
        Assert.All(await Task.WhenAll(waiting), a => Assert.Equal(200, a.Status));
        Assert.Equal(3, Upflow.Simulator.Counters.MostAtOnce);
    }

    [Theory]
    [InlineData("{\"name\":", "application/json")]
    [InlineData("{\"name\":\"A\"}", "text/plain")]
    [InlineData("[]", "application/json")]
    public async Task A_body_that_is_no_json_object_is_refused(string body, string type)
    {
        using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(type));
        Assert.Equal(400, (await Upflow.SendAsync("POST", "/v1/customers", content)).Status);
    }

    [Fact]
    public async Task The_state_the_requests_and_a_reset_are_served_beside_the_api()
    {
        var state = await Upflow.GetAsync("/_sim/state/customers");
        var requests = await Upflow.GetAsync("/_sim/requests");
        Assert.Equal("C-1", state.Json[0]!["externalId"]!.GetValue<string>());
        Assert.Contains("POST /v1/customers", requests.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("sandbox-upflow-secret", requests.Body, StringComparison.Ordinal);
        Assert.Equal(404, (await Upflow.GetAsync("/_sim/state/nothing")).Status);

        Assert.Equal(204, (await Upflow.SendAsync("POST", "/_sim/reset")).Status);

        Assert.Equal("[]", (await Upflow.GetAsync("/_sim/state/customers")).Body);
        Assert.Equal(0, Upflow.Simulator.Counters.Requests);
    }
}
