using Microsoft.AspNetCore.Builder;

namespace IntacctSync.Web.Answers;

/// <summary>What every answer of a host says to browsers and caches, whoever gives it.</summary>
public static class AnswerHeaders
{
    /// <summary>
    /// No answer is kept by anybody on the way but a file that never changes, and none is taken for another kind of
    /// content than it says. To be called before anything that answers.
    /// </summary>
    public static IApplicationBuilder UseAnswerHeaders(this IApplicationBuilder app) =>
        app.Use(
            (http, next) =>
            {
                http.Response.OnStarting(() =>
                {
                    http.Response.Headers.XContentTypeOptions = "nosniff";
                    if (!http.Response.Headers.CacheControl.ToString().Contains("immutable", StringComparison.Ordinal))
                        http.Response.Headers.CacheControl = "no-store";
                    return Task.CompletedTask;
                });
                return next(http);
            }
        );
}
