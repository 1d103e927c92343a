using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Access;

/// <summary>Tells whether a page of another origin makes a browser call here.</summary>
internal static class Origins
{
    private const string FetchSite = "Sec-Fetch-Site";

    /// <summary>
    /// Browsers say it themselves, and no page can make them say otherwise (w3.org/TR/fetch-metadata). Where they
    /// don't, the origin is compared as a whole: another port is another origin.
    /// </summary>
    public static bool IsForeign(HttpRequest request)
    {
        var site = request.Headers[FetchSite];
        if (site.Count > 0)
            return site.Any(s => s is not ("same-origin" or "none"));
        var here = $"{request.Scheme}://{request.Host.Value}";
        return request.Headers.Origin.Any(origin => !IsSame(origin, here));
    }

    private static bool IsSame(string? origin, string here) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var from)
        && Uri.TryCreate(here, UriKind.Absolute, out var own)
        && Uri.Compare(
            from,
            own,
            UriComponents.SchemeAndServer,
            UriFormat.SafeUnescaped,
            StringComparison.OrdinalIgnoreCase
        ) == 0;
}
