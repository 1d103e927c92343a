using IntacctSync.Core.Envelopes;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Contracts;

public abstract partial class LocalQueueContract
{
    [Fact]
    public async Task Waiting_ends_at_once_when_something_is_due()
    {
        await SendAsync(Record("a"));
        var began = Clock.GetUtcNow();
        await Local.WaitForWorkAsync(CancellationToken.None);
        Assert.Equal(began, Clock.GetUtcNow());
    }

    [Fact]
    public async Task Waiting_ends_when_something_is_sent()
    {
        var waiting = Local.WaitForWorkAsync(CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        await SendAsync(Record("a"));
        await waiting;
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(2.5)]
    public async Task Waiting_ends_when_a_delayed_message_is_due_and_not_before(double seconds)
    {
        var due = Clock.GetUtcNow().AddSeconds(seconds);
        await Queue.SendAsync([new OutgoingEnvelope(Record("a"), due)], CancellationToken.None);
        var waiting = Local.WaitForWorkAsync(CancellationToken.None);
        await AdvanceUntilDoneAsync(waiting);
        Assert.Equal(due, Clock.GetUtcNow());
    }

    [Fact]
    public async Task Waiting_ends_when_the_lock_over_a_session_expires()
    {
        await SendAsync(Record("a"));
        var held = await AcceptAsync();
        await AdvanceUntilDoneAsync(Local.WaitForWorkAsync(CancellationToken.None));
        Assert.Equal(held.Until, Clock.GetUtcNow());
    }

    [Fact]
    public async Task Waiting_ends_when_a_held_session_is_released_with_something_left()
    {
        await SendAsync(Record("a"));
        var held = await AcceptAsync();
        var waiting = Local.WaitForWorkAsync(CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        await Queue.ReleaseAsync(held, CancellationToken.None);
        await waiting;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Waiting_notices_within_a_second_what_another_process_sent(bool somethingIsDueLater)
    {
        var start = Clock.GetUtcNow();
        if (somethingIsDueLater)
            await Queue.SendAsync([new OutgoingEnvelope(Record("later"), start.AddHours(1))], CancellationToken.None);
        var waiting = Local.WaitForWorkAsync(CancellationToken.None);
        await Open().SendAsync([new OutgoingEnvelope(Record("a"))], CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        await AdvanceUntilDoneAsync(waiting);
        Assert.Equal(TimeSpan.FromSeconds(1), Clock.GetUtcNow() - start);
    }

    [Fact]
    public async Task Waiting_can_be_cancelled()
    {
        using var stop = new CancellationTokenSource();
        var waiting = Local.WaitForWorkAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    /// <summary>
    /// Moves the clock from timer to timer; in between the waiting task looks again and sets its next one.
    /// </summary>
    private async Task AdvanceUntilDoneAsync(Task waiting)
    {
        await Soon.UntilAsync(() => waiting.IsCompleted, () => Clock.AdvanceToNextTimer());
        await waiting;
    }
}
