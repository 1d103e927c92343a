using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using IntacctSync.Functions.Triggers;
using IntacctSync.Tests.Support;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;

namespace IntacctSync.Tests.Functions;

/// <summary>The started worker does what its triggers ask of it.</summary>
public sealed class StartedFunctionsTests(StartedFunctions started) : IClassFixture<StartedFunctions>
{
    private const string Update =
        """{"event": "organization.update", "organization_uid": "1e0d7c40-0000-4000-8000-000000000001"}""";

    /// <summary>The Service Bus triggers are in the whole build only.</summary>
    [Fact]
    public async Task Every_function_but_those_of_service_bus_is_found_by_its_metadata()
    {
        var provider = typeof(ApiFunction)
            .Assembly.GetTypes()
            .Single(t => t.IsAssignableTo(typeof(IFunctionMetadataProvider)) && !t.IsAbstract);
        var found = await ((IFunctionMetadataProvider)Activator.CreateInstance(provider)!).GetFunctionMetadataAsync("");
        Assert.Equal(
            FunctionSource.All.Where(f => f.Trigger != "ServiceBusTrigger").Select(f => f.Name),
            found.Select(f => f.Name!).Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("GET", "/api/health/live", HttpStatusCode.OK)]
    [InlineData("GET", "/api/health/ready", HttpStatusCode.OK)]
    [InlineData("GET", "/api/openapi.json", HttpStatusCode.OK)]
    [InlineData("GET", "/api/connections", HttpStatusCode.Unauthorized)]
    [InlineData("GET", "/api/webhooks/any", HttpStatusCode.OK)]
    [InlineData("HEAD", "/api/webhooks/any", HttpStatusCode.OK)]
    [InlineData("POST", "/api/webhooks/any", HttpStatusCode.NotFound)]
    [InlineData("PATCH", "/api/webhooks/any", HttpStatusCode.MethodNotAllowed)]
    [InlineData("OPTIONS", "/api/connections", HttpStatusCode.MethodNotAllowed)]
    [InlineData("HEAD", "/api/nothing", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/nothing", HttpStatusCode.NotFound)]
    [InlineData("GET", "/nothing", HttpStatusCode.NotFound)]
    public async Task Every_path_and_method_gets_our_own_answer(string method, string path, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method == "POST")
            request.Content = Json("{}");
        using var answer = await started.Client.SendAsync(request);
        Assert.True(answer.StatusCode == status, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task A_connection_is_put_listed_and_sent_webhooks_to()
    {
        await started.PutAsync("acme");
        using var list = await started.CallAsync(HttpMethod.Get, "/api/connections");
        Assert.Contains("acme", await list.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var stranger = await HookAsync("acme", "another secret of 20");
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
        using var taken = await HookAsync("acme", Some.WebhookSecret);
        Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
        Assert.Contains(started.Broker.Queue.Taken, m => m.Subject == $"organizations/{Some.Uid(1)}");
    }

    [Fact]
    public async Task A_body_of_31_MB_is_too_large_and_not_a_failure()
    {
        await started.PutAsync("large");
        using var request = HookOf("large", Some.WebhookSecret);
        request.Content = new ByteArrayContent(new byte[31 * 1024 * 1024])
        {
            Headers = { ContentType = new("application/json") },
        };
        using var answer = await started.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Each_timer_of_a_feed_puts_its_polls_on_the_queue()
    {
        await started.PutAsync("timed");
        await started.PutAsync("timed-upflow", ToUpflow);
        started.Clock.Advance(TimeSpan.FromMinutes(20));
        var polls = started.Function<PollFunctions>();
        Assert.Equal(["customers", "invoices", "organizations"], await SentByAsync(polls.ZuperAsync));
        Assert.Equal(["products"], await SentByAsync(polls.ProductsAsync));
        Assert.Equal(["payments"], await SentByAsync(polls.PaymentsAsync));
        Assert.Equal(
            ["upflow-credit-notes", "upflow-customers", "upflow-invoices", "upflow-payments"],
            await SentByAsync(polls.UpflowAsync)
        );
    }

    [Fact]
    public async Task The_timers_of_housekeeping_run_to_their_end()
    {
        var housekeeping = started.Function<HousekeepingFunctions>();
        var runs = new[]
        {
            housekeeping.HousekeepingAsync(new TimerInfo(), CancellationToken.None),
            housekeeping.FailureDigestAsync(new TimerInfo(), CancellationToken.None),
            housekeeping.RecordGaugesAsync(new TimerInfo(), CancellationToken.None),
            housekeeping.NightlyReconciliationAsync(new TimerInfo(), CancellationToken.None),
        };
        await Task.WhenAll(runs);
        Assert.All(runs, r => Assert.True(r.IsCompletedSuccessfully));
    }

    /// <returns>Of the two connections, which feeds are to be read.</returns>
    private async Task<IEnumerable<string>> SentByAsync(Func<TimerInfo, CancellationToken, Task> timer)
    {
        var before = started.Broker.Queue.Taken.Count;
        await timer(new TimerInfo(), CancellationToken.None);
        return started
            .Broker.Queue.Taken.Skip(before)
            .Where(m => ((string)m.Properties["connection"]).StartsWith("timed", StringComparison.Ordinal))
            .Select(m => m.Subject["poll ".Length..])
            .Order(StringComparer.Ordinal);
    }

    private static void ToUpflow(JsonObject document)
    {
        document["app"] = "upflow";
        document.Remove("zuper");
        document["upflow"] = new JsonObject
        {
            ["apiKey"] = "canary-upflow-key",
            ["apiSecret"] = "canary-upflow-secret",
        };
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static HttpRequestMessage HookOf(string id, string secret) =>
        new(HttpMethod.Post, $"/api/webhooks/{id}") { Headers = { { "x-hook-secret", secret } } };

    private Task<HttpResponseMessage> HookAsync(string id, string secret)
    {
        var request = HookOf(id, secret);
        request.Content = Json(Update);
        return started.Client.SendAsync(request);
    }
}
