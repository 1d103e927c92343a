using System.Text;
using IntacctSync.Core.Detection.Webhooks;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Detection.Webhooks;

/// <summary>What the queue can make durable is what limits webhooks whose sender is proven.</summary>
public sealed class WebhooksInHandTests : IAsyncLifetime
{
    private static readonly ConnectionId Other = ConnectionId.Parse("other");

    private readonly TaskCompletionSource _disk = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RoadStand _stand = null!;

    public async Task InitializeAsync()
    {
        _stand = await RoadStand.OpenAsync();
        await _stand.ConnectAsync(Other);
    }

    public async Task DisposeAsync() => await _stand.DisposeAsync();

    [Fact]
    public async Task Behind_what_the_queue_can_take_a_sender_is_asked_to_come_again_and_another_connection_is_not()
    {
        _stand.Queue.Sending = _disk.Task.WaitAsync;
        List<Task<WebhookAnswer>> waiting = [];
        for (var i = 0; i < WebhooksInHand.MostOfOne; i++)
            waiting.Add(await TakenUpAsync(Some.ConnectionId, i));

        Assert.Equal(WebhookStatus.Busy, (await ReceiveAsync(Some.ConnectionId, 9000)).Status);
        for (var i = 0; i < WebhooksInHand.Most - WebhooksInHand.MostOfOne; i++)
            waiting.Add(await TakenUpAsync(Other, i));
        Assert.Equal(WebhookStatus.Busy, (await ReceiveAsync(Other, 9000)).Status);
        Assert.Equal(WebhooksInHand.Most, _stand.Queue.Sent.Count);

        _disk.SetResult();
        Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal(WebhookStatus.Accepted, answer.Status));
        Assert.Equal(WebhookStatus.Accepted, (await ReceiveAsync(Some.ConnectionId, 9000)).Status);
        Assert.Equal(WebhookStatus.Accepted, (await ReceiveAsync(Other, 9000)).Status);
    }

    [Fact]
    public async Task A_sender_waits_eight_seconds_at_most_for_his_event_to_become_durable()
    {
        _stand.Queue.Sending = _disk.Task.WaitAsync;
        var waiting = await TakenUpAsync(Some.ConnectionId, 1);
        _stand.Clock.Advance(TimeSpan.FromSeconds(7.9));
        Assert.False(waiting.IsCompleted);
        _stand.Clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(WebhookStatus.Busy, (await waiting).Status);
    }

    [Fact]
    public async Task What_no_sender_waits_for_any_more_keeps_its_place_until_the_queue_has_ended_it()
    {
        _stand.Queue.Sending = _ => _disk.Task;
        List<Task<WebhookAnswer>> waiting = [];
        for (var i = 0; i < WebhooksInHand.MostOfOne; i++)
            waiting.Add(await TakenUpAsync(Some.ConnectionId, i));
        _stand.Clock.Advance(TimeSpan.FromSeconds(8));
        Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal(WebhookStatus.Busy, answer.Status));

        var next = await TakenUpAsync(Some.ConnectionId, 9000);
        Assert.Equal(WebhooksInHand.MostOfOne, _stand.Queue.Sent.Count);
        Assert.Equal(WebhookStatus.Busy, (await next).Status);
        _disk.SetResult();
        await Soon.UntilAsync(async () =>
            (await ReceiveAsync(Some.ConnectionId, 9001)).Status == WebhookStatus.Accepted
        );
    }

    [Fact]
    public async Task A_refused_webhook_takes_no_place()
    {
        for (var i = 0; i <= WebhooksInHand.Most; i++)
        {
            var refused = await ReceiveAsync(Some.ConnectionId, i, "wrong");
            Assert.Equal(WebhookStatus.Unauthorized, refused.Status);
        }

        Assert.Equal(WebhookStatus.Accepted, (await ReceiveAsync(Some.ConnectionId, 1)).Status);
    }

    /// <summary>A webhook that has reached the queue, and waits for it.</summary>
    private async Task<Task<WebhookAnswer>> TakenUpAsync(ConnectionId connection, int number)
    {
        var before = _stand.Queue.Sent.Count;
        var answer = ReceiveAsync(connection, number);
        await Soon.UntilAsync(() => _stand.Queue.Sent.Count > before || answer.IsCompleted);
        return answer;
    }

    private Task<WebhookAnswer> ReceiveAsync(ConnectionId connection, int number, string? secret = null) =>
        _stand
            .Get<WebhookReceiver>()
            .ReceiveAsync(
                connection,
                name =>
                    name switch
                    {
                        WebhookSignature.SecretHeader => secret ?? "canary-" + ZuperSecrets.WebhookSecret,
                        WebhookSignature.IdHeader => $"evt-{number}",
                        _ => null,
                    },
                Encoding.UTF8.GetBytes($$"""{"event": "organization.update", "organization_uid": "{{Some.Uid(1)}}"}"""),
                CancellationToken.None
            );
}
