using IntacctSync.Web.Access;
using IntacctSync.Web.Console.Pages;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Console.Access;

/// <summary>Lets pass who signed in, and forms that this console gave.</summary>
internal sealed class ConsoleGate(OperationsAccess access, ConsoleCookies cookies, Origins origins) : IEndpointFilter
{
    public const string SignInPath = "/console/sign-in";
    public const string TokenField = "_token";

    /// <summary>Only this host's own style is loaded, nothing runs, and no other page shows this one.</summary>
    private const string Policy =
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        + "frame-ancestors 'none'";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        Harden(http.Response.Headers);
        if (await FormRefusalAsync(http, http.RequestAborted) is { } refused)
            return refused;
        if (PlaceRefusal(http) is { } elsewhere)
            return elsewhere;
        var open =
            string.IsNullOrEmpty(access.ApiKey)
            || http.GetEndpoint()?.Metadata.GetMetadata<OpenToAll>() is not null
            || cookies.IsSignedIn(http);
        return open ? await next(context) : ToSignIn(http);
    }

    private static void Harden(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
    }

    private async Task<PageResult?> FormRefusalAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (!HttpMethods.IsPost(http.Request.Method))
            return null;
        if (origins.IsForeign(http.Request))
            return PageResult.Refused(
                StatusCodes.Status403Forbidden,
                "This form was sent by a page of another site. Open the console under its own address and try again. "
                    + "If a proxy gives it that address, set Email:LinkBase to it, such as https://sync.example.com."
            );
        var form = await Form.ReadAsync(http, cancellationToken);
        return ConsoleCookies.IsTokenOf(http, form[TokenField])
            ? null
            : PageResult.Refused(
                StatusCodes.Status400BadRequest,
                "This form is no longer valid: it is too old, or cookies are switched off. Nothing was changed. Go "
                    + "back, load the page again, and send it once more."
            );
    }

    private PageResult? PlaceRefusal(HttpContext http) =>
        (access.ApiKey, access.WithoutKey) switch
        {
            ({ Length: > 0 }, _) => null,
            (_, WithoutKey.Refuse) => PageResult.Refused(
                StatusCodes.Status503ServiceUnavailable,
                $"{OperationsAccess.ConfigurationKey} is not set, so nobody can sign in: set it, and start the host "
                    + "again."
            ),
            _ when !OperationsGate.IsOfThisMachine(http) => PageResult.Refused(
                StatusCodes.Status403Forbidden,
                "This is the sandbox, which is served only to this machine, by its name localhost or 127.0.0.1, and "
                    + "through no proxy."
            ),
            _ => null,
        };

    /// <summary>
    /// A link in a mail comes from another site, and then a browser holds back the cookie. The page asks for itself
    /// once more, which is a request of this site.
    /// </summary>
    private static IResult ToSignIn(HttpContext http)
    {
        var reads = HttpMethods.IsGet(http.Request.Method);
        var to = http.Request.Path.ToUriComponent() + http.Request.QueryString.ToUriComponent();
        if (reads && http.Request.Headers["Sec-Fetch-Site"] == "cross-site")
            return new AskAgain(to);
        return new SeeOther(SignInPath + (reads ? "?to=" + Uri.EscapeDataString(to) : ""));
    }
}

/// <summary>Marks what is served to who has not signed in.</summary>
internal sealed record OpenToAll;
