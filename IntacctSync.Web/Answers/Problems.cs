using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Answers;

/// <summary>Refusals as problem details (RFC 9457).</summary>
internal static class Problems
{
    /// <param name="status">HTTP status.</param>
    /// <param name="detail">What was found, the rule and the fix; null where the caller is to learn nothing.</param>
    public static IResult Of(int status, string? detail) => TypedResults.Problem(detail, statusCode: status);

    /// <summary>400 with what is wrong, by field.</summary>
    public static IResult Invalid(IDictionary<string, string[]> errors) =>
        TypedResults.Problem(new HttpValidationProblemDetails(errors) { Status = StatusCodes.Status400BadRequest });

    /// <summary>400 for one field.</summary>
    public static IResult Invalid(string field, string text) =>
        Invalid(new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [text] });

    /// <summary>503 that asks to come again.</summary>
    public static IResult Later(HttpContext http, TimeSpan after, string? detail)
    {
        http.Response.Headers.RetryAfter = RetryAfter.Seconds(after);
        return Of(StatusCodes.Status503ServiceUnavailable, detail);
    }
}
