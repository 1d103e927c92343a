using IntacctSync.Web.Description;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Health;

/// <summary>What callers must know of the calls about health.</summary>
internal static class HealthCalls
{
    public static readonly CallDescription Live = new("getLive", "Whether the process is up.")
    {
        Replies = [new(StatusCodes.Status200OK, "It is.", typeof(HealthStatus))],
    };

    public static readonly CallDescription Ready = new("getReady", "Whether this host can be given work.")
    {
        Replies =
        [
            new(StatusCodes.Status200OK, "It can.", typeof(HealthStatus)),
            new(StatusCodes.Status503ServiceUnavailable, "It can't; detail says what does not answer."),
        ],
    };
}

/// <summary>How a host is.</summary>
/// <param name="Status"><c>live</c> or <c>ready</c>.</param>
/// <param name="StoppedConnections">
/// How many connections are at work and can't do any, such as by a refused sign-in; null where none is.
/// </param>
/// <param name="Stopped">Their ids. Why each is stopped stands in its status, for who has the key.</param>
internal sealed record HealthStatus(
    string Status,
    int? StoppedConnections = null,
    IReadOnlyList<string>? Stopped = null
);
