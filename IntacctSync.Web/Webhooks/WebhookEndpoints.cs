using System.Text.Json;
using IntacctSync.Core.Detection.Webhooks;
using IntacctSync.Core.Domain;
using IntacctSync.Web.Answers;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Webhooks;

/// <summary>
/// Takes webhooks as they come: nothing of the body is looked at before its length and sender are known.
/// </summary>
internal sealed class WebhookEndpoints(WebhookReceiver receiver, WebhookBuckets buckets)
{
    private const int MaxBytes = 256 * 1024;
    private static readonly TimeSpan ComeAgain = TimeSpan.FromSeconds(30);

    /// <summary>What waits now is durable in less; see <see cref="WebhooksInHand"/>.</summary>
    private static readonly TimeSpan ComeAgainSoon = TimeSpan.FromSeconds(5);

    public async Task<IResult> ReceiveAsync(HttpContext http, string id, CancellationToken cancellationToken)
    {
        if (!ConnectionId.TryParse(id, out var connection))
            return Problems.Of(StatusCodes.Status404NotFound, "There is no such connection.");
        JsonBody.RequireJson(http.Request);
        var body = await JsonBody.ReadBytesAsync(http.Request, MaxBytes, cancellationToken);
        var answer = await receiver.ReceiveAsync(
            connection,
            name => Header(http.Request, name),
            body,
            cancellationToken
        );
        return answer.Status switch
        {
            WebhookStatus.Accepted or WebhookStatus.Duplicate or WebhookStatus.Ignored => Json.Of(
                StatusCodes.Status202Accepted,
                new WebhookTaken(answer.EventId, JsonNamingPolicy.CamelCase.ConvertName(answer.Status.ToString()))
            ),
            WebhookStatus.Unauthorized => Refused(http, connection),
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

    /// <summary>Only what is refused has a limit in time: see <see cref="WebhookBuckets"/>.</summary>
    private IResult Refused(HttpContext http, ConnectionId connection)
    {
        if (buckets.TryTake(connection) is not { } wait)
            return Problems.Of(StatusCodes.Status401Unauthorized, null);
        http.Response.Headers.RetryAfter = RetryAfter.Seconds(wait);
        return Problems.Of(
            StatusCodes.Status429TooManyRequests,
            "Too many webhooks without the connection's secret: send the next one later."
        );
    }

    private static string? Header(HttpRequest request, string name) =>
        request.Headers.TryGetValue(name, out var values) ? values.ToString() : null;
}
