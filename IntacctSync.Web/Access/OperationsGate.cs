using System.Net;
using System.Security.Cryptography;
using System.Text;
using IntacctSync.Web.Answers;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Access;

/// <summary>Refuses calls of the operations by callers who may not make them.</summary>
internal sealed class OperationsGate(OperationsAccess access) : IEndpointFilter
{
    private const string KeyHeader = "x-api-key";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var refusal = (access.ApiKey, access.WithoutKey) switch
        {
            ({ Length: > 0 } key, _) => ByKey(http, key),
            (_, WithoutKey.LoopbackOnly) => ByPlace(http),
            _ => Problems.Of(
                StatusCodes.Status503ServiceUnavailable,
                $"{OperationsAccess.ConfigurationKey} is not set, and this host serves operations by key only: "
                    + $"set it, then send it as {KeyHeader}."
            ),
        };
        return refusal ?? await next(context);
    }

    private static IResult? ByKey(HttpContext http, string key)
    {
        // Hashes, so that neither the length nor the first difference shows in the time it takes.
        var given = http.Request.Headers[KeyHeader].ToString();
        if (CryptographicOperations.FixedTimeEquals(Hash(given), Hash(key)))
            return null;
        http.Response.Headers.WWWAuthenticate = "ApiKey";
        return Problems.Of(
            StatusCodes.Status401Unauthorized,
            given.Length == 0
                ? $"The header {KeyHeader} is missing: send the value of {OperationsAccess.ConfigurationKey}."
                : $"The header {KeyHeader} is not the value of {OperationsAccess.ConfigurationKey}."
        );
    }

    /// <summary>
    /// The caller's address alone proves nothing, for three reasons. A proxy on this machine calls for others. A
    /// foreign page may have a host name that leads to 127.0.0.1. And a foreign page can send simple requests to
    /// localhost itself.
    /// </summary>
    private static IResult? ByPlace(HttpContext http)
    {
        var headers = http.Request.Headers;
        var allowed =
            http.Connection.RemoteIpAddress is { } address
            && IPAddress.IsLoopback(address)
            && IsLoopback(http.Request.Host.Host)
            && !headers.ContainsKey("Forwarded")
            && !headers.ContainsKey("X-Forwarded-For")
            && headers.Origin.All(origin =>
                Uri.TryCreate(origin, UriKind.Absolute, out var from) && IsLoopback(from.Host)
            );
        return allowed
            ? null
            : Problems.Of(
                StatusCodes.Status403Forbidden,
                $"{OperationsAccess.ConfigurationKey} is not set, so operations are served only to this "
                    + $"machine, by its name localhost or 127.0.0.1: set it to call from elsewhere."
            );
    }

    private static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
