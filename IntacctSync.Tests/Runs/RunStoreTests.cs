using IntacctSync.Core.Domain;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Support;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Tests.Runs;

public sealed class RunStoreTests : IAsyncLifetime
{
    private readonly StoreStand _stand = new();

    private readonly CollectingLogger<RunStore> _log = new();

    private RunStore Store => new(_stand.Table, _stand.Clock, _stand.Ids, _log);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _stand.DisposeAsync();

    [Fact]
    public async Task The_log_has_one_line_for_a_run_once_it_has_ended()
    {
        var run = await Store.StartAsync(
            Some.ConnectionId,
            RunKinds.Backfill,
            ZuperFlows.Invoices,
            CancellationToken.None
        );
        await ChangeAsync(r => r with { Found = 300, Done = 100 });
        await ChangeAsync(r => r with { Done = 298, Failed = 2 });
        Assert.Empty(_log.Lines);
        await ChangeAsync(r => r with { Detected = true });
        await ChangeAsync(r => r with { Done = 299 });
        Assert.Equal(
            (
                LogLevel.Information,
                $"Connection {Some.ConnectionId}: a run of kind backfill (invoices) has ended: found 300, done 298, "
                    + "failed 2"
            ),
            Assert.Single(_log.Lines)
        );

        Task ChangeAsync(Func<Run, Run> change) =>
            Store.ChangeAsync(Some.ConnectionId, run.RunId, change, CancellationToken.None);
    }

    [Fact]
    public async Task A_run_is_kept_with_every_field()
    {
        var started = await StartAsync();
        Assert.Equal("202603-id-000001", started.RunId);
        var changed = await Store.ChangeAsync(
            Some.ConnectionId,
            started.RunId,
            r =>
                r with
                {
                    Found = 3,
                    Done = 1,
                    Failed = 1,
                    Detected = true,
                    State = RunState.Cancelled,
                    EndedAt = Some.Now.AddHours(1),
                    Report = "{}",
                },
            CancellationToken.None
        );
        Assert.Equal(changed, await Store.GetAsync(Some.ConnectionId, started.RunId, CancellationToken.None));
        Assert.Equal(
            (3, 1, 1, true, RunState.Cancelled, "{}"),
            (changed!.Found, changed.Done, changed.Failed, changed.Detected, changed.State, changed.Report)
        );
    }

    [Fact]
    public async Task It_ends_when_all_is_found_and_all_that_was_found_is_worked_off()
    {
        var id = (await StartAsync()).RunId;
        Assert.Equal(RunState.Running, (await ChangeAsync(id, r => r with { Found = 2, Done = 2 })).State);
        Assert.Equal(RunState.Running, (await ChangeAsync(id, r => r with { Found = 3, Detected = true })).State);
        _stand.Clock.Advance(TimeSpan.FromMinutes(1));
        var done = await ChangeAsync(id, r => r with { Failed = 1 });
        Assert.Equal((RunState.Done, Some.Now.AddMinutes(1)), (done.State, done.EndedAt));
        Assert.Equal(done, await ChangeAsync(id, r => r));
    }

    [Fact]
    public async Task Runs_of_this_month_and_the_last_are_listed_newest_first()
    {
        await StartAsync();
        _stand.Clock.AdvanceTo(new DateTimeOffset(2026, 4, 30, 0, 0, 0, TimeSpan.Zero));
        await StartAsync();
        await Store.StartAsync(ConnectionId.Parse("other"), "poll", ZuperFlows.Organizations, CancellationToken.None);
        _stand.Clock.AdvanceTo(new DateTimeOffset(2026, 5, 31, 0, 0, 0, TimeSpan.Zero));
        await StartAsync();
        await StartAsync();
        Assert.Equal(
            ["202605-id-000005", "202605-id-000004", "202604-id-000002"],
            (await Store.ListAsync(Some.ConnectionId, CancellationToken.None)).Select(r => r.RunId)
        );
    }

    [Fact]
    public async Task Counts_that_meet_are_both_counted()
    {
        var id = (await StartAsync()).RunId;
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => ChangeAsync(id, r => r with { Done = r.Done + 1 })));
        Assert.Equal(10, (await Store.GetAsync(Some.ConnectionId, id, CancellationToken.None))!.Done);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("202603-none")]
    [InlineData("../../connections")]
    public async Task A_run_that_is_not_there_is_not_there(string runId)
    {
        Assert.Null(await Store.GetAsync(Some.ConnectionId, runId, CancellationToken.None));
        Assert.Null(await Store.ChangeAsync(Some.ConnectionId, runId, r => r, CancellationToken.None));
    }

    private Task<Run> StartAsync() =>
        Store.StartAsync(Some.ConnectionId, "backfill", ZuperFlows.Organizations, CancellationToken.None);

    private async Task<Run> ChangeAsync(string runId, Func<Run, Run> change) =>
        (await Store.ChangeAsync(Some.ConnectionId, runId, change, CancellationToken.None))!;
}
