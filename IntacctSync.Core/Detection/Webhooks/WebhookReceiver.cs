using System.Collections.Concurrent;
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
    ConnectionStore connections,
    ConnectionSecrets secrets,
    AppCatalog apps,
    IEnvelopeQueue queue,
    WebhooksInHand inHand,
    ConnectionTimeline timeline,
    WebhookRefusals refusals,
    AcceptedWebhooks accepted,
    IIdSource ids,
    TimeProvider time,
    ILogger<WebhookReceiver> logger
)
{
    /// <summary>
    /// Writing an id back raises a webhook of its own. Events of custom fields alone wait for the next full minute, so
    /// that the echoes of a busy minute are read in pages and not one by one.
    /// </summary>
    private static readonly TimeSpan EchoPause = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long a sender is kept waiting: for his secret to be looked up and for his event to become durable, both
    /// together. Then he is asked to send it again, as he would by himself after his own time-out.
    /// </summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(8);

    /// <summary>What is left for an event to become durable, however long the secret was looked up.</summary>
    private static readonly TimeSpan ShortestAccept = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long it is believed that a connection has no secret: strangers would have each of their calls looked up.
    /// </summary>
    private static readonly TimeSpan AbsentFor = TimeSpan.FromSeconds(5);

    private readonly LineAMinute _unavailable = new(time);

    /// <summary>Connections without a secret, as their row was then: a put changes it.</summary>
    private readonly ConcurrentDictionary<ConnectionId, (string ETag, long At)> _absent = new();

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
        var (found, known) = await LookUpAsync(id, now, cancellationToken);
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

    /// <exception cref="TimeoutException">The store or the vault holds the call and answers nothing.</exception>
    private async Task<(Connection? Connection, List<string?> Secrets)> LookUpAsync(
        ConnectionId id,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        using var tooLong = new CancellationTokenSource(LongestWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, tooLong.Token);
        try
        {
            // A client may go on trying when nobody waits any more.
            var connection = await connections.GetAsync(id, either.Token).WaitAsync(either.Token);
            return connection is null
                ? (null, [])
                : (connection, await SecretsAsync(connection, now, either.Token).WaitAsync(either.Token));
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"What proves the sender of a webhook could not be looked up within {LongestWait:c}.",
                e
            );
        }
    }

    /// <summary>The secret that counts, and for a day the one before it.</summary>
    private async Task<List<string?>> SecretsAsync(
        Connection connection,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (connection.Settings.Profile.Secrets.Webhook is not { } field)
            return [];
        if (_absent.TryGetValue(connection.Id, out var absent) && absent.ETag == connection.ETag)
        {
            if (time.GetElapsedTime(absent.At) < AbsentFor)
                return [];
            _absent.TryRemove(connection.Id, out _);
        }

        List<string?> known = [await secrets.GetAsync(connection, field, cancellationToken)];
        if (
            NotedTimes.Lasts(connection.ReplacedUntil, ConnectionPut.ReplacedFor, now)
            && await secrets.GetAsync(connection, ConnectionSecrets.Replaced(field), cancellationToken) is { } replaced
        )
            known.Add(replaced);
        if (known.TrueForAll(static k => k is null))
            _absent[connection.Id] = (connection.ETag, time.GetTimestamp());
        return known;
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
        var outgoing = Envelopes(connection, hint, EventIds.Arrived(eventId, now), now);
        if (outgoing.Count == 0)
            return new WebhookAnswer(WebhookStatus.Ignored, eventId);
        var outcomes = await queue.SendAsync(outgoing, cancellationToken);
        await accepted.NoteAsync(connection.Id, cancellationToken);
        return new WebhookAnswer(
            outcomes.All(o => o == SendOutcome.Duplicate) ? WebhookStatus.Duplicate : WebhookStatus.Accepted,
            eventId
        );
    }

    private static List<OutgoingEnvelope> Envelopes(
        Connection connection,
        WebhookHint hint,
        string eventId,
        DateTimeOffset now
    )
    {
        switch (hint)
        {
            case WebhookHint.RecordChanged changed when Listens(connection, changed.Flow):
                var envelope = Envelope.ForRecord(
                    new SyncKey(connection.Id, changed.Flow, changed.Uid),
                    connection.Company,
                    eventId,
                    now
                ) with
                {
                    SourceVersion = changed.UpdatedAt,
                };
                return [new OutgoingEnvelope(envelope, changed.CustomFieldsOnly ? NextMinute(now) : null)];
            case WebhookHint.SweepNeeded sweep:
                return Sweeps(connection, sweep.Flow, eventId, now);
            case WebhookHint.Unreadable:
                return Sweeps(connection, null, eventId, now);
            default:
                return [];
        }
    }

    private static List<OutgoingEnvelope> Sweeps(
        Connection connection,
        FlowName? flow,
        string eventId,
        DateTimeOffset now
    ) =>
        [
            .. connection
                .Settings.Flows.Select(f => f.Name)
                .Where(f => Listens(connection, f) && (flow is null || f == flow))
                .Select(f => new OutgoingEnvelope(
                    Envelope.ForPoll(connection.Id, connection.Company, f, EventIds.PollFor(eventId, f), now)
                )),
        ];

    /// <summary>
    /// Whether a change in the app matters to the flow. It does not matter to flows whose records are read from
    /// Intacct.
    /// </summary>
    private static bool Listens(Connection connection, FlowName flow) =>
        connection.Settings.Flows.Any(f => f.Name == flow && f.Source == FlowSource.App)
        && connection.Settings.Syncs(flow);

    private static DateTimeOffset NextMinute(DateTimeOffset now) =>
        now + EchoPause - TimeSpan.FromTicks(now.Ticks % EchoPause.Ticks);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Webhooks that could not be taken since this was last told: {Count}, the last of them for connection "
            + "{Connection}; their senders are asked to repeat them"
    )]
    private partial void LogNotDurable(LoggedException exception, long count, string connection);
}

/// <summary>What to answer to a webhook.</summary>
/// <param name="Status">How it was taken.</param>
/// <param name="EventId">The event's name, once the sender is known to be who he says.</param>
/// <param name="Reason">For the log; the caller of a refused webhook learns none of it.</param>
public sealed record WebhookAnswer(WebhookStatus Status, string? EventId = null, string? Reason = null);

/// <summary>A webhook whose sender was looked at.</summary>
/// <param name="Refusal">What to answer where it goes no further; null where the sender knows the secret.</param>
public sealed record ProvenWebhook(WebhookAnswer? Refusal)
{
    internal Connection? Connection { get; init; }

    /// <summary>How long that took without the sender's own part.</summary>
    internal TimeSpan LookedUp { get; init; }

    internal ReadOnlyMemory<byte> Body { get; init; }

    internal string? EventId { get; init; }
}
