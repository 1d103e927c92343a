using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Scalar.AspNetCore;

namespace IntacctSync.Web.Description;

/// <summary>
/// The description as a page to read and to try calls on. It holds no data; each call that is tried needs its proof.
/// </summary>
internal static class ReferencePage
{
    /// <summary>
    /// Only this host: the page's script and style come with it. Its script knows addresses of its makers (fonts,
    /// a proxy, a registry), so the browser is told to go to none of them.
    /// </summary>
    private const string OnlyThisHost =
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
        + "img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; form-action 'none'; "
        + "base-uri 'self'; frame-ancestors 'none'";

    private const string Title = "IntacctSync API";

    /// <summary>The page is made by its script; who has none reads what it is made from.</summary>
    private const string WithoutScript = $"""
        <noscript>
            <h1>{Title}</h1>
            <p>This page needs JavaScript. Without it, read <a href="/api/openapi.json">the description that it is made
            from</a>, in OpenAPI: it names every call, what it takes and what it answers. So does docs/api.md, which
            comes with the program.</p>
        </noscript>
        """;

    public static void MapReferencePage(this IEndpointRouteBuilder endpoints)
    {
        var page = endpoints.MapScalarApiReference(
            "/docs",
            (options, http) =>
            {
                http.Response.Headers.ContentSecurityPolicy = OnlyThisHost;
                options.Title = Title;
                options.HeaderContent = WithoutScript;
                options.OpenApiRoutePattern = "/api/openapi.json";
                options.DefaultFonts = false;
                options.Telemetry = false;
                options.HideClientButton = true;
                options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
                options.Agent = new ScalarAgentOptions { Disabled = true };
            }
        );
        page.ExcludeFromDescription()
            .AddEndpointFilter(
                async (call, next) =>
                    await next(call) is ContentHttpResult { ResponseContent: { } html } content
                        ? TypedResults.Content(
                            html.Replace("<html>", "<html lang=\"en\">", StringComparison.Ordinal),
                            content.ContentType,
                            statusCode: content.StatusCode
                        )
                        : null
            );
    }
}
