using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Answers;

/// <summary>What is answered below <c>/api</c> where no call is.</summary>
public static class MissingAnswers
{
    /// <summary>
    /// Gives a refusal without a body, as routing makes for an unknown address or method, its problem details. To be
    /// called before the endpoints.
    /// </summary>
    public static IApplicationBuilder UseProblemsForMissingAnswers(this IApplicationBuilder app) =>
        app.UseStatusCodePages(context =>
        {
            var http = context.HttpContext;
            return http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
                ? Problems.Of(http.Response.StatusCode, Detail(http)).ExecuteAsync(http)
                : Task.CompletedTask;
        });

    private static string? Detail(HttpContext http) =>
        http.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound =>
                "There is no such call: look for the address in /api/openapi.json, which lists them all.",
            StatusCodes.Status405MethodNotAllowed =>
                $"This address does not take {http.Request.Method}; it takes {http.Response.Headers.Allow}.",
            _ => null,
        };
}
