using IntacctSync.Core.Runs;
using IntacctSync.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntacctSync.Tests.Runs;

public sealed class LongRunsTests : IAsyncLifetime
{
    private readonly StoreStand _stand = new();

    private RunStore Store => new(_stand.Table, _stand.Clock, _stand.Ids, NullLogger<RunStore>.Instance);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _stand.DisposeAsync();

    [Fact]
    public async Task A_run_that_reads_for_long_without_a_record_to_count_goes_on_and_ends()
    {
        await using var runs = new LongRuns(Store, _stand.Clock, NullLogger<LongRuns>.Instance);
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reading = new TaskCompletionSource<string>();
        var (run, _) = await runs.StartAsync(
            Some.ConnectionId,
            RunKinds.Reconcile,
            null,
            RunReach.None,
            (_, token) =>
            {
                began.SetResult();
                return reading.Task.WaitAsync(token);
            },
            CancellationToken.None
        );

        // It beats from before its work begins.
        await began.Task;
        for (var looks = 0; looks < 2_000 && (await SeenAsync(run)).SeenAt < Some.Now.AddMinutes(5); looks++)
        {
            _stand.Clock.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        Assert.True((await SeenAsync(run)).SeenAt >= Some.Now.AddMinutes(5));
        reading.SetResult("{}");
        await runs.EndOfAsync(run.RunId, CancellationToken.None);
        Assert.Equal((RunState.Done, "{}"), ((await SeenAsync(run)).State, (await SeenAsync(run)).Report));
    }

    [Fact]
    public async Task A_process_that_was_silent_and_works_on_still_ends_its_run()
    {
        var run = await Store.StartAsync(Some.ConnectionId, RunKinds.Reconcile, null, CancellationToken.None);
        using var cancelled = new CancellationTokenSource();
        var progress = new RunProgress(Store, Some.ConnectionId, run.RunId, _stand.Clock, cancelled);
        _stand.Clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(RunState.Failed, (await SeenAsync(run)).State);

        await progress.AddAsync(found: 5, done: 5);
        Assert.Equal((RunState.Running, 5), ((await SeenAsync(run)).State, (await SeenAsync(run)).Found));
        _stand.Clock.Advance(TimeSpan.FromMinutes(4));
        await progress.EndAsync(RunState.Done, "{}");
        Assert.Equal(RunState.Done, (await SeenAsync(run)).State);
        Assert.False(cancelled.IsCancellationRequested);
    }

    [Fact]
    public async Task A_cancelled_run_stays_so_whatever_its_process_says()
    {
        var run = await Store.StartAsync(Some.ConnectionId, RunKinds.Reconcile, null, CancellationToken.None);
        using var cancelled = new CancellationTokenSource();
        var progress = new RunProgress(Store, Some.ConnectionId, run.RunId, _stand.Clock, cancelled);
        await Store.ChangeAsync(
            Some.ConnectionId,
            run.RunId,
            r => r with { State = RunState.Cancelled },
            CancellationToken.None
        );
        await progress.BeatAsync();
        Assert.True(cancelled.IsCancellationRequested);
        await progress.EndAsync(RunState.Done, "{}");
        Assert.Equal(RunState.Cancelled, (await SeenAsync(run)).State);
    }

    [Fact]
    public async Task Of_two_calls_at_once_one_begins_a_run()
    {
        await using var runs = new LongRuns(Store, _stand.Clock, NullLogger<LongRuns>.Instance);
        var reading = new TaskCompletionSource<string>();
        var begun = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ =>
                    runs.StartAsync(
                        Some.ConnectionId,
                        RunKinds.Reconcile,
                        null,
                        RunReach.None,
                        (_, token) => reading.Task.WaitAsync(token),
                        CancellationToken.None
                    )
                )
        );
        reading.SetResult("{}");
        Assert.Equal(3, begun.Count(b => b.UnderWay));
        Assert.Single(begun.Select(b => b.Run.RunId).Distinct(StringComparer.Ordinal));
        await runs.EndOfAsync(begun[0].Run.RunId, CancellationToken.None);
    }

    [Theory]
    [InlineData("zuper-throttled")]
    [InlineData(null)]
    public async Task Of_a_known_failure_the_log_has_a_line_and_of_any_other_where_it_was_thrown(string? code)
    {
        var log = new CollectingLogger<LongRuns>();
        await using var runs = new LongRuns(Store, _stand.Clock, log);
        var (run, _) = await runs.StartAsync(
            Some.ConnectionId,
            RunKinds.Reconcile,
            null,
            RunReach.None,
            (_, _) => throw new RunFailedException("Zuper takes no calls.") { Code = code },
            CancellationToken.None
        );
        await runs.EndOfAsync(run.RunId, CancellationToken.None);
        Assert.Equal("Zuper takes no calls.", (await SeenAsync(run)).Report);
        var (level, text) = Assert.Single(log.Lines);
        Assert.Equal(LogLevel.Warning, level);
        Assert.StartsWith(
            $"Connection {Some.ConnectionId}: a run of kind reconcile failed: {code ?? "unexpected"}. ",
            text,
            StringComparison.Ordinal
        );
        Assert.Equal(code is null, text.Contains("   at ", StringComparison.Ordinal));
    }

    private async Task<Run> SeenAsync(Run run) =>
        (await Store.GetAsync(Some.ConnectionId, run.RunId, CancellationToken.None))!;
}
