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
        await PutAsync("acme");
        using var list = await CallAsync(HttpMethod.Get, "/api/connections");
        Assert.Contains("acme", await list.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var stranger = await HookAsync("acme", "another secret of 20");
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
        using var taken = await HookAsync("acme", Some.WebhookSecret);
        Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
        Assert.Contains(started.Broker.Queue.Taken, m => m.Subject == $"organizations/{Some.Uid(1)}");
    }

    [Fact]
    public async Task Whoever_sends_a_webhook_while_the_broker_hangs_is_asked_to_come_again_and_the_host_is_not_ready()
    {
        await PutAsync("hung");
        started.Broker.Faults.Silent = true;
        try
        {
            var asked = HookAsync("hung", Some.WebhookSecret);
            while (!asked.IsCompleted)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
                started.Clock.Advance(TimeSpan.FromSeconds(1));
            }

            using var answer = await asked;
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.NotNull(answer.Headers.RetryAfter);

            var looking = started.Client.GetAsync("/api/health/ready");
            while (!looking.IsCompleted)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
                started.Clock.Advance(TimeSpan.FromSeconds(1));
            }

            using var ready = await looking;
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
            Assert.Contains("queue: no answer", await ready.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        finally
        {
            started.Broker.Faults.Silent = false;
            started.Clock.Advance(TimeSpan.FromSeconds(10));
        }
    }

    [Fact]
    public async Task A_body_of_31_MB_is_too_large_and_not_a_failure()
    {
        await PutAsync("large");
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
        await PutAsync("timed");
        started.Clock.Advance(TimeSpan.FromMinutes(20));
        var polls = started.Function<PollFunctions>();
        var before = started.Broker.Queue.Taken.Count;
        await polls.ZuperAsync(new TimerInfo(), CancellationToken.None);
        await polls.ProductsAsync(new TimerInfo(), CancellationToken.None);
        await polls.PaymentsAsync(new TimerInfo(), CancellationToken.None);
        var sent = started.Broker.Queue.Taken.Skip(before).Where(m => Equals(m.Properties["connection"], "timed"));
        Assert.Equal(
            ["customers", "invoices", "organizations", "payments", "products"],
            sent.Select(m => m.Subject["poll ".Length..]).Order(StringComparer.Ordinal)
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
        };
        await Task.WhenAll(runs);
        Assert.All(runs, r => Assert.True(r.IsCompletedSuccessfully));
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private Task<HttpResponseMessage> CallAsync(HttpMethod method, string path, JsonNode? body = null)
    {
        var request = new HttpRequestMessage(method, path) { Headers = { { "x-api-key", StartedFunctions.Key } } };
        if (body is not null)
            request.Content = Json(body.ToJsonString());
        return started.Client.SendAsync(request);
    }

    private async Task PutAsync(string id)
    {
        using var put = await CallAsync(HttpMethod.Put, $"/api/connections/{id}", Some.ConnectionDocument());
        Assert.True(put.IsSuccessStatusCode, await put.Content.ReadAsStringAsync());
    }

    private static HttpRequestMessage HookOf(string id, string secret) =>
        new(HttpMethod.Post, $"/api/webhooks/{id}") { Headers = { { "x-hook-secret", secret } } };

    private Task<HttpResponseMessage> HookAsync(string id, string secret)
    {
        var request = HookOf(id, secret);
        request.Content = Json(Update);
        return started.Client.SendAsync(request);
    }
}
