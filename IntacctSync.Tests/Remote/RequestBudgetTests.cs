using IntacctSync.Core.Remote;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Remote;

public sealed class RequestBudgetTests
{
    /// <summary>Only so that a failure ends; nothing is measured.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly AnsweredRate Silent = new(null, null, null);

    private readonly TestClock _clock = new();
    private readonly RequestBudget _budget;

    public RequestBudgetTests() => _budget = new RequestBudget(_clock);

    [Fact]
    public async Task A_turn_that_is_near_is_waited_for()
    {
        await AssertEnterAsync(RequestPriority.Live, 150);
        _clock.Advance(RequestHistory.Window - TimeSpan.FromSeconds(2));
        var entering = _budget.EnterAsync(RequestPriority.Live, CancellationToken.None);
        Assert.False(entering.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(2));
        (await entering.WaitAsync(Patience)).Dispose();
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task A_pause_lasts_as_long_as_was_asked_for_although_the_clock_is_set_meanwhile(int days)
    {
        var pause = TimeSpan.FromSeconds(30);
        _budget.Pause(pause, RequestPriority.Live);
        _clock.SetBy(TimeSpan.FromDays(days));
        var refusal = await Assert.ThrowsAsync<ExchangeException>(() =>
            _budget.EnterAsync(RequestPriority.Live, CancellationToken.None)
        );
        Assert.InRange(refusal.RetryAfter!.Value, TimeSpan.FromTicks(1), pause * 2);
        _clock.Advance(pause);
        await AssertEnterAsync(RequestPriority.Live, 1);
    }

    [Fact]
    public async Task A_turn_that_is_far_is_refused_at_once_and_told()
    {
        await AssertEnterAsync(RequestPriority.Live, 150);
        var refusal = await Assert.ThrowsAsync<ExchangeException>(() =>
            _budget.EnterAsync(RequestPriority.Live, CancellationToken.None)
        );
        Assert.Equal(ExchangeFault.NotAdmitted, refusal.Fault);
        Assert.Equal(RequestHistory.Window, refusal.RetryAfter);
    }

    [Fact]
    public async Task Many_who_are_refused_are_told_turns_that_differ()
    {
        var refusals = await RefusedOnes(300);
        var told = refusals.Select(refusal => refusal.RetryAfter!.Value).Order().ToList();
        Assert.Equal(told.Count, told.Distinct().Count());
        Assert.All(
            told.Zip(told.Skip(1)),
            pair =>
                Assert.InRange(pair.Second - pair.First, TimeSpan.FromMilliseconds(400), TimeSpan.FromMilliseconds(600))
        );
        Assert.True(told[^1] < RequestBudget.Horizon);
    }

    [Fact]
    public async Task Those_who_come_back_when_told_all_get_through()
    {
        var start = _clock.GetUtcNow();
        var refusals = await RefusedOnes(100);
        foreach (var at in refusals.Select(refusal => start + refusal.RetryAfter!.Value).Order().ToList())
        {
            _clock.AdvanceTo(at);
            await AssertEntersAsync(RequestPriority.Bulk);
        }
    }

    [Fact]
    public async Task An_account_that_grants_without_a_word_of_a_limit_has_none()
    {
        _budget.Learn(Silent, RateVerdict.Granted);
        await AssertEnterAsync(RequestPriority.Bulk, 1000);
        await AssertEnterAsync(RequestPriority.Live, 1000);
    }

    [Fact]
    public async Task An_account_that_kept_its_limit_to_itself_is_held_to_the_assumed_one_by_its_first_refusal()
    {
        _budget.Learn(Silent, RateVerdict.Granted);
        await AssertEnterAsync(RequestPriority.Live, 400);
        _budget.Learn(Silent, RateVerdict.Limited);
        _budget.Learn(Silent, RateVerdict.Granted);
        Assert.Equal(RequestHistory.Window, (await Refused(RequestPriority.Live)).RetryAfter);
        _clock.Advance(RequestHistory.Window);
        await AssertEnterAsync(RequestPriority.Live, RequestHistory.AssumedLimit);
        await Refused(RequestPriority.Live);
    }

    [Fact]
    public async Task An_account_that_has_named_its_limit_keeps_it_through_answers_that_say_nothing()
    {
        _budget.Learn(new AnsweredRate(200, null, null), RateVerdict.Granted);
        _budget.Learn(Silent, RateVerdict.Granted);
        await AssertEnterAsync(RequestPriority.Live, 200);
        await Refused(RequestPriority.Live);
    }

    [Fact]
    public async Task A_failure_that_says_nothing_of_a_limit_takes_none_away()
    {
        _budget.Learn(Silent, RateVerdict.None);
        await AssertEnterAsync(RequestPriority.Live, RequestHistory.AssumedLimit);
        await Refused(RequestPriority.Live);
    }

    [Fact]
    public async Task A_pause_that_the_remote_asks_for_holds_the_whole_account()
    {
        var told = _budget.Pause(TimeSpan.FromSeconds(20), RequestPriority.Live);
        Assert.Equal(TimeSpan.FromSeconds(20), told);
        var bulk = await Refused(RequestPriority.Bulk);
        Assert.True(bulk.RetryAfter >= TimeSpan.FromSeconds(20));
        _clock.Advance(TimeSpan.FromSeconds(20));
        (await _budget.EnterAsync(RequestPriority.Live, CancellationToken.None)).Dispose();
    }

    [Fact]
    public async Task Eight_are_in_flight_and_the_next_waits_for_an_answer()
    {
        var flying = new List<RequestPermit>();
        for (var i = 0; i < RequestBudget.MaxInFlight; i++)
            flying.Add(await _budget.EnterAsync(RequestPriority.Live, CancellationToken.None));
        var next = _budget.EnterAsync(RequestPriority.Live, CancellationToken.None);
        Assert.False(next.IsCompleted);
        flying[0].Dispose();
        (await next.WaitAsync(Patience)).Dispose();
    }

    [Fact]
    public async Task Bulk_work_leaves_places_in_flight_to_live_work()
    {
        for (var i = 0; i < RequestBudget.MaxBulkInFlight; i++)
            await _budget.EnterAsync(RequestPriority.Bulk, CancellationToken.None);
        Assert.False(_budget.EnterAsync(RequestPriority.Bulk, CancellationToken.None).IsCompleted);
        Assert.True(_budget.EnterAsync(RequestPriority.Live, CancellationToken.None).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_turn_is_left_once_however_often_it_is_disposed_of()
    {
        var turn = await _budget.EnterAsync(RequestPriority.Live, CancellationToken.None);
        turn.Dispose();
        turn.Dispose();
        for (var i = 0; i < RequestBudget.MaxInFlight; i++)
            Assert.True(_budget.EnterAsync(RequestPriority.Live, CancellationToken.None).IsCompletedSuccessfully);
        Assert.False(_budget.EnterAsync(RequestPriority.Live, CancellationToken.None).IsCompleted);
    }

    [Fact]
    public async Task Giving_up_gives_the_turn_to_the_next()
    {
        await AssertEnterAsync(RequestPriority.Live, 149);
        using var giveUp = new CancellationTokenSource();
        var flying = new List<RequestPermit> { await _budget.EnterAsync(RequestPriority.Live, CancellationToken.None) };
        flying[0].Dispose();
        _clock.Advance(RequestHistory.Window - TimeSpan.FromSeconds(1));
        var first = _budget.EnterAsync(RequestPriority.Live, giveUp.Token);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await AssertEntersAsync(RequestPriority.Live);
    }

    [Fact]
    public async Task Giving_up_while_all_places_are_taken_counts_no_request()
    {
        _budget.Learn(new AnsweredRate(RequestBudget.MaxInFlight + 1, null, null), RateVerdict.Granted);
        for (var i = 0; i < RequestBudget.MaxInFlight; i++)
            await _budget.EnterAsync(RequestPriority.Live, CancellationToken.None);
        using var giveUp = new CancellationTokenSource();
        var waiting = _budget.EnterAsync(RequestPriority.Live, giveUp.Token);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        var again = _budget.EnterAsync(RequestPriority.Live, CancellationToken.None);
        Assert.False(again.IsFaulted, "the turn that was given up is still counted");
    }

    [Fact]
    public async Task Live_work_goes_before_bulk_work_that_waits()
    {
        _budget.Learn(new AnsweredRate(1, null, null), RateVerdict.Granted);
        (await _budget.EnterAsync(RequestPriority.Bulk, CancellationToken.None)).Dispose();
        _clock.Advance(RequestHistory.Window - TimeSpan.FromSeconds(1));
        var bulk = _budget.EnterAsync(RequestPriority.Bulk, CancellationToken.None);
        var live = _budget.EnterAsync(RequestPriority.Live, CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await live.WaitAsync(Patience)).Dispose();
        Assert.Equal(
            ExchangeFault.NotAdmitted,
            (await Assert.ThrowsAsync<ExchangeException>(() => bulk.WaitAsync(Patience))).Fault
        );
    }

    private async Task AssertEnterAsync(RequestPriority priority, int count)
    {
        for (var i = 0; i < count; i++)
            await AssertEntersAsync(priority);
    }

    private async Task AssertEntersAsync(RequestPriority priority)
    {
        var entering = _budget.EnterAsync(priority, CancellationToken.None);
        Assert.True(entering.IsCompleted, "a turn that should be free is not");
        (await entering).Dispose();
    }

    /// <summary>
    /// Bulk work that comes all at once: what goes at once and what is near are let through, so many others are
    /// refused.
    /// </summary>
    private async Task<IReadOnlyList<ExchangeException>> RefusedOnes(int count)
    {
        await AssertEnterAsync(RequestPriority.Bulk, 10);
        var near = new List<Task<RequestPermit>>();
        while (
            near.Count < 10
            && _budget.EnterAsync(RequestPriority.Bulk, CancellationToken.None) is { IsCompleted: false } waiting
        )
            near.Add(waiting);
        var refusals = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => Refused(RequestPriority.Bulk)));
        Assert.InRange(near.Count, 1, 4);
        _clock.Advance(RequestBudget.LongestWait);
        foreach (var waiting in near)
            (await waiting.WaitAsync(Patience)).Dispose();
        return refusals;
    }

    private async Task<ExchangeException> Refused(RequestPriority priority)
    {
        var entering = _budget.EnterAsync(priority, CancellationToken.None);
        Assert.True(entering.IsFaulted, "a turn was given, or is waited for, that should have been refused at once");
        return await Assert.ThrowsAsync<ExchangeException>(() => entering);
    }
}
