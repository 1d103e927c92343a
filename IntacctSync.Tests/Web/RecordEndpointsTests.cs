using System.Globalization;
using System.Text.Json.Nodes;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Zuper;
using Microsoft.Extensions.DependencyInjection;

namespace IntacctSync.Tests.Web;

public sealed class RecordEndpointsTests : ApiTest
{
    protected override void AddMore(IServiceCollection services) => services.AddSingleton(EchoedCustomers.Clients());

    private const string Records = "/api/connections/acme/records";
    private static readonly DateTimeOffset At = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_record_is_shown_with_its_problem_and_its_story()
    {
        (await PutAsync()).Is(201);
        await RememberAsync("o-1", e => e.Skip(At, "It was inactive.").Need(At, FailedRecord()));
        var answer = (await CallAsync("GET", $"{Records}/organizations/o-1")).Is(200);
        Assert.Equal("needsAction", answer["state"]);
        Assert.Equal(
            """{"code":"no-name","message":"The organization has no name.","fix":"Give it one in Zuper, then retry."}""",
            answer.Json["error"]!.ToJsonString()
        );
        Assert.Equal(
            ["skipped", "needsAction"],
            answer.Json["timeline"]!.AsArray().Select(t => t!["what"]!.ToString())
        );
    }

    [Fact]
    public async Task A_record_without_a_problem_says_so_by_null()
    {
        (await PutAsync()).Is(201);
        await RememberAsync("o-1", e => (e with { TargetId = "C-1" }).Sync(At, "created", "Made C-1."));
        var answer = await CallAsync("GET", $"{Records}/organizations/o-1");
        Assert.True(answer.Json.AsObject().ContainsKey("error"));
        Assert.Null(answer.Json["error"]);
        Assert.Equal(["C-1", "synced"], answer.Of("targetId", "state"));
    }

    [Theory]
    [InlineData("A/B")]
    [InlineData("50% off?#1")]
    [InlineData("a%2Fb")]
    [InlineData("../../acme")]
    [InlineData("Ünï|~ code")]
    public async Task A_source_id_may_hold_any_character(string id)
    {
        (await PutAsync()).Is(201);
        await RememberAsync(id, e => e.Need(At, FailedRecord()));
        var path = $"{Records}/organizations/{Uri.EscapeDataString(id)}";
        Assert.Equal(id, (await CallAsync("GET", path)).Is(200)["sourceId"]);
        (await CallAsync("POST", $"{path}/retry")).Is(202);
        Assert.Equal(id, Assert.Single(Queue.Sent).Envelope.SourceId);
    }

    [Fact]
    public async Task A_uid_in_upper_case_is_the_same_record()
    {
        (await PutAsync()).Is(201);
        await RememberAsync("1e0d-a", e => e.Need(At, FailedRecord()));
        Assert.Equal("1e0d-a", (await CallAsync("GET", $"{Records}/organizations/1E0D-A")).Is(200)["sourceId"]);
        (await CallAsync("POST", $"{Records}/organizations/1E0D-A/retry")).Is(202);
        Assert.Equal("1e0d-a", Assert.Single(Queue.Sent).Envelope.SourceId);
    }

    [Fact]
    public async Task A_record_that_a_former_program_kept_in_upper_case_is_found_in_each_case()
    {
        (await PutAsync()).Is(201);
        await RememberAsync("1E0D-A", e => e.Need(At, FailedRecord()));
        foreach (var id in new[] { "1e0d-a", "1E0D-A" })
            Assert.Equal("1E0D-A", (await CallAsync("GET", $"{Records}/organizations/{id}")).Is(200)["sourceId"]);
    }

    [Fact]
    public async Task Pages_give_every_record_once_over_all_flows()
    {
        (await PutAsync()).Is(201);
        for (var i = 0; i < 7; i++)
        {
            await RememberAsync($"o-{i}", e => e.Skip(At, "Nothing to do."));
            await RememberAsync($"i-{i}", e => e.Skip(At, "Nothing to do."), ZuperFlows.Invoices);
        }

        var seen = new List<string>();
        string? after = null;
        do
        {
            var page = (await CallAsync("GET", $"{Records}?pageSize=3&after={Uri.EscapeDataString(after ?? "")}")).Is(
                200
            );
            seen.AddRange(page.Json["items"]!.AsArray().Select(r => r!["flow"]!.ToString() + " " + r["sourceId"]));
            Assert.InRange(page.Json["items"]!.AsArray().Count, 0, 3);
            after = page["next"];
        } while (after is not null);

        var expected = Enumerable
            .Range(0, 7)
            .Select(i => string.Create(CultureInfo.InvariantCulture, $"organizations o-{i}"))
            .Concat(Enumerable.Range(0, 7).Select(i => string.Create(CultureInfo.InvariantCulture, $"invoices i-{i}")));
        Assert.Equal(expected, seen);
    }

    [Fact]
    public async Task Lists_are_narrowed_by_flow_state_and_text()
    {
        (await PutAsync()).Is(201);
        await RememberAsync("o-1", e => (e with { Title = "Harbor Dental" }).Need(At, FailedRecord()));
        await RememberAsync(
            "o-2",
            e => (e with { Title = "Harbor Hotels", TargetId = "C-2" }).Sync(At, "created", "Made.")
        );
        await RememberAsync("i-1", e => e.Need(At, FailedRecord()), ZuperFlows.Invoices);
        Assert.Equal(["o-1", "o-2"], await IdsAsync("?flow=organizations"));
        Assert.Equal(["o-1", "i-1"], await IdsAsync("?state=needsAction"));
        Assert.Equal(["o-1"], await IdsAsync("?state=needsAction&flow=organizations"));
        Assert.Equal(["o-2"], await IdsAsync("?q=c-2"));
        Assert.Equal(["o-1", "o-2"], await IdsAsync("?q=harbor"));
        Assert.Empty(await IdsAsync("?q=nothing"));
    }

