using System.Net;
using IntacctSync.Core.Detection.Webhooks;
using IntacctSync.Core.Domain;

namespace IntacctSync.Tests.Scenarios.Road;

/// <summary>
/// Brings the simulator's webhooks to the receiver, as a host's endpoint does; there is no socket between them.
/// </summary>
internal sealed class WebhookWire(Func<WebhookReceiver?> receiver) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        if (receiver() is not { } to)
            return new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        var body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        var id = ConnectionId.Parse(request.RequestUri!.Segments[^1]);
        try
        {
            var answer = await to.ReceiveAsync(
                id,
                name => request.Headers.TryGetValues(name, out var values) ? values.First() : null,
                body,
                cancellationToken
            );
            return new HttpResponseMessage(
                answer.Status switch
                {
                    WebhookStatus.Accepted or WebhookStatus.Duplicate or WebhookStatus.Ignored =>
                        HttpStatusCode.Accepted,
                    WebhookStatus.Unauthorized => HttpStatusCode.Unauthorized,
                    WebhookStatus.NotFound => HttpStatusCode.NotFound,
                    WebhookStatus.Gone => HttpStatusCode.Gone,
                    _ => HttpStatusCode.ServiceUnavailable,
                }
            );
        }
        catch (OperationCanceledException)
        {
            return new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        }
    }
}
