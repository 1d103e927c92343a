using System.Net;
using IntacctSync.Core.Secrets;
using IntacctSync.Web.Answers;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Access;

/// <summary>Refuses calls of the operations by callers who may not make them.</summary>
internal sealed class OperationsGate(OperationsAccess access, WrongKeys wrongKeys, Origins origins) : IEndpointFilter
{
    private const string KeyHeader = "x-api-key";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var refusal = (access.ApiKey, access.WithoutKey) switch
        {
            _ when origins.IsForeign(http.Request) => Problems.Of(
                StatusCodes.Status403Forbidden,
                "A page of another origin calls: operations are served to pages of this host only. Call them from a "
                    + "program, or from a page under this address and port."
            ),
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

    /// <summary>
    /// The right key is served however many wrong ones came before: else a stranger behind the same proxy could shut
    /// everybody out.
    /// </summary>
    private IResult? ByKey(HttpContext http, string key)
    {
        var given = http.Request.Headers[KeyHeader].ToString();
        if (SecretMatch.IsSame(given, key))
            return null;
        if (wrongKeys.Take(http) is { } later)
            return later;
        http.Response.Headers.WWWAuthenticate = "ApiKey";
        return Problems.Of(
            StatusCodes.Status401Unauthorized,
            given.Length == 0
                ? $"The header {KeyHeader} is missing: send the value of {OperationsAccess.ConfigurationKey}."
                : $"The header {KeyHeader} is not the value of {OperationsAccess.ConfigurationKey}."
        );
    }

    /// <summary>
    /// The address alone proves nothing: a proxy on this machine calls for others, and a name that was bound anew to
    /// 127.0.0.1 brings a stranger's page here. A proxy need not show itself either, so this is for the sandbox only.
    /// </summary>
    public static bool IsOfThisMachine(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address
        && IPAddress.IsLoopback(address)
        && IsLoopback(http.Request.Host.Host)
        && !ProxySigns.On(http.Request);

    private static IResult? ByPlace(HttpContext http) =>
        IsOfThisMachine(http)
            ? null
            : Problems.Of(
                StatusCodes.Status403Forbidden,
                $"{OperationsAccess.ConfigurationKey} is not set, so operations are served only to this "
                    + $"machine, by its name localhost or 127.0.0.1, and through no proxy: set it to call from "
                    + $"elsewhere."
            );

    private static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
