using IntacctSync.Web.Description;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Webhooks;

/// <summary>What senders must know of the calls for webhooks.</summary>
internal static class WebhookCalls
{
    public static readonly CallDescription Check = new("checkWebhookAddress", "Lets a sender test the address.")
    {
        Replies = [new(StatusCodes.Status200OK, "For every id.")],
    };

    public static readonly CallDescription CheckHead = Check with { Name = "checkWebhookAddressHead" };

    public static readonly CallDescription Receive = new("receiveWebhook", "Takes a webhook.")
    {
        Details =
            "The body is the event as the app sends it. It is a hint: the record is read back before anything is "
            + "written.",
        IsWebhook = true,
        Body = CallBody.Anything,
        Replies =
        [
            new(StatusCodes.Status202Accepted, "It is kept, or nobody listens to it.", typeof(WebhookTaken)),
            new(StatusCodes.Status401Unauthorized, "The proof is missing or wrong, or the connection has no secret."),
            new(StatusCodes.Status404NotFound, "There is no such connection."),
            new(StatusCodes.Status410Gone, "The connection is deactivated."),
            Reply.Later(StatusCodes.Status429TooManyRequests, "Too many without the secret: send the next one later."),
            Reply.Later(
                StatusCodes.Status503ServiceUnavailable,
                "It could not be made durable, or too many wait for that: send it again."
            ),
        ],
    };
}
