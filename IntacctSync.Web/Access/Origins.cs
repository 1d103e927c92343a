using IntacctSync.Core.Notifications;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Access;

/// <summary>Tells whether a page of another origin makes a browser call here.</summary>
/// <remarks>
/// A proxy that ends https calls this host by plain http, and perhaps by another name, so the origin of its pages is
/// not the one of the request. Headers in which a proxy tells its address can be sent by anybody, so that address is
/// taken from <c>Email:LinkBase</c> alone, where people reach this host. Where no key is asked for, it does not count:
/// the sandbox is served to its own machine only.
/// </remarks>
internal sealed class Origins(OperationsAccess access, EmailOptions email)
{
    private const string FetchSite = "Sec-Fetch-Site";

    private readonly Uri? _public =
        access.ApiKey is { Length: > 0 } && Uri.TryCreate(email.LinkBase, UriKind.Absolute, out var address)
            ? address
            : null;

    /// <summary>
    /// Browsers say it themselves, and no page can make them say otherwise (w3.org/TR/fetch-metadata). Where they
    /// don't, the origin is compared as a whole: another port is another origin.
    /// </summary>
    public bool IsForeign(HttpRequest request)
    {
        var site = request.Headers[FetchSite];
        if (site.Count > 0)
            return site.Any(s => s is not ("same-origin" or "none"));
        return request.Headers.Origin.Any(text =>
            !Uri.TryCreate(text, UriKind.Absolute, out var origin)
            || !(IsSame(origin, Here(request)) || IsSame(origin, _public))
        );
    }

    private static Uri? Here(HttpRequest request) =>
        Uri.TryCreate($"{request.Scheme}://{request.Host.Value}", UriKind.Absolute, out var own) ? own : null;

    private static bool IsSame(Uri origin, Uri? own) =>
        own is not null
        && Uri.Compare(
            origin,
            own,
            UriComponents.SchemeAndServer,
            UriFormat.SafeUnescaped,
            StringComparison.OrdinalIgnoreCase
        ) == 0;
}
