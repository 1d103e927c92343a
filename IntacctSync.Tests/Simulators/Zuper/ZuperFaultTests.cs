using IntacctSync.Simulators;
using IntacctSync.Simulators.Zuper;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Simulators.Zuper;

public sealed class ZuperFaultTests : IAsyncLifetime
{
    private ServedZuper _zuper = null!;
    private string _uid = "";

    public async Task InitializeAsync()
    {
        _zuper = await ServedZuper.StartAsync();
        _uid = await _zuper.OrganizationAsync("A");
    }

    public async Task DisposeAsync() => await _zuper.DisposeAsync();

    [Theory]
    [InlineData(ZuperFaults.Http401, 401, "application/json")]
    [InlineData(ZuperFaults.Http403, 403, "application/json")]
    [InlineData(ZuperFaults.Http429, 429, "application/json")]
    [InlineData(ZuperFaults.Http500, 500, "application/json")]
    [InlineData(ZuperFaults.Http503, 503, "text/html")]
    [InlineData(ZuperFaults.Http529, 529, "text/html")]
    public async Task A_fault_is_answered_instead_of_the_work_once_and_then_no_more(
        string fault,
        int status,
        string mediaType
    )
    {
        _zuper.Simulator.Faults.Add(new FaultRule { Fault = fault });
        var answer = await PatchAsync("C-1");
        Assert.Equal((status, mediaType), (answer.Status, answer.MediaType));
        Assert.Null(Field);
        Assert.Equal(200, (await PatchAsync("C-1")).Status);
    }

    [Fact]
    public async Task A_throttled_answer_says_for_how_long()
    {
        _zuper.Simulator.Faults.Add(new FaultRule { Fault = ZuperFaults.Http429 }.With("seconds", 17));
        Assert.Equal("17", (await PatchAsync("C-1")).Headers["Retry-After"]);
    }

    [Fact]
    public async Task A_connection_is_cut_before_the_work()
    {
        _zuper.Simulator.Faults.Add(new FaultRule { Fault = ZuperFaults.ResetBefore });
        await Assert.ThrowsAsync<HttpRequestException>(() => PatchAsync("C-1"));
        Assert.Null(Field);
    }

    [Fact]
    public async Task A_connection_is_cut_after_the_work()
    {
        _zuper.Simulator.Faults.Add(new FaultRule { Fault = ZuperFaults.ResetAfter });
        await Assert.ThrowsAsync<HttpRequestException>(() => PatchAsync("C-1"));
        Assert.Equal("C-1", Field);
    }

    [Fact]
    public async Task An_answer_is_a_page_or_half_of_itself_after_the_work()
    {
        _zuper.Simulator.Faults.Add(new FaultRule { Fault = ZuperFaults.Http503After });
        Assert.Equal(503, (await PatchAsync("C-1")).Status);
        Assert.Equal("C-1", Field);
        _zuper.Simulator.Faults.Add(new FaultRule { Fault = ZuperFaults.TruncatedAnswer });
        var half = await PatchAsync("C-2");
        Assert.ThrowsAny<System.Text.Json.JsonException>(() => half.Json);
        Assert.Equal("C-2", Field);
    }

    [Fact]
    public async Task An_answer_is_lost_after_the_work_of_a_patch_and_of_nothing_else()
    {
        _zuper.Simulator.Faults.Add(
            new FaultRule
            {
                Fault = ZuperFaults.LostAnswer,
                Match = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["method"] = "PATCH",
                    ["route"] = "/api/custom_fields",
                },
            }
        );
        Assert.Equal(200, (await _zuper.GetAsync("/api/organization")).Status);
        using var patience = new CancellationTokenSource();
        var patch = PatchAsync("C-1", patience.Token);
        await Soon.UntilAsync(() => Field is not null);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => patch);
        Assert.Equal("C-1", Field);
    }

    [Fact]
    public async Task An_answer_is_slow_by_the_clock()
    {
        _zuper.Simulator.Faults.Add(new FaultRule { Fault = ZuperFaults.Slow }.With("seconds", 40));
        var answer = _zuper.GetAsync("/api/organization");
        await TimerAsync();
        Assert.False(answer.IsCompleted);
        _zuper.Clock.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(200, (await answer).Status);
    }

    [Fact]
    public async Task Every_answer_takes_the_latency_that_is_set()
    {
        _zuper.Simulator.Latency = Latency.OfMilliseconds(300);
        var answer = _zuper.GetAsync("/api/organization");
        await TimerAsync();
        Assert.Equal(_zuper.Clock.GetUtcNow().AddMilliseconds(300), _zuper.Clock.NextTimerDue);
        _zuper.Clock.AdvanceToNextTimer();
        Assert.Equal(200, (await answer).Status);
    }

    [Fact]
    public async Task Faults_are_set_over_http_and_a_reset_takes_all_back()
    {
        var set = await _zuper.SendAsync(
            "PUT",
            "/_sim/faults",
            """[{"fault":"http503","match":{"module":"ORGANIZATION"},"times":0}]"""
        );
        Assert.Equal(200, set.Status);
        Assert.Equal(503, (await _zuper.GetAsync($"/api/organization/{_uid}")).Status);
        Assert.Equal(200, (await _zuper.GetAsync("/api/customers")).Status);
        Assert.Equal(400, (await _zuper.SendAsync("PUT", "/_sim/faults", """[{"fault":"earthquake"}]""")).Status);
        Assert.Equal(204, (await _zuper.SendAsync("POST", "/_sim/reset")).Status);
        Assert.Equal(404, (await _zuper.GetAsync($"/api/organization/{_uid}")).Status);
        Assert.Equal(1, _zuper.Simulator.Counters.Requests);
    }

    private string? Field => _zuper.Screens.CustomField(_uid, "Sage Customer ID");

    private Task<ServedAnswer> PatchAsync(string value, CancellationToken cancellationToken = default) =>
        _zuper.SendAsync(
            "PATCH",
            "/api/custom_fields",
            $$"""{"module_name":"ORGANIZATION","module_uid":"{{_uid}}","custom_fields":[{"label":"Sage Customer ID","value":"{{value}}"}]}""",
            cancellationToken: cancellationToken
        );

    private Task TimerAsync() => Soon.UntilAsync(() => _zuper.Clock.NextTimerDue is not null);
}
