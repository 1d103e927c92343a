using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Storage;
using IntacctSync.Web.Answers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Web.Health;

/// <summary>Whether the process is up, and whether it can be given work.</summary>
internal sealed partial class HealthEndpoints(
    IEnumerable<IReadinessCheck> checks,
    TimeProvider time,
    ILogger<HealthEndpoints> logger
)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    public static IResult Live() => Json.Ok(new HealthStatus("live"));

    public async Task<IResult> ReadyAsync(CancellationToken cancellationToken)
    {
        var wrong = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, what) in await Task.WhenAll(checks.Select(check => CheckAsync(check, cancellationToken))))
        {
            if (what is not null)
                wrong[name] = what;
        }

        return wrong.Count == 0
            ? Json.Ok(new HealthStatus("ready"))
            : TypedResults.Problem(
                string.Join(" ", wrong.Select(w => $"{w.Key}: {w.Value}")),
                statusCode: StatusCodes.Status503ServiceUnavailable,
                extensions: wrong
            );
    }

    private async Task<(string Name, string? Wrong)> CheckAsync(
        IReadinessCheck check,
        CancellationToken cancellationToken
    )
    {
        using var longest = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(longest.Token, cancellationToken);
        try
        {
            return (check.Name, await check.CheckAsync(either.Token));
        }
        catch (OperationCanceledException) when (longest.IsCancellationRequested)
        {
            return (check.Name, $"no answer within {Longest:c}.");
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogWrong(e, check.Name);
            return (
                check.Name,
                e is TableUnavailableException or QueueUnavailableException
                    ? e.Message
                    : $"unexpected {e.GetType().Name}; see the log."
            );
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The {Check} is not ready")]
    private partial void LogWrong(Exception exception, string check);
}
