using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Storage;
using IntacctSync.Web.Answers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Web.Health;

/// <summary>Whether the process is up, and whether it can be given work.</summary>
internal sealed partial class HealthEndpoints(
    IEnumerable<IReadinessCheck> checks,
    ConnectionStore connections,
    TimeProvider time,
    ILogger<HealthEndpoints> logger
) : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>How long an answer is kept for all who ask, since each check makes a write.</summary>
    private static readonly TimeSpan Shared = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private (Looked Looked, long At)? _last;

    public void Dispose() => _gate.Dispose();

    public static IResult Live() => Json.Ok(new HealthStatus("live"));

    public async Task<IResult> ReadyAsync(CancellationToken cancellationToken)
    {
        var (wrong, stopped) = await LookAsync(cancellationToken);
        return wrong.Count == 0
            ? Json.Ok(new HealthStatus("ready", stopped?.Count, stopped))
            : TypedResults.Problem(
                string.Join(" ", wrong.Select(w => $"{w.Key}: {w.Value}").Concat(Told(stopped))),
                statusCode: StatusCodes.Status503ServiceUnavailable,
                extensions: stopped is null
                    ? wrong
                    : new Dictionary<string, object?>(wrong, StringComparer.Ordinal) { ["stopped"] = stopped }
            );
    }

    private static IEnumerable<string> Told(IReadOnlyList<string>? stopped) =>
        stopped is null ? [] : [$"Stopped connections: {string.Join(", ", stopped)}."];

    private async Task<Looked> LookAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_last is { } last && time.GetElapsedTime(last.At) < Shared)
                return last.Looked;
            var looks = await Task.WhenAll(checks.Select(check => CheckAsync(check, cancellationToken)));
            var wrong = looks
                .Where(look => look.Wrong is not null)
                .ToDictionary(look => look.Name, object? (look) => look.Wrong, StringComparer.Ordinal);
            var looked = new Looked(wrong, await StoppedAsync(cancellationToken));
            _last = (looked, time.GetTimestamp());
            return looked;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>A host with a connection that can't work is ready: it is given its work all the same.</summary>
    private async Task<IReadOnlyList<string>?> StoppedAsync(CancellationToken cancellationToken)
    {
        using var longest = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(longest.Token, cancellationToken);
        try
        {
            var all = await connections.ListAsync(either.Token).WaitAsync(either.Token);
            List<string> stopped = [.. all.Where(c => c is { Active: true, Stop: not null }).Select(c => c.Id.Value)];
            return stopped.Count > 0 ? stopped : null;
        }
        catch (Exception e)
            when (e is OperationCanceledException or TableUnavailableException
                && !cancellationToken.IsCancellationRequested
            )
        {
            return null;
        }
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
            // A client may go on trying when nobody waits any more.
            return (check.Name, ServerPaths.Shorten(await check.CheckAsync(either.Token).WaitAsync(either.Token)));
        }
        catch (OperationCanceledException) when (longest.IsCancellationRequested)
        {
            return (check.Name, $"no answer within {Longest:c}.");
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogWrong(new LoggedException(e), check.Name);
            return (
                check.Name,
                e is TableUnavailableException or QueueUnavailableException
                    ? ServerPaths.Shorten(e.Message)
                    : $"unexpected {e.GetType().Name}; see the log."
            );
        }
    }

    private sealed record Looked(Dictionary<string, object?> Wrong, IReadOnlyList<string>? Stopped);

    [LoggerMessage(Level = LogLevel.Error, Message = "The {Check} is not ready")]
    private partial void LogWrong(LoggedException exception, string check);
}
