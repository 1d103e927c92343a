using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Access;

/// <summary>Headers that show that a request came through a proxy, so that its sender may be on another
/// machine.</summary>
internal static class ProxySigns
{
    /// <summary>What proxies and content networks add, beside all that begin with <see cref="Prefixes"/>.</summary>
    private static readonly string[] Headers =
    [
        "Forwarded",
        "Via",
        "X-Real-IP",
        "X-Client-IP",
        "X-Cluster-Client-IP",
        "X-ProxyUser-Ip",
        "X-Host",
        "Client-IP",
        "True-Client-IP",
        "CDN-Loop",
        "Proxy-Connection",
    ];

    private static readonly string[] Prefixes =
    [
        "X-Forwarded",
        "X-Original-",
        "X-ARR-",
        "X-Envoy-",
        "CF-",
        "Fastly-",
        "X-Azure-",
        "X-Amzn-",
    ];

    /// <remarks>
    /// nginx speaks HTTP/1.0 to what is behind it unless it is told otherwise, and adds no header
    /// (nginx.org/en/docs/http/ngx_http_proxy_module.html, proxy_http_version); browsers and curl don't.
    /// </remarks>
    public static bool On(HttpRequest request) =>
        HttpProtocol.IsHttp10(request.Protocol)
        || Headers.Any(request.Headers.ContainsKey)
        || request.Headers.Keys.Any(name =>
            Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        );
}
