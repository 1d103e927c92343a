using IntacctSync.Core.Domain;
using IntacctSync.Web.Answers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Web.Access;

/// <summary>
/// Counts calls of the operations without the right key, slows who sends many, and has the log tell of them once a
/// minute at most.
/// </summary>
internal sealed partial class WrongKeys(TimeProvider time, ILogger<WrongKeys> logger) : IDisposable
{
    public const int Burst = 10;
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(6);

    private readonly RefusalLimit _limit = new(Burst, Pause);
    private readonly LineAMinute _line = new(time);

    /// <returns>429 for a caller who sent too many; null where it is told what is wrong.</returns>
    public IResult? Take(HttpContext http)
    {
        if (Wait(http) is not { } wait)
            return null;
        http.Response.Headers.RetryAfter = RetryAfter.Seconds(wait);
        return Problems.Of(
            StatusCodes.Status429TooManyRequests,
            "Too many calls with a wrong key: wait, then try again."
        );
    }

    /// <summary>Counts a wrong key.</summary>
    /// <returns>How long a caller who sent too many has to wait; null where it is told what is wrong.</returns>
    public TimeSpan? Wait(HttpContext http)
    {
        RoadTelemetry.WrongKey();
        var caller = Caller.Of(http);
        var wait = _limit.TryTake(caller);
        var count = _line.Count(isDue: wait is not null);
        if (count > 0)
            LogMany(count, caller.Text);
        return wait;
    }

    public void Dispose() => _limit.Dispose();

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Calls of the operations without the right key, since this was last told: {Count}. "
            + "The last came from "
            + "{Caller}, which is answered 429 now. If that is none of yours, keep it away from this host"
    )]
    private partial void LogMany(long count, string caller);
}
