using IntacctSync.Simulators.Zuper;

namespace IntacctSync.Tests.Simulators.Zuper;

public sealed class ZuperAccessTests : IAsyncLifetime
{
    private ServedZuper _zuper = null!;

    public async Task InitializeAsync() => _zuper = await ServedZuper.StartAsync();

    public async Task DisposeAsync() => await _zuper.DisposeAsync();

    [Fact]
    public async Task The_region_look_up_answers_the_address_it_was_called_by_and_needs_no_key()
    {
        var answer = await _zuper.SendAsync("POST", "/api/config", """{"company_name":"sandbox"}""", key: null);
        Assert.Equal(200, answer.Status);
        Assert.Equal("success", answer.Json["type"]!.GetValue<string>());
        Assert.Equal(
            _zuper.Address.GetLeftPart(UriPartial.Authority),
            answer.Json["config"]!["dc_api_url"]!.GetValue<string>()
        );
    }

    [Fact]
    public async Task The_region_look_up_refuses_a_company_that_it_does_not_know()
    {
        var answer = await _zuper.SendAsync("POST", "/api/config", """{"company_name":"somebody-else"}""", key: null);
        Assert.Equal(404, answer.Status);
        Assert.Equal("error", answer.Json["type"]!.GetValue<string>());
        Assert.Equal(400, (await _zuper.SendAsync("POST", "/api/config", "{}", key: null)).Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task Without_the_right_key_everything_is_401_in_the_error_envelope(string? key)
    {
        foreach (var path in new[] { "/api/organization", "/service/notifications/webhook" })
        {
            var answer = await _zuper.SendAsync("GET", path, key: key);
            Assert.Equal(401, answer.Status);
            Assert.Equal("error", answer.Json["type"]!.GetValue<string>());
        }
    }

    [Theory]
    [InlineData("GET", "/api/no_such_thing")]
    [InlineData("GET", "/api/api/organization")]
    [InlineData("GET", "/api/products/5f0c")]
    [InlineData("PUT", "/api/organization")]
    [InlineData("GET", "/api/service/notifications/webhook")]
    public async Task An_unknown_route_is_a_page_of_html(string method, string path)
    {
        var answer = await _zuper.SendAsync(method, path);
        Assert.Equal(404, answer.Status);
        Assert.Equal("text/html", answer.MediaType);
        Assert.Contains($"<pre>Cannot {method} {path}</pre>", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_word_where_a_record_is_named_is_read_as_its_uid()
    {
        var answer = await _zuper.GetAsync("/api/invoice/payment_mode");
        Assert.Equal(404, answer.Status);
        Assert.Equal("Invalid Invoice UID", answer.Json["title"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_body_that_is_no_json_is_refused_with_a_page_of_html()
    {
        var answer = await _zuper.PostAsync("/api/organization", "{\"organization\":");
        Assert.Equal(400, answer.Status);
        Assert.Equal("text/html", answer.MediaType);
    }

    [Fact]
    public async Task Each_answer_says_what_is_left_of_the_minute_and_the_one_too_many_is_429_until_the_minute_is_over()
    {
        _zuper.Simulator.RequestsPerMinute = 2;
        Assert.Equal("1", (await _zuper.GetAsync("/api/organization")).Headers["X-Rate-Limit-Remaining"]);
        _zuper.Clock.Advance(TimeSpan.FromSeconds(20));
        var second = await _zuper.GetAsync("/api/organization/none");
        Assert.Equal(("2", "0"), (second.Headers["X-Rate-Limit"], second.Headers["X-Rate-Limit-Remaining"]));

        var third = await _zuper.GetAsync("/api/organization");
        Assert.Equal(429, third.Status);
        Assert.Equal("40", third.Headers["Retry-After"]);
        Assert.Equal("0", third.Headers["X-Rate-Limit-Remaining"]);
        Assert.Equal(1, _zuper.Simulator.Counters.Throttled);

        _zuper.Clock.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(200, (await _zuper.GetAsync("/api/organization")).Status);
    }

    [Fact]
    public async Task The_limit_is_150_where_nothing_is_said_and_can_be_switched_off()
    {
        await using var usual = await ServedZuper.StartAsync(new ZuperSimulatorOptions());
        Assert.Equal("150", (await usual.GetAsync("/api/organization")).Headers["X-Rate-Limit"]);
        usual.Simulator.RequestsPerMinute = 0;
        Assert.DoesNotContain("X-Rate-Limit", (await usual.GetAsync("/api/organization")).Headers.Keys);
    }

    [Fact]
    public async Task Requests_are_counted_by_route_and_listed_without_the_key()
    {
        await _zuper.GetAsync("/api/organization?page=1");
        await _zuper.GetAsync("/api/organization/some-uid");
        Assert.Equal(2, _zuper.Simulator.Counters.Requests);
        Assert.Equal(1, _zuper.Simulator.Counters.Of("GET /api/organization/{uid}"));
        var counters = await _zuper.GetAsync("/_sim/state/_counters");
        Assert.Equal(1, counters.Json["GET /api/organization"]!.GetValue<int>());
        var requests = await _zuper.GetAsync("/_sim/requests");
        Assert.Contains("/api/organization?page=1", requests.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("sandbox-zuper-key", requests.Body, StringComparison.Ordinal);
    }
}
