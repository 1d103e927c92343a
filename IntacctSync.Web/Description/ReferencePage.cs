using Microsoft.AspNetCore.Http;
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

    public static void MapReferencePage(this IEndpointRouteBuilder endpoints)
    {
        var page = endpoints.MapScalarApiReference(
            "/docs",
            (options, http) =>
            {
                http.Response.Headers.ContentSecurityPolicy = OnlyThisHost;
                options.Title = "IntacctSync API";
                options.OpenApiRoutePattern = "/api/openapi.json";
                options.DefaultFonts = false;
                options.Telemetry = false;
                options.HideClientButton = true;
                options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
                options.Agent = new ScalarAgentOptions { Disabled = true };
            }
        );
        page.ExcludeFromDescription();
    }
}
