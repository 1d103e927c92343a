using System.Diagnostics;
using System.Text;
using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Secrets;
using IntacctSync.Core.Storage;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Core.Detection.Webhooks;

/// <summary>
/// Takes a webhook: checks who sent it, and answers once its envelope is durable. No other system is called for it.
/// </summary>
public sealed partial class WebhookReceiver(
    WebhookSecrets secrets,
    AppCatalog apps,
    IEnvelopeQueue queue,
    WebhooksInHand inHand,
    NotedWebhooks noted,
    ConnectionTimeline timeline,
    WebhookRefusals refusals,
    AcceptedWebhooks accepted,
    IIdSource ids,
    TimeProvider time,
    ILogger<WebhookReceiver> logger
)
{
    /// <summary>
    /// How long a sender is kept waiting: for his secret to be looked up and for his event to become durable, both
    /// together. Then he is asked to send it again, as he would by himself after his own time-out.
    /// </summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(8);

    /// <summary>What is left for an event to become durable, however long the secret was looked up.</summary>
    private static readonly TimeSpan ShortestAccept = TimeSpan.FromSeconds(2);

    private readonly LineAMinute _unavailable = new(time);

    /// <summary>Takes a webhook whose body is here already.</summary>
    /// <inheritdoc cref="ProveAsync" path="/param"/>
    public async Task<WebhookAnswer> ReceiveAsync(
        ConnectionId id,
        Func<string, string?> header,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken
    )
    {
        var webhook = await ProveAsync(id, header, _ => Task.FromResult(body), cancellationToken);
        return webhook.Refusal ?? await AcceptAsync(webhook, cancellationToken);
    }

    /// <summary>
    /// Finds out whether the sender knows the connection's secret. Nothing else is done for one who does not: not even
    /// the body is read, unless a signature over it is the proof.
    /// </summary>
    /// <param name="id">The connection, as the address names it.</param>
    /// <param name="header">A header's value by its name in lower case; null when it is not there.</param>
    /// <param name="body">Reads the body as it came; asked once at most.</param>
    /// <param name="cancellationToken">The sender has gone.</param>
    public async Task<ProvenWebhook> ProveAsync(
        ConnectionId id,
        Func<string, string?> header,
        Func<CancellationToken, Task<ReadOnlyMemory<byte>>> body,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(body);
        try
        {
            return await JudgeAsync(id, header, body, cancellationToken);
        }
        catch (Exception e) when (e is TableUnavailableException or SecretsUnavailableException or TimeoutException)
        {
            // Anybody can name a connection, also one that there is not, so no meter is told its name.
            return new ProvenWebhook(Unavailable(id, e));
        }
    }

    /// <summary>Answers a proven webhook once its envelope is durable.</summary>
    public async Task<WebhookAnswer> AcceptAsync(ProvenWebhook webhook, CancellationToken cancellationToken)
    {
        var connection = webhook.Connection!;
        using var span = Telemetry.Source.StartActivity("webhook", ActivityKind.Producer);
        WebhookAnswer answer;
        try
        {
            answer = await AdmitAsync(webhook, cancellationToken);
        }
        catch (Exception e) when (e is QueueUnavailableException or TableUnavailableException)
        {
            answer = Unavailable(connection.Id, e);
        }

        span?.SetTag("intacctsync.connection", connection.Id.Value).SetTag("intacctsync.event_id", answer.EventId);
        return Told(connection.Id, answer);
    }

    private async Task<ProvenWebhook> JudgeAsync(
        ConnectionId id,
        Func<string, string?> header,
        Func<CancellationToken, Task<ReadOnlyMemory<byte>>> read,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var began = time.GetTimestamp();
        var (found, known) = await secrets.LookUpAsync(id, LongestWait, now, cancellationToken);
        if (found is not { } connection)
            return new ProvenWebhook(new WebhookAnswer(WebhookStatus.NotFound));
        var lookedUp = time.GetElapsedTime(began);

        ReadOnlyMemory<byte>? body = null;
        if (known.Any(secret => WebhookSignature.NeedsBody(header, secret, now)))
            body = await read(cancellationToken);
        var verdicts = known
            .DefaultIfEmpty(null)
            .Select(secret => WebhookSignature.Check((body ?? default).Span, header, secret, now))
            .ToList();
        if (verdicts.TrueForAll(static v => !v.IsValid))
        {
            // The secret may have been changed by another instance; the sender tries again.
            secrets.Forget(id);
            refusals.Add(id, verdicts[0].Reason);
            return new ProvenWebhook(Told(id, new WebhookAnswer(WebhookStatus.Unauthorized, null, verdicts[0].Reason)));
        }

        if (!connection.Active)
            return new ProvenWebhook(Told(id, new WebhookAnswer(WebhookStatus.Gone)));
        var bytes = body ?? await read(cancellationToken);
        return new ProvenWebhook(null)
        {
            Connection = connection,
            LookedUp = lookedUp,
            Body = bytes,
            EventId = WebhookEventId.Of(header(WebhookSignature.IdHeader), bytes.Span, ids),
        };
    }

    private WebhookAnswer Unavailable(ConnectionId id, Exception e)
    {
        // Anybody can cause it, before any proof.
        if (_unavailable.Count() is > 0 and var count)
            LogNotDurable(new LoggedException(e), count, id.Value);
        return new WebhookAnswer(WebhookStatus.Unavailable, null, ServerPaths.Shorten(e.Message));
    }

    private static WebhookAnswer Told(ConnectionId id, WebhookAnswer answer)
    {
        RoadTelemetry.Webhook(id, answer.Status.ToString().ToLowerInvariant());
        return answer;
    }

    /// <summary>Has an event accepted, unless too many wait for that already, or it takes too long.</summary>
    private async Task<WebhookAnswer> AdmitAsync(ProvenWebhook webhook, CancellationToken cancellationToken)
    {
        var (connection, eventId) = (webhook.Connection!, webhook.EventId!);
        if (inHand.TryEnter(connection.Id) is not { } place)
            return new WebhookAnswer(WebhookStatus.Busy, eventId);
        var left = LongestWait - webhook.LookedUp;
        using var tooLong = new CancellationTokenSource(left > ShortestAccept ? left : ShortestAccept, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, tooLong.Token);
        try
        {
            // A queue or a store may go on trying when nobody waits any more; until it ends it has its place.
            var accepting = AcceptAsync(connection, eventId, webhook.Body, either.Token);
            _ = LeaveAsync(place, accepting);
            return await accepting.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new WebhookAnswer(WebhookStatus.Busy, eventId);
        }
    }

    private static async Task LeaveAsync(IDisposable place, Task accepting)
    {
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        place.Dispose();
    }

    private async Task<WebhookAnswer> AcceptAsync(
        Connection connection,
        string eventId,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken
    )
    {
        var hint = apps.Of(connection).ReadWebhook(body.Span);
        if (hint is WebhookHint.Unreadable unreadable)
            await timeline.AddAsync(
                connection.Id,
                "unreadableWebhook",
                unreadable.Reason,
                Encoding.UTF8.GetString(body.Span),
                cancellationToken
            );

        var now = time.GetUtcNow();
        var outgoing = WebhookEnvelopes.Of(connection, hint, EventIds.Arrived(eventId, now), now);
        if (outgoing.Count == 0)
            return new WebhookAnswer(WebhookStatus.Ignored, eventId);
        await queue.SendAsync(outgoing, cancellationToken);
        await accepted.NoteAsync(connection.Id, cancellationToken);
        return new WebhookAnswer(
            noted.Note(connection.Id, eventId) ? WebhookStatus.Duplicate : WebhookStatus.Accepted,
            eventId
        );
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Webhooks that could not be taken since this was last told: {Count}, the last of them for connection "
            + "{Connection}; their senders are asked to repeat them"
    )]
    private partial void LogNotDurable(LoggedException exception, long count, string connection);
}
