using System.Net;

namespace IntacctSync.Core.Upflow.Client;

/// <summary>What an answer means and how it is told: the one place where that is decided. Pure.</summary>
/// <remarks>
/// Upflow publishes the meaning of 400, 401, 404, 429, 500 and 503 (docs.upflow.io, Integrating with the Upflow API);
/// any 2xx is a success, whatever the body says.
/// </remarks>
internal static class UpflowErrors
{
    /// <summary>Null for success.</summary>
    public static UpflowFailure? Classify(UpflowAnswer answer) =>
        (answer.Status, answer.IsPage) switch
        {
            (HttpStatusCode.TooManyRequests, _) => UpflowFailure.Throttled,
            (HttpStatusCode.Unauthorized, _) => UpflowFailure.KeyRejected,
            (HttpStatusCode.Forbidden, _) => UpflowFailure.NotPermitted,
            (HttpStatusCode.RequestTimeout or (HttpStatusCode)425 or >= HttpStatusCode.InternalServerError, _) =>
                UpflowFailure.Transient,
            var (status, _) when status is >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest =>
                UpflowFailure.NotUpflow,
            (HttpStatusCode.NotFound or HttpStatusCode.Gone, false) => UpflowFailure.NotFound,
            (HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.MethodNotAllowed, _) =>
                UpflowFailure.NotUpflow,
            var (status, _) when status >= HttpStatusCode.BadRequest => UpflowFailure.Rejected,
            var (status, isPage) when status >= HttpStatusCode.OK && isPage => UpflowFailure.NotUpflow,
            var (status, _) when status >= HttpStatusCode.OK && !answer.IsBroken => null,
            _ => UpflowFailure.Unreadable,
        };

    /// <summary>True when a write that failed so may have been carried out all the same.</summary>
    public static bool LeavesDoubt(UpflowFailure failure, HttpStatusCode? status, bool writes) =>
        writes
        && failure switch
        {
            UpflowFailure.OutcomeUnknown or UpflowFailure.Transient or UpflowFailure.Unreadable => true,
            UpflowFailure.NotUpflow => status is >= HttpStatusCode.OK and < HttpStatusCode.Ambiguous,
            _ => false,
        };

    public static string Message(UpflowFailure failure, UpflowCall call, UpflowAnswer answer)
    {
        var said =
            answer.Excerpt.Length > 0
                ? $"{(int)answer.Status}: {answer.Excerpt}"
                : $"{(int)answer.Status}, without a text";
        return failure switch
        {
            UpflowFailure.Throttled => $"Upflow refused {call.Told} for the organisation's rate of requests ({said}).",
            UpflowFailure.KeyRejected =>
                $"Upflow refused the keys for {call.Told} ({said}). Check upflow.apiKey and upflow.apiSecret (Upflow: "
                    + "Settings, API).",
            UpflowFailure.NotPermitted => $"Upflow does not permit {call.Told} to these keys ({said}).",
            UpflowFailure.Transient => $"Upflow failed at {call.Told} ({said}). It is tried again.",
            UpflowFailure.NotFound => $"Upflow knows nothing at {call.Told} ({said}). It may have been deleted.",
            UpflowFailure.Rejected => $"Upflow refused {call.Told} ({said}). Change what it names, then retry.",
            UpflowFailure.NotUpflow =>
                $"{call.Address.GetLeftPart(UriPartial.Authority)} does not answer {call.Told} as Upflow does "
                    + $"({said}). Check upflow.apiUrl: it is https://api.upflow.io/v1, or the sandbox's.",
            _ =>
                $"Upflow's answer to {call.Told} can't be read ({said}). It is tried again; if it stays so, report it.",
        };
    }
}
