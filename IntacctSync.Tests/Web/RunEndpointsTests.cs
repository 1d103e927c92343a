using System.Text.Json.Nodes;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Zuper;

namespace IntacctSync.Tests.Web;

public sealed class RunEndpointsTests : ApiTest
{
    [Fact]
    public async Task A_run_without_a_body_polls_and_names_its_place()
    {
        (await PutAsync()).Is(201);
        var answer = (await CallAsync("POST", "/api/connections/acme/flows/organizations/run")).Is(202);
        Assert.Equal($"/api/connections/acme/runs/{answer["runId"]}", answer.Headers.Location!.ToString());
        var envelope = Assert.Single(Queue.Sent).Envelope;
        Assert.Equal((EnvelopeKind.Poll, answer["runId"]), (envelope.Kind, envelope.RunId));

        var run = (await CallAsync("GET", answer.Headers.Location.ToString())).Is(200);
        Assert.Equal(["poll", "organizations", "running"], run.Of("kind", "flow", "state"));
        Assert.Equal(
            ["runId", "kind", "flow", "state", "found", "done", "failed", "left", "startedAt", "endedAt", "reach"],
            run.Json.AsObject().Select(m => m.Key)
        );
    }

    [Fact]
    public async Task A_run_says_what_it_was_asked_to_look_at_and_how_many_there_are()
    {
        (await PutAsync()).Is(201);
        var id = ConnectionId.Parse("acme");
        var backfill = await Get<RunStore>()
            .StartAsync(id, RunKinds.Backfill, null, RunReach.Of(Clock.GetUtcNow(), true), CancellationToken.None);
        var first = await Get<RunStore>()
            .StartAsync(id, RunKinds.Preview, null, RunReach.Of(null, false), CancellationToken.None);
        await Get<RunStore>()
            .ChangeAsync(id, first.RunId, r => r with { Found = 25, Ahead = 75 }, CancellationToken.None);
        var days = await Get<RunStore>()
            .StartAsync(
                id,
                RunKinds.Reconcile,
                null,
                RunReach.OfDays(new DateOnly(2026, 1, 1), new DateOnly(2026, 1, 31), [ZuperFlows.Invoices], false),
                CancellationToken.None
            );

        var runs = (await CallAsync("GET", "/api/connections/acme/runs")).Is(200).Json.AsArray();
        JsonNode Of(Run run) => runs.Single(r => r!["runId"]!.ToString() == run.RunId)!;
        Assert.Equal(
            $"{Clock.GetUtcNow().UtcDateTime:yyyy-MM-ddTHH:mm:ss}Z",
            Of(backfill)["reach"]!["since"]!.ToString()
        );
        Assert.Null(Of(backfill)["left"]);
        Assert.True(Of(first)["reach"]!["first"]!.GetValue<bool>());
        Assert.False(Of(first)["reach"]!["full"]!.GetValue<bool>());
        Assert.Equal(100, Of(first)["left"]!.GetValue<int>());
        Assert.Equal(
            ("2026-01-01", "2026-01-31", """["invoices"]"""),
            (
                Of(days)["reach"]!["since"]!.ToString(),
                Of(days)["reach"]!["until"]!.ToString(),
                Of(days)["reach"]!["flows"]!.ToJsonString()
            )
        );
    }

    [Theory]
    [InlineData("""{"full": true}""", true)]
    [InlineData("""{"since": "2026-01-31T08:00:00Z"}""", true)]
    [InlineData("""{"since": "2026-01-31"}""", true)]
    [InlineData("""{"first": true}""", false)]
    public async Task A_run_of_what_is_older_is_a_backfill_and_only_a_first_one_keeps_to_the_start_date(
        string body,
        bool requested
    )
    {
        (await PutAsync()).Is(201);
        var answer = (
            await CallAsync("POST", "/api/connections/acme/flows/organizations/run", JsonNode.Parse(body))
        ).Is(202);
        var envelope = Assert.Single(Queue.Sent).Envelope;
        Assert.Equal((EnvelopeKind.Backfill, requested), (envelope.Kind, envelope.Requested));
        Assert.Equal("backfill", (await CallAsync("GET", answer.Headers.Location!.ToString()))["kind"]);
    }

    [Theory]
    [InlineData("""{"since": "yesterday"}""", "since")]
    [InlineData("""{"since": 5}""", "since")]
    [InlineData("""{"full": "yes"}""", "full")]
    [InlineData("""{"full": true, "since": "2026-01-31"}""", "full")]
    [InlineData("""{"full": true, "first": true}""", "first")]
    [InlineData("""{"sinse": "2026-01-31"}""", "sinse")]
    [InlineData("[]", "")]
    public async Task A_body_that_is_wrong_is_refused_by_field(string body, string field)
    {
        (await PutAsync()).Is(201);
        Assert.NotEmpty(
            (await CallAsync("POST", "/api/connections/acme/flows/organizations/run", JsonNode.Parse(body)))
                .Is(400)
                .Error(field)
        );
        Assert.Empty(Queue.Sent);
    }

    [Fact]
    public async Task A_flow_that_is_off_answers_409_with_the_reason()
    {
        (await PutAsync(d => d["syncOrganizations"] = false)).Is(201);
        Assert.Contains(
            "is off",
            (await CallAsync("POST", "/api/connections/acme/flows/organizations/run")).Is(409)["detail"],
            StringComparison.Ordinal
        );
        Assert.Empty(Queue.Sent);
    }

    [Fact]
    public async Task A_flow_of_another_app_answers_404_with_those_that_there_are()
    {
        (await PutAsync()).Is(201);
        Assert.Contains(
            "use one of organizations, customers, invoices, products, payments",
            (await CallAsync("POST", "/api/connections/acme/flows/upflow-invoices/run")).Is(404)["detail"],
            StringComparison.Ordinal
        );
        Assert.Empty(Queue.Sent);
    }

    [Fact]
    public async Task A_deactivated_connection_answers_409()
    {
        (await PutAsync()).Is(201);
        (await CallAsync("DELETE", "/api/connections/acme")).Is(204);
        Assert.Contains(
            "activate",
            (await CallAsync("POST", "/api/connections/acme/flows/organizations/run")).Is(409)["detail"],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_unknown_flow_answers_404_naming_those_there_are()
    {
        (await PutAsync()).Is(201);
        Assert.Contains(
            "organizations, customers",
            (await CallAsync("POST", "/api/connections/acme/flows/jobs/run")).Is(404)["detail"],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Runs_are_listed_and_cancelled()
    {
        (await PutAsync()).Is(201);
        var runId = (await CallAsync("POST", "/api/connections/acme/flows/organizations/run"))["runId"];
        Assert.Equal(
            runId,
            Assert.Single((await CallAsync("GET", "/api/connections/acme/runs")).Is(200).Json.AsArray())![
                "runId"
            ]!.ToString()
        );
        (await CallAsync("POST", $"/api/connections/acme/runs/{runId}/cancel")).Is(202);
        var run = await CallAsync("GET", $"/api/connections/acme/runs/{runId}");
        Assert.Equal("cancelled", run["state"]);
        Assert.NotNull(run["endedAt"]);
        (await CallAsync("POST", $"/api/connections/acme/runs/{runId}/cancel")).Is(202);
    }

    [Fact]
    public async Task An_unknown_run_answers_404()
    {
        (await PutAsync()).Is(201);
        (await CallAsync("GET", "/api/connections/acme/runs/202603-x")).Is(404);
        (await CallAsync("POST", "/api/connections/acme/runs/x/cancel")).Is(404);
    }
}
