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
/// Takes a webhook: checks who sent it, and answers once its envelope is durable. Nothing is read or written elsewhere
/// for it.
/// </summary>
public sealed partial class WebhookReceiver(
    ConnectionStore connections,
    ConnectionSecrets secrets,
    AppCatalog apps,
    IEnvelopeQueue queue,
    WebhooksInHand inHand,
    ConnectionTimeline timeline,
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
    /// How long a sender is kept waiting for his event to become durable. Then he is asked to send it again, as he
    /// would by himself after his own time-out.
    /// </summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(8);

    /// <param name="id">The connection, as the address names it.</param>
    /// <param name="header">A header's value by its name in lower case; null when it is not there.</param>
    /// <param name="body">As it came.</param>
    /// <param name="cancellationToken">The sender has gone.</param>
    public async Task<WebhookAnswer> ReceiveAsync(
        ConnectionId id,
        Func<string, string?> header,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken
    )
    {
        using var span = Telemetry.Source.StartActivity("webhook", ActivityKind.Producer);
        var answer = await JudgeAsync(id, header, body, cancellationToken);
        if (answer.Status != WebhookStatus.NotFound)
            RoadTelemetry.Webhook(id, answer.Status.ToString().ToLowerInvariant());
        span?.SetTag("intacctsync.connection", id.Value).SetTag("intacctsync.event_id", answer.EventId);
        return answer;
    }

    private async Task<WebhookAnswer> JudgeAsync(
        ConnectionId id,
        Func<string, string?> header,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var connection = await connections.GetAsync(id, cancellationToken);
            if (connection is null)
                return new WebhookAnswer(WebhookStatus.NotFound);

            var secret = connection.Settings.Profile.Secrets.Webhook is { } field
                ? await secrets.GetAsync(id, field, cancellationToken)
                : null;
            var verdict = WebhookSignature.Check(body.Span, header, secret, time.GetUtcNow());
            if (!verdict.IsValid)
            {
                // The secret may have been changed by another instance; the sender tries again.
                secrets.Forget(id);
                LogRefused(id.Value, verdict.Reason);
                return new WebhookAnswer(WebhookStatus.Unauthorized, null, verdict.Reason);
            }

            return connection.Active
                ? await AdmitAsync(
                    connection,
                    WebhookEventId.Of(header(WebhookSignature.IdHeader), body.Span, ids),
                    body,
                    cancellationToken
                )
                : new WebhookAnswer(WebhookStatus.Gone);
        }
        catch (Exception e)
            when (e is QueueUnavailableException or TableUnavailableException or SecretsUnavailableException)
        {
            LogNotDurable(new LoggedException(e), id.Value);
            return new WebhookAnswer(WebhookStatus.Unavailable, null, e.Message);
        }
    }

    /// <summary>Has an event accepted, unless too many wait for that already, or it takes too long.</summary>
    private async Task<WebhookAnswer> AdmitAsync(
        Connection connection,
        string eventId,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken
    )
    {
        using var place = inHand.TryEnter(connection.Id);
        if (place is null)
            return new WebhookAnswer(WebhookStatus.Busy, eventId);
        using var tooLong = new CancellationTokenSource(LongestWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, tooLong.Token);
        try
        {
            return await AcceptAsync(connection, eventId, body, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new WebhookAnswer(WebhookStatus.Busy, eventId);
        }
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
    /// Whether a change in the app matters to the flow: those whose records are read from Intacct do not listen.
    /// </summary>
    private static bool Listens(Connection connection, FlowName flow) =>
        connection.Settings.Flows.Any(f => f.Name == flow && f.Source == FlowSource.App)
        && connection.Settings.Syncs(flow);

    private static DateTimeOffset NextMinute(DateTimeOffset now) =>
        now + EchoPause - TimeSpan.FromTicks(now.Ticks % EchoPause.Ticks);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A webhook of connection {Connection} was refused: {Reason}")]
    private partial void LogRefused(string connection, string reason);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "A webhook of connection {Connection} could not be made durable; its sender is asked to repeat it"
    )]
    private partial void LogNotDurable(LoggedException exception, string connection);
}

/// <summary>What to answer to a webhook.</summary>
/// <param name="Status">How it was taken.</param>
/// <param name="EventId">The event's name, once the sender is known to be who he says.</param>
/// <param name="Reason">For the log; the caller of a refused webhook learns none of it.</param>
public sealed record WebhookAnswer(WebhookStatus Status, string? EventId = null, string? Reason = null);
