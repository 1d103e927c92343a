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
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Begins a run; it goes on after this has returned.</summary>
    /// <param name="connection">Whose run.</param>
    /// <param name="kind">One of <see cref="RunKinds"/>.</param>
    /// <param name="flow">Null for all flows.</param>
    /// <param name="work">Does it, and gives the report: as JSON, within a property of the store.</param>
    /// <param name="cancellationToken">Stops the beginning, not the run.</param>
    /// <returns>The run; or the one of its kind that is under way, and true.</returns>
    public async Task<(Run Run, bool UnderWay)> StartAsync(
        ConnectionId connection,
        string kind,
        FlowName? flow,
        Func<RunProgress, CancellationToken, Task<string>> work,
        CancellationToken cancellationToken
    )
    {
        var other = (await runs.ListAsync(connection, cancellationToken)).FirstOrDefault(r =>
            r.Kind == kind && r.State == RunState.Running
        );
        if (other is not null)
            return (other, true);
        var run = await runs.StartAsync(connection, kind, flow, cancellationToken);
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

    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
            return;
        await _stopping.CancelAsync();
        await Task.WhenAll(_working.Values);
        _stopping.Dispose();
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
            var report = await work(progress, cancelled.Token);
            await progress.EndAsync(RunState.Done, report);
        }
        catch (OperationCanceledException) when (cancelled.IsCancellationRequested)
        {
            // A run that a person has cancelled says so already.
            await EndQuietlyAsync(progress, "The process stopped before it was done: start it again.");
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            var problem = TextOf(e);
            LogFailed(new LoggedException(e), connection.Value, run.Kind);
            await EndQuietlyAsync(progress, problem);
        }
    }

    private async Task EndQuietlyAsync(RunProgress progress, string report)
    {
        try
        {
            await progress.EndAsync(RunState.Failed, report);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The row shows it as failed a few minutes later by itself.
            LogNotEnded(new LoggedException(e));
        }
    }

    /// <summary>What a person reads of a failure; an unexpected one tells nothing of its inside.</summary>
    private static string TextOf(Exception e) =>
        e is RunFailedException ? e.Message : $"It failed: {e.GetType().Name}. The log has more. Start it again.";

    [LoggerMessage(Level = LogLevel.Warning, Message = "Connection {Connection}: a run of kind {Kind} failed")]
    private partial void LogFailed(LoggedException exception, string connection, string kind);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The end of a run could not be stored")]
    private partial void LogNotEnded(LoggedException exception);
}

/// <summary>A run can't go on, for a reason that a person can mend.</summary>
public sealed class RunFailedException(string message, Exception inner) : Exception(message, inner);
