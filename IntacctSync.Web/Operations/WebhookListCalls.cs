using IntacctSync.Web.Description;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Operations;

/// <summary>What callers must know of the calls about registered webhooks, and of the test letter.</summary>
internal static class WebhookListCalls
{
    public static readonly CallDescription List = new("listWebhooks", "The webhooks that the app has for a connection.")
    {
        Replies =
        [
            new(StatusCodes.Status200OK, "Those that lead to its path, on any host.", typeof(ConnectionWebhooks)),
            ConnectionCalls.NoConnection,
            NotHere,
            Unreached,
        ],
    };

    public static readonly CallDescription Register = new("registerWebhooks", "Registers webhooks in the app.")
    {
        Details = "One for each event that the flows which are on listen to, where there is none yet that leads here.",
        Body = new CallBody(
            Required: false,
            new BodyMember(
                "url",
                "Where this host is reached from outside; without it the setting Email:LinkBase.",
                MemberKind.Text
            )
        ),
        Replies =
        [
            new(StatusCodes.Status200OK, "How many were registered.", typeof(ChangedWebhooks)),
            ConnectionCalls.NoConnection,
            NotHere,
            Unreached,
        ],
    };

    public static readonly CallDescription Remove = new("removeWebhooks", "Removes a connection's webhooks in the app.")
    {
        Replies =
        [
            new(StatusCodes.Status200OK, "How many were removed.", typeof(ChangedWebhooks)),
            ConnectionCalls.NoConnection,
            NotHere,
            Unreached,
        ],
    };

    public static readonly CallDescription TestMail = new("sendTestMail", "Sends a test letter.")
    {
        Details = "To the addresses in syncFailureEmails.",
        Replies =
        [
            new(StatusCodes.Status200OK, "The mail server took it.", typeof(SentMail)),
            ConnectionCalls.NoConnection,
            new(StatusCodes.Status409Conflict, "No mail server is set, or no address."),
            Reply.Later(
                StatusCodes.Status503ServiceUnavailable,
                "The mail server did not take it; the detail says why."
            ),
        ],
    };

    private static Reply NotHere =>
        new(StatusCodes.Status409Conflict, "The app sends no webhooks, or the connection has no secret for them.");

    private static Reply Unreached =>
        Reply.Later(StatusCodes.Status503ServiceUnavailable, "The app did not answer as it should.");
}
