using System.Threading.Channels;
using IntacctSync.Core;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Upflow;
using IntacctSync.Core.Zuper;
using IntacctSync.Local.Timers;
using IntacctSync.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntacctSync.Tests.Local.Timers;

public sealed class PollTimerTests
{
    private readonly TestClock _clock = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly Channel<(string Flows, DateTimeOffset At)> _ticks = Channel.CreateUnbounded<(
        string,
        DateTimeOffset
    )>();

    [Fact]
    public async Task Feeds_are_due_at_the_times_of_their_schedule()
    {
        using var timer = await StartAsync(PollSchedule.At("0 */15 * * * *", [ZuperFlows.Organizations]));
        Assert.Equal(("organizations", At(9, 15)), await NextAsync());
        Assert.Equal(("organizations", At(9, 30)), await NextAsync());
        await timer.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Schedules_that_fall_together_are_one_tick()
    {
        using var timer = await StartAsync(
            PollSchedule.At("0 */20 * * * *", [ZuperFlows.Products]),
            PollSchedule.At("0 */30 * * * *", [ZuperFlows.Payments])
        );
        Assert.Equal(("products", At(9, 20)), await NextAsync());
        Assert.Equal(("payments", At(9, 30)), await NextAsync());
        Assert.Equal(("products", At(9, 40)), await NextAsync());
        Assert.Equal(("products payments", At(10, 0)), await NextAsync());
        await timer.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_tick_that_fails_is_followed_by_the_next()
    {
        using var timer = await StartAsync(
            _ => throw new InvalidOperationException("The store is away."),
            PollSchedule.At("0 0 * * * *", [ZuperFlows.Organizations])
        );
        Assert.Equal(("organizations", At(10, 0)), await NextAsync());
        Assert.Equal(("organizations", At(11, 0)), await NextAsync());
        await timer.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_clock_that_is_right_again_stops_no_timer_until_the_day_that_it_showed()
    {
        using var timer = await StartAsync(PollSchedule.At("0 */15 * * * *", [ZuperFlows.Organizations]));
        await NextAsync();
        _clock.SetBy(TimeSpan.FromDays(1));
        await NextAsync();
        _clock.SetBy(TimeSpan.FromDays(-1));
        Assert.InRange((await NextAsync()).At, At(9, 15), At(11, 0));
        await timer.StopAsync(CancellationToken.None);
    }

    [Fact]
    public void Every_feed_has_a_schedule() =>
        Assert.Equal(
            ZuperFlows.All.Concat(UpflowFlows.All).Select(f => f.Name),
            PollSchedule.Of(new PollingOptions(), IntacctSyncRegistration.Apps).SelectMany(s => s.Flows)
        );

    private static DateTimeOffset At(int hour, int minute) => new(2026, 3, 2, hour, minute, 0, TimeSpan.Zero);

    private Task<PollTimer> StartAsync(params PollSchedule[] schedules) => StartAsync(_ => { }, schedules);

    private async Task<PollTimer> StartAsync(Action<DateTimeOffset> then, params PollSchedule[] schedules)
    {
        var timer = new PollTimer(
            schedules,
            (flows, at, _) =>
            {
                _ticks.Writer.TryWrite((string.Join(' ', flows), at));
                then(at);
                return Task.CompletedTask;
            },
            _clock,
            NullLogger<PollTimer>.Instance
        );
        await timer.StartAsync(CancellationToken.None);
        return timer;
    }

    /// <summary>Moves the clock from timer to timer until the next tick.</summary>
    private async Task<(string Flows, DateTimeOffset At)> NextAsync()
    {
        (string, DateTimeOffset) tick = default;
        await Soon.UntilAsync(() => _ticks.Reader.TryRead(out tick), () => _clock.AdvanceToNextTimer());
        return tick;
    }
}
