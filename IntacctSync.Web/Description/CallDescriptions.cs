using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace IntacctSync.Web.Description;

/// <summary>Puts a call's description beside its address.</summary>
internal static class CallDescriptions
{
    private const string Json = "application/json";
    private const string ProblemJson = "application/problem+json";

    /// <param name="call">A call that was just mapped.</param>
    /// <param name="description">What is to be known of it.</param>
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder call, CallDescription description)
    {
        call.WithSummary(description.Summary).WithMetadata(description);
        if (description.Details is { } details)
            call.WithDescription(details);
        call.Add(endpoint =>
        {
            foreach (var reply in RepliesTo(description, endpoint.Metadata.OfType<NeedsApiKey>().Any()))
                endpoint.Metadata.Add(Metadata(reply));
        });
        return call;
    }

    /// <summary>
    /// The answers of a call: its own, and those of all calls of its kind. Where both have the same status, the call's
    /// own text is used.
    /// </summary>
    private static IEnumerable<Reply> RepliesTo(CallDescription description, bool behindKey)
    {
        List<Reply> replies = [.. description.Replies];
        if (description.Body is not null)
            replies.AddRange(CommonReplies.ToBodies);
        if (description.Query.Count > 0)
            replies.AddRange(CommonReplies.ToQueries);
        if (behindKey)
            replies.AddRange(CommonReplies.NeedsApiKey);
        replies.AddRange(CommonReplies.Always);
        return replies.DistinctBy(reply => reply.Status);
    }

    private static ProducesResponseTypeMetadata Metadata(Reply reply) =>
        reply.Status switch
        {
            StatusCodes.Status400BadRequest => Of(reply, typeof(HttpValidationProblemDetails), ProblemJson),
            > StatusCodes.Status400BadRequest => Of(reply, typeof(ProblemDetails), ProblemJson),
            _ when reply.Type is { } type => Of(reply, type, Json),
            _ => new ProducesResponseTypeMetadata(reply.Status, typeof(void)) { Description = reply.Text },
        };

    private static ProducesResponseTypeMetadata Of(Reply reply, Type type, string contentType) =>
        new(reply.Status, type, [contentType]) { Description = reply.Text };
}
