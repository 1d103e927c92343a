using System.Globalization;
using System.Net;
using IntacctSync.Core.Intacct.Errors;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.Remote;

namespace IntacctSync.Core.Intacct.Transport;

/// <summary>
/// What an answer without HTTP success means. It comes from the servers in front of Intacct; Intacct's own refusals
/// come with 200.
/// </summary>
internal static class GatewayAnswer
{
    /// <param name="answer">Its status and headers.</param>
    /// <param name="document">Its body, when that could be read as an answer of Intacct.</param>
    public static IntacctException ToException(RemoteAnswer answer, ResponseDocument? document)
    {
        var response = answer.Response;
        var errors = new IntacctErrorChain(IntacctErrorLevel.Control, document?.ControlErrors ?? []);
        var wait = answer.RetryAfter;
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
            return new IntacctException(
                IntacctFailure.Throttled,
                $"Intacct asks to send less at a time: {Describe(response)}",
                errors,
                retryAfter: wait
            );
        var refused =
            (int)response.StatusCode is >= 400 and < 500 && document is { ControlStatus: "failure", Results.Count: 0 };
        return refused
            ? new IntacctException(
                errors.Failure,
                $"Intacct's gateway refused the request: {errors} ({Describe(response)})",
                errors,
                retryAfter: wait
            )
            : new IntacctException(
                IntacctFailure.OutcomeUnknown,
                $"The answer does not say whether the request was executed: "
                    + $"{Describe(response)}{(errors.Count == 0 ? "" : $", {errors}")}",
                errors,
                outcomeUnknown: true,
                retryAfter: wait
            );
    }

    /// <summary>
    /// Status, type and request id of the server that answered. The body is left out, since it may hold anything.
    /// </summary>
    public static string Describe(HttpResponseMessage response)
    {
        var type = response.Content.Headers.ContentType?.MediaType ?? "no content type";
        var edge = response.Headers.TryGetValues("CF-RAY", out var ids) ? $", edge id {string.Join(' ', ids)}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)response.StatusCode}, {type}{edge}");
    }
}
