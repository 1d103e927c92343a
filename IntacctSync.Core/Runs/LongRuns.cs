using System.Collections.Concurrent;
using IntacctSync.Core.Domain;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Core.Runs;

/// <summary>
/// Carries out runs that only read, such as a comparison, beside the queue: in this process, with their progress on
/// their rows. A run that the process does not live to end counts as failed a few minutes later, and is started again
/// by whoever wants it.
/// </summary>
public sealed partial class LongRuns(RunStore runs, TimeProvider time, ILogger<LongRuns> logger) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Task> _working = new(StringComparer.Ordinal);

    /// <summary>
    /// How often a run says that it is worked at, whatever it waits for: well within the time after which it counts as
    /// ended.
    /// </summary>
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _starting = new(1);

    /// <summary>Begins a run; it goes on after this has returned.</summary>
    /// <param name="connection">Whose run.</param>
    /// <param name="kind">One of <see cref="RunKinds"/>.</param>
    /// <param name="flow">Null for all flows.</param>
    /// <param name="reach">What it is asked to look at.</param>
    /// <param name="work">Does it, and gives the report: as JSON, within a property of the store.</param>
    /// <param name="cancellationToken">Stops the beginning, not the run.</param>
    /// <returns>The run; or the one of its kind that is under way, and true.</returns>
    public async Task<(Run Run, bool UnderWay)> StartAsync(
        ConnectionId connection,
        string kind,
        FlowName? flow,
        RunReach reach,
        Func<RunProgress, CancellationToken, Task<string>> work,
        CancellationToken cancellationToken
    )
    {
        // One after the other: two that begin at once would not see each other.
        await _starting.WaitAsync(cancellationToken);
        try
        {
            return await StartOneAsync(connection, kind, flow, reach, work, cancellationToken);
        }
        finally
        {
            _starting.Release();
        }
    }

    private async Task<(Run Run, bool UnderWay)> StartOneAsync(
        ConnectionId connection,
        string kind,
        FlowName? flow,
        RunReach reach,
        Func<RunProgress, CancellationToken, Task<string>> work,
        CancellationToken cancellationToken
    )
    {
        var other = (await runs.ListAsync(connection, cancellationToken)).FirstOrDefault(r =>
            r.Kind == kind && r.State == RunState.Running
        );
        if (other is not null)
            return (other, true);
        var run = await runs.StartAsync(connection, kind, flow, reach, cancellationToken);
        _working[run.RunId] = Task.Run(
            async () =>
            {
                await CarryAsync(connection, run, work);
                _working.TryRemove(run.RunId, out _);
            },
            CancellationToken.None
        );
        return (run, false);
    }

    /// <summary>Waits until a run of this process has ended; returns at once for any other.</summary>
    public Task EndOfAsync(string runId, CancellationToken cancellationToken) =>
        _working.TryGetValue(runId, out var task) ? task.WaitAsync(cancellationToken) : Task.CompletedTask;

    /// <summary>Likewise, or until the patience is over.</summary>
    public Task EndOfAsync(string runId, TimeSpan patience, CancellationToken cancellationToken) =>
        _working.TryGetValue(runId, out var task)
            ? Task.WhenAny(task, Task.Delay(patience, time, cancellationToken))
            : Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
            return;
        await _stopping.CancelAsync();
        await Task.WhenAll(_working.Values);
        _stopping.Dispose();
        _starting.Dispose();
    }

    private async Task CarryAsync(
        ConnectionId connection,
        Run run,
        Func<RunProgress, CancellationToken, Task<string>> work
    )
    {
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        var progress = new RunProgress(runs, connection, run.RunId, time, cancelled);
        try
        {
            var report = await WorkAsync(work, progress, cancelled.Token);
            await progress.EndAsync(RunState.Done, report);
        }
        catch (OperationCanceledException) when (cancelled.IsCancellationRequested)
        {
            // A run that a person has cancelled says so already.
            await EndQuietlyAsync(
                progress,
                "The process stopped before it was done: start it again.",
                interrupted: true
            );
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            var problem = TextOf(e);
            var code = (e as RunFailedException)?.Code;
            LogFailed(code is null ? new LoggedException(e) : null, connection.Value, run.Kind, code ?? "unexpected");
            await EndQuietlyAsync(progress, problem, interrupted: false);
        }
    }

    private async Task<string> WorkAsync(
        Func<RunProgress, CancellationToken, Task<string>> work,
        RunProgress progress,
        CancellationToken cancellationToken
    )
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var beating = BeatAsync(progress, done.Token);
        try
        {
            return await work(progress, cancellationToken);
        }
        finally
        {
            await done.CancelAsync();
            await beating;
        }
    }

    private async Task BeatAsync(RunProgress progress, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Beat, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
                await BeatQuietlyAsync(progress);
        }
        catch (OperationCanceledException)
        {
            // The work is done.
        }
    }

    private async Task BeatQuietlyAsync(RunProgress progress)
    {
        try
        {
            await progress.BeatAsync();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The next one is soon enough.
            LogNotTold(new LoggedException(e));
        }
    }

    private async Task EndQuietlyAsync(RunProgress progress, string report, bool interrupted)
    {
        try
        {
            await progress.EndAsync(RunState.Failed, report, interrupted);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The row shows it as failed a few minutes later by itself.
            LogNotEnded(new LoggedException(e));
        }
    }

    /// <summary>What a person reads of a failure; an unexpected one tells nothing of its inside.</summary>
    private static string TextOf(Exception e) =>
        e is RunFailedException failed
            ? failed.Report ?? e.Message
            : $"It failed: {e.GetType().Name}. The log has more. Start it again.";

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Connection {Connection}: a run of kind {Kind} failed: {Code}. Its report says why"
    )]
    private partial void LogFailed(LoggedException? exception, string connection, string kind, string code);

    [LoggerMessage(Level = LogLevel.Warning, Message = "That a run is worked at could not be stored; it goes on")]
    private partial void LogNotTold(LoggedException exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The end of a run could not be stored")]
    private partial void LogNotEnded(LoggedException exception);
}

/// <summary>A run can't go on, for a reason that a person can mend.</summary>
public sealed class RunFailedException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>
    /// As JSON, what it found until then, with the message as <c>message</c>; null for the message alone.
    /// </summary>
    public string? Report { get; init; }

    /// <summary>
    /// The code of what it failed by, which says all that the log needs; null for an error of this program, of which
    /// the log has where it was thrown.
    /// </summary>
    public string? Code { get; init; }
}
