using IntacctSync.Core.Upflow.Client;

namespace IntacctSync.Tests.Upflow.Client;

public sealed class UpflowTurnsTests
{
    private readonly UpflowTurns _turns = new();

    [Fact]
    public async Task Calls_about_one_customer_go_one_after_the_other_and_others_go_at_once()
    {
        var first = new TaskCompletionSource<int>();
        var order = new List<string>();
        var one = _turns.RunAsync("A", () => Note("A1", first.Task), CancellationToken.None);
        var two = _turns.RunAsync("A", () => Note("A2", Task.FromResult(2)), CancellationToken.None);
        Assert.Equal(3, await _turns.RunAsync("B", () => Note("B1", Task.FromResult(3)), CancellationToken.None));
        Assert.Equal(["A1", "B1"], order);
        first.SetResult(1);
        var both = await Task.WhenAll(one, two);
        Assert.Equal([1, 2], both);
        Assert.Equal(["A1", "B1", "A2"], order);

        Task<int> Note(string name, Task<int> call)
        {
            lock (order)
                order.Add(name);
            return call;
        }
    }

    [Fact]
    public async Task A_call_that_fails_or_is_given_up_lets_the_next_one_go()
    {
        var first = new TaskCompletionSource<int>();
        using var givenUp = new CancellationTokenSource();
        var one = _turns.RunAsync("A", () => first.Task, CancellationToken.None);
        var two = _turns.RunAsync("A", () => Task.FromResult(2), givenUp.Token);
        var three = _turns.RunAsync("A", () => Task.FromResult(3), CancellationToken.None);
        await givenUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => two);
        first.SetException(new InvalidOperationException("It failed."));
        await Assert.ThrowsAsync<InvalidOperationException>(() => one);
        Assert.Equal(3, await three);
    }
}