    [Theory]
    [InlineData("?flow=jobs", "flow", "organizations")]
    [InlineData("?state=broken", "state", "needsAction")]
    [InlineData("?state=Pending", "state", "pending")]
    [InlineData("?pageSize=0", "pageSize", "1 to 200")]
    [InlineData("?pageSize=201", "pageSize", "1 to 200")]
    [InlineData("?pageSize=x", "pageSize", "1 to 200")]
    [InlineData("?after=rubbish", "after", "next")]
    [InlineData("?after=organizations!rubbish", "after", "next")]
    public async Task A_wrong_query_is_refused_naming_what_is_allowed(string query, string field, string allowed)
    {
        (await PutAsync()).Is(201);
        Assert.Contains(
            allowed,
            (await CallAsync("GET", Records + query)).Is(400).Error(field),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_retry_queues_the_record_and_undoes_an_ignore()
    {
        (await PutAsync()).Is(201);
        await RememberAsync("o-1", e => e.Need(At, FailedRecord()));
        (
            await CallAsync(
                "POST",
                $"{Records}/organizations/o-1/ignore",
                new JsonObject { ["reason"] = "A test account" }
            )
        ).Is(204);
        var ignored = await CallAsync("GET", $"{Records}/organizations/o-1");
        Assert.Equal(["skipped", "true"], ignored.Of("state", "ignored"));
        Assert.Contains("A test account", ignored.Text, StringComparison.Ordinal);
        (await CallAsync("POST", $"{Records}/organizations/o-1/retry")).Is(202);
        var retried = await CallAsync("GET", $"{Records}/organizations/o-1");
        Assert.Equal(["pending", "false"], retried.Of("state", "ignored"));
        Assert.Equal("o-1", Assert.Single(Queue.Sent).Envelope.SourceId);
    }

    [Fact]
    public async Task An_ignore_needs_no_body()
    {
        (await PutAsync()).Is(201);
        await RememberAsync("o-1", e => e.Need(At, FailedRecord()));
        (await CallAsync("POST", $"{Records}/organizations/o-1/ignore")).Is(204);
    }

    [Fact]
    public async Task A_link_is_taken_and_a_second_one_to_the_same_counterpart_answers_409()
    {
        (await PutAsync(d => d["zuper"]!["apiUrl"] = "https://harbor.zuperpro.com")).Is(201);
        await RememberAsync("o-1", e => e.Need(At, FailedRecord()));
        await RememberAsync("o-2", e => e.Need(At, FailedRecord()));
        (await CallAsync("POST", $"{Records}/organizations/o-1/link", new JsonObject { ["targetId"] = "C-1" })).Is(202);
        Assert.Equal("C-1", (await CallAsync("GET", $"{Records}/organizations/o-1"))["targetId"]);
        var refused = (
            await CallAsync("POST", $"{Records}/organizations/o-2/link", new JsonObject { ["targetId"] = "C-1" })
        ).Is(409);
        Assert.Contains("o-1", refused["detail"], StringComparison.Ordinal);
        Assert.Equal(["o-1", "o-1"], Queue.Sent.Select(s => s.Envelope.SourceId));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"targetId": "  "}""")]
    [InlineData("""{"targetId": 7}""")]
    public async Task A_link_without_a_target_is_refused(string body)
    {
        (await PutAsync()).Is(201);
        Assert.Contains(
            "targetId",
            (await CallAsync("POST", $"{Records}/organizations/o-1/link", JsonNode.Parse(body)))
                .Is(400)
                .Error("targetId"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("POST", "/retry")]
    [InlineData("POST", "/ignore")]
    public async Task An_unknown_record_answers_404(string method, string action)
    {
        (await PutAsync()).Is(201);
        (await CallAsync(method, $"{Records}/organizations/o-404{action}")).Is(404);
    }

    [Fact]
    public async Task Everything_that_failed_for_a_cause_is_retried()
    {
        (await PutAsync()).Is(201);
        await RememberAsync("o-1", e => e.Need(At, FailedRecord()));
        await RememberAsync("o-2", e => e.Bury(At, FailedRecord()));
        await RememberAsync("o-3", e => e.Need(At, FailedRecord("other")));
        await RememberAsync("i-1", e => e.Need(At, FailedRecord()), ZuperFlows.Invoices);
        const string retry = "/api/connections/acme/retry";
        Assert.Equal(
            "2",
            (await CallAsync("POST", retry, new JsonObject { ["flow"] = "organizations", ["code"] = "no-name" })).Is(
                202
            )["count"]
        );
        Assert.Equal(["o-1", "o-2"], Queue.Sent.Select(e => e.Envelope.SourceId));
        Assert.Equal("2", (await CallAsync("POST", retry)).Is(202)["count"]);
        Assert.Contains(
            "organizations",
            (await CallAsync("POST", retry, new JsonObject { ["flow"] = "jobs" })).Is(400).Error("flow"),
            StringComparison.Ordinal
        );
        Assert.All(Queue.Sent, e => Assert.Equal(EnvelopeKind.Record, e.Envelope.Kind));
    }

    private async Task<IEnumerable<string>> IdsAsync(string query) =>
        (await CallAsync("GET", Records + query)).Is(200).Json["items"]!
            .AsArray()
            .Select(r => r!["sourceId"]!.ToString());
}
