using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Runs;

/// <summary>
/// How far a run has come, told to its row once a second at most, and asked there whether it is cancelled.
/// </summary>
public sealed class RunProgress
{
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(1);

    private readonly RunStore _runs;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _cancelled;
    private long _toldAt;
    private int _found;
    private int _done;
    private int _failed;
    private long? _ahead;

    internal RunProgress(
        RunStore runs,
        ConnectionId connection,
        string runId,
        TimeProvider time,
        CancellationTokenSource cancelled
    )
    {
        (_runs, Connection, RunId, _time, _cancelled) = (runs, connection, runId, time, cancelled);
        _toldAt = time.GetTimestamp();
    }

    public ConnectionId Connection { get; }

    public string RunId { get; }

    /// <summary>More records were found, worked off, or found to differ.</summary>
    /// <param name="found">How many more were found.</param>
    /// <param name="done">How many more were worked off.</param>
    /// <param name="failed">How many more failed, or differ.</param>
    /// <param name="ahead">How many the source says it has behind these; null where it does not say.</param>
    public async Task AddAsync(int found = 0, int done = 0, int failed = 0, long? ahead = null)
    {
        (_found, _done, _failed, _ahead) = (_found + found, _done + done, _failed + failed, ahead);
        if (_time.GetElapsedTime(_toldAt) < Often)
            return;
        _toldAt = _time.GetTimestamp();
        await TellAsync(static r => r);
    }

    /// <summary>Waits, and asks meanwhile whether the run is cancelled.</summary>
    internal async Task WaitAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        var began = _time.GetTimestamp();
        while (pause - _time.GetElapsedTime(began) is var left && left > TimeSpan.Zero)
        {
            await Task.Delay(left < Often ? left : Often, _time, cancellationToken);
            await AddAsync(ahead: _ahead);
        }
    }

    /// <summary>Says that the process still works at it, and asks whether it is cancelled.</summary>
    internal Task BeatAsync() => TellAsync(static r => r);

    internal Task EndAsync(RunState state, string report, bool interrupted = false) =>
        TellAsync(r =>
            r with
            {
                State = state,
                Report = report,
                EndedAt = _time.GetUtcNow(),
                Detected = true,
                IsInterrupted = interrupted,
            }
        );

    private async Task TellAsync(Func<Run, Run> change)
    {
        var now = _time.GetUtcNow();
        var run = await _runs.TellAsync(
            Connection,
            RunId,
            r =>
                r.State == RunState.Running
                    ? change(r with { Found = _found, Done = _done, Failed = _failed, Ahead = _ahead, SeenAt = now })
                    : r,
            CancellationToken.None
        );
        if (run is null or { State: RunState.Cancelled })
            await _cancelled.CancelAsync();
    }
}
