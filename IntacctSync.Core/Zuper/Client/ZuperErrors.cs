using System.Net;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Client;

/// <summary>What an answer means and how it is told: the one place where that is decided. Pure.</summary>
internal static class ZuperErrors
{
    private const HttpStatusCode SiteOverloaded = (HttpStatusCode)529;

    /// <summary>Null for success.</summary>
    /// <remarks>The status is looked at first, then whether the body is Zuper's at all, then what it says.</remarks>
    public static ZuperFailure? Classify(ZuperAnswer answer, bool writes) =>
        (answer.Shape, answer.Status) switch
        {
            (_, HttpStatusCode.TooManyRequests or SiteOverloaded) => ZuperFailure.Throttled,
            (_, HttpStatusCode.Unauthorized) => ZuperFailure.KeyRejected,
            (_, HttpStatusCode.Forbidden) => ZuperFailure.NotPermitted,
            (_, HttpStatusCode.RequestTimeout or (HttpStatusCode)425 or >= HttpStatusCode.InternalServerError) =>
                ZuperFailure.Transient,
            (_, >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest) => ZuperFailure.NotZuper,
            (ZuperShape.Json, HttpStatusCode.NotFound or HttpStatusCode.Gone) => ZuperFailure.NotFound,
            (_, HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.MethodNotAllowed) =>
                ZuperFailure.NotZuper,
            (_, >= HttpStatusCode.BadRequest) => ZuperFailure.Rejected,
            (ZuperShape.Json, >= HttpStatusCode.OK) => ClassifyEnvelope(answer, writes),
            (ZuperShape.Other, >= HttpStatusCode.OK) => ZuperFailure.NotZuper,
            _ => ZuperFailure.Unreadable,
        };

    /// <summary>True when a write that failed so may have been carried out all the same.</summary>
    public static bool LeavesDoubt(ZuperFailure failure, HttpStatusCode? status, bool writes) =>
        writes
        && failure switch
        {
            ZuperFailure.OutcomeUnknown or ZuperFailure.Transient or ZuperFailure.Unreadable => true,
            ZuperFailure.NotZuper => status is >= HttpStatusCode.OK and < HttpStatusCode.Ambiguous,
            _ => false,
        };

    /// <summary>True for a refusal that says that the uid is not known; Zuper gives it with 404 and with 400.</summary>
    public static bool NamesUnknownRecord(string excerpt) =>
        excerpt.Contains("UID", StringComparison.OrdinalIgnoreCase)
        && (
            excerpt.Contains("invalid", StringComparison.OrdinalIgnoreCase)
            || excerpt.Contains("found for", StringComparison.OrdinalIgnoreCase)
        );

    public static string Message(ZuperFailure failure, ZuperCall call, ZuperAnswer answer)
    {
        var said =
            answer.Excerpt.Length > 0
                ? $"{(int)answer.Status}: {answer.Excerpt}"
                : $"{(int)answer.Status}, without a text";
        return failure switch
        {
            ZuperFailure.Throttled => $"Zuper refused {call.Told} for the account's rate of requests ({said}).",
            ZuperFailure.KeyRejected =>
                $"Zuper refused the API key for {call.Told} ({said}). Check zuper.apiKey and the rights of the user "
                    + $"that made it (Zuper: Settings, Account Settings, API Keys).",
            ZuperFailure.NotPermitted =>
                $"Zuper does not permit {call.Told} ({said}). Give the user that made zuper.apiKey the right to it.",
            ZuperFailure.Transient => $"Zuper failed at {call.Told} ({said}). It is tried again.",
            ZuperFailure.NotFound => $"Zuper knows nothing at {call.Told} ({said}). It may have been deleted.",
            ZuperFailure.Rejected => $"Zuper refused {call.Told} ({said}). Change what it names, then retry.",
            ZuperFailure.NotZuper =>
                $"{call.Address.GetLeftPart(UriPartial.Authority)} does not answer {call.Told} as Zuper does "
                    + $"({said}). Check zuper.apiUrl: it is the address of the account's region, without /api.",
            _ => $"Zuper's answer to {call.Told} can't be read ({said}). It is tried again; if it stays so, report it.",
        };
    }

    /// <summary>
    /// A write is done only when Zuper says success; a read may leave the word out when it brings data.
    /// </summary>
    private static ZuperFailure? ClassifyEnvelope(ZuperAnswer answer, bool writes) =>
        answer.Type switch
        {
            "success" => null,
            "error" => ZuperFailure.Rejected,
            null
                when !writes
                    && (ZuperJson.Member(answer.Json, "data") ?? ZuperJson.Member(answer.Json, "config")) is not null =>
                null,
            _ => ZuperFailure.Unreadable,
        };
}
