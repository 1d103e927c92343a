using System.Net;
using System.Text;
using IntacctSync.Functions.Broker;
using IntacctSync.Tests.Support;
using IntacctSync.Tests.Support.Broker.Wire;

namespace IntacctSync.Tests.Functions;

/// <summary>The broker holds its connections and answers nothing: whoever asks is answered all the same.</summary>
public sealed class HungBrokerTests(StartedFunctions started) : IClassFixture<StartedFunctions>
{
    private static readonly TimeSpan LongestCheck = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestAccept = TimeSpan.FromSeconds(8);

    private BrokerFaults Faults => started.Broker.Faults;

    /// <summary>
    /// Time stands still until the broker was asked, and goes on by no more than is allowed: whoever waited for longer
    /// would wait for ever.
    /// </summary>
    [Fact(Timeout = 60_000)]
    public async Task The_host_is_not_ready_and_the_sender_of_a_webhook_is_asked_to_come_again_in_time()
    {
        Assert.True(LongestAccept < ServiceBusEnvelopeQueue.LongestSend);
        await started.PutAsync("hung");
        using (var before = await HookAsync("before"))
            Assert.Equal(HttpStatusCode.Accepted, before.StatusCode);
        Faults.Silent = true;

        var looking = started.Client.GetAsync("/api/health/ready");
        await Faults.LinkIgnored;
        started.Clock.Advance(LongestCheck);
        using var ready = await looking;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains("queue: no answer within", await ready.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var asked = HookAsync("lost");
        await Faults.MessageIgnored;
        started.Clock.Advance(LongestAccept);
        using var answer = await asked;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), answer.Headers.RetryAfter?.Delta);
        Assert.DoesNotContain(started.Broker.Queue.Taken, m => m.Subject.EndsWith("lost", StringComparison.Ordinal));
    }

    private Task<HttpResponseMessage> HookAsync(string record) =>
        started.Client.SendAsync(
            new HttpRequestMessage(HttpMethod.Post, "/api/webhooks/hung")
            {
                Headers = { { "x-hook-secret", Some.WebhookSecret } },
                Content = new StringContent(
                    $$"""{"event": "organization.update", "organization_uid": "{{record}}"}""",
                    Encoding.UTF8,
                    "application/json"
                ),
            }
        );
}
