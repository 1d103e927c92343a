using System.Diagnostics;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Runs;
using IntacctSync.Local.Queue;

namespace IntacctSync.Local.Sandbox;

/// <summary>
/// Watches the first sync until it is done: the run has ended and nothing in the queue is due, write-backs included.
/// </summary>
internal sealed partial class FirstSync(
    RecordQuery records,
    RunStore runs,
    SqliteEnvelopeQueue queue,
    TimeProvider time,
    ILogger<FirstSync> logger
)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// From the start of the process to the first record that is equal on both sides; null while there is none.
    /// </summary>
    public TimeSpan? FirstRecordAfter { get; private set; }

    /// <summary>From the start of the process to the end of the first sync.</summary>
    public TimeSpan DoneAfter { get; private set; }

    /// <param name="connection">Whose first sync it is.</param>
    /// <param name="started">The run of each flow.</param>
    /// <param name="show">Is given the progress at each look.</param>
    /// <param name="cancellationToken">Ends the watching, not the sync.</param>
    public async Task<IReadOnlyList<FlowProgress>> WatchAsync(
        Connection connection,
        IReadOnlyList<Run> started,
        Action<IReadOnlyList<FlowProgress>> show,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var pictures = new List<FlowProgress>();
            foreach (var run in started)
                pictures.Add(await LookAsync(connection.Id, run, cancellationToken));
            Time(pictures);
            show(pictures);
            if (pictures.All(p => p.Ended) && (await queue.CountAsync(cancellationToken)).Ready == 0)
            {
                DoneAfter = SinceStart();
                return pictures;
            }

            await Task.Delay(LookEvery, time, cancellationToken);
        }
    }

    private async Task<FlowProgress> LookAsync(ConnectionId connection, Run run, CancellationToken cancellationToken) =>
        new(
            run.Flow!.Value,
            await runs.GetAsync(connection, run.RunId, cancellationToken) ?? run,
            await records.CountAsync(connection, run.Flow!.Value, cancellationToken)
        );

    private void Time(IReadOnlyList<FlowProgress> pictures)
    {
        if (FirstRecordAfter is not null || pictures.All(p => p.Synced == 0))
            return;
        FirstRecordAfter = SinceStart();
        LogFirst(FirstRecordAfter.Value.TotalSeconds);
    }

    private TimeSpan SinceStart()
    {
        using var process = Process.GetCurrentProcess();
        return time.GetUtcNow() - new DateTimeOffset(process.StartTime.ToUniversalTime());
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "The first record was synced {Seconds:0.00} s after the start"
    )]
    private partial void LogFirst(double seconds);
}
