using System.Text.Json;
using IntacctSync.Core.Detection.Webhooks;
using IntacctSync.Core.Domain;
using IntacctSync.Web.Access;
using IntacctSync.Web.Answers;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Webhooks;

/// <summary>
/// Takes webhooks as they come: the sender is proven first, and strangers are limited apart from the connection's own
/// senders.
/// </summary>
internal sealed class WebhookEndpoints(WebhookReceiver receiver) : IDisposable
{
    private const int MaxBytes = 256 * 1024;

    /// <summary>How often a caller may be refused at once, and how long until once more.</summary>
    public const int StrangersBurst = 60;
    public static readonly TimeSpan StrangersPause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan ComeAgain = TimeSpan.FromSeconds(30);

    /// <summary>What waits now is durable in less; see <see cref="WebhooksInHand"/>.</summary>
    private static readonly TimeSpan ComeAgainSoon = TimeSpan.FromSeconds(5);

    private readonly RefusalLimit _strangers = new(StrangersBurst, StrangersPause);

    public async Task<IResult> ReceiveAsync(HttpContext http, string id, CancellationToken cancellationToken)
    {
        if (!ConnectionId.TryParse(id, out var connection))
            return Answer(http, new WebhookAnswer(WebhookStatus.NotFound));
        var webhook = await receiver.ProveAsync(
            connection,
            name => Header(http.Request, name),
            async token =>
            {
                JsonBody.RequireJson(http.Request);
                return await JsonBody.ReadBytesAsync(http.Request, MaxBytes, token);
            },
            cancellationToken
        );
        if (webhook.Refusal is { } refusal)
            return Answer(http, refusal);
        return Answer(http, await receiver.AcceptAsync(webhook, cancellationToken));
    }

    public void Dispose() => _strangers.Dispose();

    private IResult Answer(HttpContext http, WebhookAnswer answer)
    {
        if (
            answer.Status is WebhookStatus.Unauthorized or WebhookStatus.NotFound
            && _strangers.TryTake(Caller.Of(http)) is { } wait
        )
        {
            http.Response.Headers.RetryAfter = RetryAfter.Seconds(wait);
            return Problems.Of(StatusCodes.Status429TooManyRequests, null);
        }

        return answer.Status switch
        {
            WebhookStatus.Accepted or WebhookStatus.Duplicate or WebhookStatus.Ignored => Json.Of(
                StatusCodes.Status202Accepted,
                new WebhookTaken(answer.EventId, JsonNamingPolicy.CamelCase.ConvertName(answer.Status.ToString()))
            ),
            WebhookStatus.Unauthorized => Problems.Of(StatusCodes.Status401Unauthorized, null),
            WebhookStatus.NotFound => Problems.Of(StatusCodes.Status404NotFound, "There is no such connection."),
            WebhookStatus.Gone => Problems.Of(
                StatusCodes.Status410Gone,
                "The connection is deactivated: stop sending, or activate it."
            ),
            WebhookStatus.Busy => Problems.Later(
                http,
                ComeAgainSoon,
                "Too many events wait to be made durable: send it again."
            ),
            _ => Problems.Later(http, ComeAgain, "The event could not be made durable: send it again."),
        };
    }

    private static string? Header(HttpRequest request, string name) =>
        request.Headers.TryGetValue(name, out var values) ? values.ToString() : null;
}

/// <summary>The answer to a webhook that was taken.</summary>
/// <param name="EventId">How the sender, or else the body, names it.</param>
/// <param name="Status"><c>accepted</c>: it is durable. <c>duplicate</c>: it came twice in the same moment.
/// <c>ignored</c>: no flow that is on listens to it.</param>
internal sealed record WebhookTaken(string? EventId, string Status);
