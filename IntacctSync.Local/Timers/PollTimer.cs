using IntacctSync.Core.Domain;

namespace IntacctSync.Local.Timers;

/// <summary>Sends polls when feeds are due.</summary>
internal sealed partial class PollTimer(
    IReadOnlyList<PollSchedule> schedules,
    PollTick tick,
    TimeProvider time,
    ILogger<PollTimer> logger
) : BackgroundService
{
    /// <summary>The longest sleep, since the clock of the machine may be set meanwhile.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>
    /// If ticks were missed for longer than this, the feed is read once and not once for each of them.
    /// </summary>
    private static readonly TimeSpan Missed = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var last = time.GetUtcNow();
        while (!stoppingToken.IsCancellationRequested)
        {
            last = HeldAgainst(time.GetUtcNow(), last);
            var due = schedules.Select(s => s.After(last)).Min();
            var wait = (due ?? DateTimeOffset.MaxValue) - time.GetUtcNow();
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait < Longest ? wait : Longest, time, stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }

            await TickAsync(
                [.. schedules.Where(s => s.After(last) == due).SelectMany(s => s.Flows).Distinct()],
                due!.Value,
                stoppingToken
            );

            var now = time.GetUtcNow();
            last = due.Value < now - Missed ? now : due.Value;
        }
    }

    /// <summary>
    /// If the last tick lies ahead, the clock was set back since, and the next tick is counted from now.
    /// </summary>
    private DateTimeOffset HeldAgainst(DateTimeOffset now, DateTimeOffset last)
    {
        if (last <= now)
            return last;
        if (NotedTimes.LiesAhead(last, now))
            LogSetBack(last);
        return now;
    }

    private async Task TickAsync(IReadOnlyList<FlowName> flows, DateTimeOffset due, CancellationToken cancellationToken)
    {
        try
        {
            await tick(flows, due, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host stops.
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogFailed(new LoggedException(e), string.Join(", ", flows));
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The clock of this machine was set back: the last tick of the timers is noted as {Last:O}, which "
            + "lies ahead. The next ticks are counted from now"
    )]
    private partial void LogSetBack(DateTimeOffset last);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The polls of {Flows} could not be sent; the next ones are due at the next tick"
    )]
    private partial void LogFailed(LoggedException exception, string flows);
}

/// <summary>Sends the polls of the flows that are due: the poller of the pipeline.</summary>
internal delegate Task PollTick(
    IReadOnlyList<FlowName> flows,
    DateTimeOffset tick,
    CancellationToken cancellationToken
);
