using System.Text.Json;
using IntacctSync.Core.Detection.Webhooks;
using IntacctSync.Core.Domain;
using IntacctSync.Web.Answers;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Webhooks;

/// <summary>Takes webhooks. The body is not looked at before its length and sender are checked.</summary>
internal sealed class WebhookEndpoints(WebhookReceiver receiver, WebhookBuckets buckets)
{
    private const int MaxBytes = 256 * 1024;
    private static readonly TimeSpan ComeAgain = TimeSpan.FromSeconds(30);

    public async Task<IResult> ReceiveAsync(HttpContext http, string id, CancellationToken cancellationToken)
    {
        if (!ConnectionId.TryParse(id, out var connection))
            return Problems.Of(StatusCodes.Status404NotFound, "There is no such connection.");
        if (buckets.TryTake(connection) is { } wait)
        {
            http.Response.Headers.RetryAfter = RetryAfter.Seconds(wait);
            return Problems.Of(
                StatusCodes.Status429TooManyRequests,
                "Too many webhooks of this connection at once: send this one again later."
            );
        }

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
            WebhookStatus.Unauthorized => Problems.Of(StatusCodes.Status401Unauthorized, null),
            WebhookStatus.NotFound => Problems.Of(StatusCodes.Status404NotFound, "There is no such connection."),
            WebhookStatus.Gone => Problems.Of(
                StatusCodes.Status410Gone,
                "The connection is deactivated: stop sending, or activate it."
            ),
            _ => Problems.Later(http, ComeAgain, "The event could not be made durable: send it again."),
        };
    }

    private static string? Header(HttpRequest request, string name) =>
        request.Headers.TryGetValue(name, out var values) ? values.ToString() : null;
}
