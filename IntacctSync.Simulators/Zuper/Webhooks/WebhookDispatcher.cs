using System.Text;
using System.Text.Json.Nodes;
using IntacctSync.Simulators.Zuper.Records;

namespace IntacctSync.Simulators.Zuper.Webhooks;

/// <summary>
/// Delivers webhooks: at once, and again after each delay while the answer is none or no 2xx; after the last one never.
/// </summary>
internal sealed class WebhookDispatcher(
    ZuperSimulatorOptions options,
    TimeProvider clock,
    IHttpClientFactory http,
    WebhookRegistry registry,
    WebhookHistory history,
    FaultRules faults,
    ZuperCounters counters
) : IAsyncDisposable
{
    /// <summary>Name of the client that deliveries go by.</summary>
    public const string ClientName = "zuper-webhooks";

    private static readonly ZuperIds AccountIds = new(0);

    /// <summary>The account that the simulator plays.</summary>
    internal static readonly string CompanyUid = AccountIds.Uid();
    private readonly SemaphoreSlim _slots = new(options.WebhookConcurrency);
    private readonly ZuperIds _ids = new(options.Seed ^ 0x5EED);
    private readonly Lock _idsLock = new();
    private CancellationTokenSource _stop = new();
    private TaskCompletionSource _nextMade = NewSignal();

    /// <summary>Off = nothing that happens is told to anybody.</summary>
    public bool Enabled { get; set; } = true;

    public WebhookTally Tally { get; } = new();

    /// <summary>Tells an event to all who asked for it. Called in the order in which events happen.</summary>
    public void Raise(WebhookEvent happened)
    {
        if (!Enabled)
            return;
        var body = WebhookPayload.Of(
            happened,
            CompanyUid,
            ZuperTime.Of(clock.GetUtcNow()),
            options.WebhookRetryDelays.Count + 1
        );
        foreach (var webhook in registry.For(happened.Name))
            Begin(new Delivery(webhook, happened.Name, happened.Uid, body), Facts(webhook, happened));
    }

    /// <summary>Sends again what an attempt sent.</summary>
    public void Redeliver(WebhookAttempt attempt) =>
        Start(
            new Delivery(attempt.Webhook, attempt.Event, attempt.RecordUid, (JsonObject)JsonNode.Parse(attempt.Body)!),
            TimeSpan.Zero,
            null
        );

    /// <summary>Gives up what is still to be delivered; what happens afterwards is delivered again.</summary>
    public Task GiveUpAsync() => Interlocked.Exchange(ref _stop, new CancellationTokenSource()).CancelAsync();

    public async ValueTask DisposeAsync()
    {
        Enabled = false;
        await GiveUpAsync();
        await Tally.IdleAsync(CancellationToken.None);
        _slots.Dispose();
        _stop.Dispose();
    }

    private void Begin(Delivery delivery, IReadOnlyCollection<KeyValuePair<string, string>> facts)
    {
        if (Fault(ZuperFaults.WebhookDrop, facts) is not null)
            return;
        var made = Interlocked.Exchange(ref _nextMade, NewSignal());
        if (Fault(ZuperFaults.WebhookMalformed, facts) is not null)
            delivery = delivery with { Malformed = true };
        if (Fault(ZuperFaults.WebhookDuplicate, facts) is not null)
            Start(delivery, TimeSpan.Zero, null);
        if (Fault(ZuperFaults.WebhookDelay, facts) is { } late)
            Start(delivery, late.Seconds("seconds", 60), null);
        else if (Fault(ZuperFaults.WebhookReorder, facts) is { } swapped)
            Start(delivery, swapped.Seconds("seconds", 5), _nextMade.Task);
        else
        {
            Start(delivery, TimeSpan.Zero, null, made);
            return;
        }
        made.TrySetResult();
    }

    private void Start(Delivery delivery, TimeSpan delay, Task? orUntil, TaskCompletionSource? made = null)
    {
        Tally.Opened();
        var token = _stop.Token;
        // What is due at once takes its place in the queue here, so that first attempts are made in the order of the
        // events.
        var slot = delay > TimeSpan.Zero ? null : _slots.WaitAsync(token);
        _ = Task.Run(() => RunAsync(delivery, delay, orUntil, slot, made, token), CancellationToken.None);
    }

    private async Task RunAsync(
        Delivery delivery,
        TimeSpan delay,
        Task? orUntil,
        Task? slot,
        TaskCompletionSource? made,
        CancellationToken cancellationToken
    )
    {
        try
        {
            if (delay > TimeSpan.Zero)
                await WebhookPause.OfAsync(delay, orUntil, clock, Tally, cancellationToken);
            for (var retry = 0; ; retry++)
            {
                await (slot ?? _slots.WaitAsync(cancellationToken));
                slot = null;
                var succeeded = await AttemptAsync(delivery, retry, cancellationToken);
                made?.TrySetResult();
                if (succeeded || retry == options.WebhookRetryDelays.Count)
                    return;
                await WebhookPause.OfAsync(options.WebhookRetryDelays[retry], null, clock, Tally, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The delivery was given up.
        }
        finally
        {
            made?.TrySetResult();
            Tally.Closed();
        }
    }

    private async Task<bool> AttemptAsync(Delivery delivery, int retry, CancellationToken cancellationToken)
    {
        try
        {
            counters.Add("deliveries");
            var (at, body) = (clock.GetUtcNow(), WebhookPayload.Text(delivery.Body, retry, delivery.Malformed));
            var status = await SendAsync(delivery.Webhook, body, cancellationToken);
            history.Add(
                new WebhookAttempt(
                    NextUid(),
                    delivery.Event,
                    delivery.RecordUid,
                    delivery.Webhook.Url,
                    status,
                    retry,
                    body,
                    at
                )
                {
                    Webhook = delivery.Webhook,
                }
            );
            return status is >= 200 and < 300;
        }
        finally
        {
            _slots.Release();
        }
    }

    private async Task<int> SendAsync(Webhook webhook, string body, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.WebhookTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Parse(webhook.Method), webhook.Url)
        {
            Content = new StringContent(body, Encoding.UTF8, webhook.ContentType),
        };
        foreach (var (name, value) in webhook.SentHeaders)
            request.Headers.TryAddWithoutValidation(name, value);
        try
        {
            using var client = http.CreateClient(ClientName);
            using var answer = await client.SendAsync(request, either.Token);
            return (int)answer.StatusCode;
        }
        catch (Exception e)
            when (e is HttpRequestException or IOException
                || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            return 0;
        }
    }

    private FaultRule? Fault(string name, IReadOnlyCollection<KeyValuePair<string, string>> facts) =>
        faults.Take([name], facts);

    private string NextUid()
    {
        lock (_idsLock)
            return _ids.Uid();
    }

    private static List<KeyValuePair<string, string>> Facts(Webhook webhook, WebhookEvent happened) =>
        [
            new("event", happened.Name),
            new("module", happened.Module.Name),
            new("uid", happened.Uid ?? ""),
            new("url", webhook.Url.OriginalString),
        ];

    /// <summary>
    /// A signal whose waiters go on at once, before the delivery that gives it counts as closed.
    /// </summary>
    private static TaskCompletionSource NewSignal() => new();

    private sealed record Delivery(
        Webhook Webhook,
        string Event,
        string? RecordUid,
        JsonObject Body,
        bool Malformed = false
    );
}
