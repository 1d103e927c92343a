using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Pipeline;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Pipeline;

public sealed class SessionGateTests : IAsyncLifetime
{
    private RoadStand _stand = null!;

    private SessionGate Gate => _stand.Get<SessionGate>();

    public async Task InitializeAsync() => _stand = await RoadStand.OpenAsync();

    public async Task DisposeAsync() => await _stand.DisposeAsync();

    [Fact]
    public async Task What_arrives_together_is_one_batch_and_closes_at_the_lull()
    {
        var first = Handle("a");
        _stand.Clock.Advance(TimeSpan.FromMilliseconds(49));
        var second = Handle("b");
        _stand.Clock.Advance(TimeSpan.FromMilliseconds(49));
        Assert.Empty(_stand.Flow.Batches);
        _stand.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await Task.WhenAll(first, second);
        Assert.Equal(["a", "b"], Assert.Single(_stand.Flow.Batches));
    }

    [Fact]
    public async Task A_hundred_do_not_wait_for_the_lull()
    {
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Handle($"r{i}")));
        Assert.Equal(100, Assert.Single(_stand.Flow.Batches).Count);
    }

    [Fact]
    public async Task Each_gets_its_own_settlement()
    {
        _stand.Flow.Run = (batch, _) =>
            Task.FromResult<IReadOnlyDictionary<string, Failure?>>(
                batch.Records.ToDictionary(
                    r => r.SourceId,
                    r =>
                        r.SourceId switch
                        {
                            "throttled" => new Failure(FailureClass.Throttled, Some.Problem(), TimeSpan.FromSeconds(9)),
                            "wrong" => new Failure(FailureClass.Data, Some.Problem()),
                            _ => null,
                        },
                    StringComparer.Ordinal
                )
            );
        var (fine, throttled, wrong) = (Handle("fine"), Handle("throttled"), Handle("wrong"));
        _stand.Clock.Advance(SessionGate.Lull);
        Assert.IsType<Settlement.Complete>(await fine);
        Assert.Equal(
            _stand.Clock.GetUtcNow().AddSeconds(9),
            Assert.IsType<Settlement.Again>(await throttled).NotBefore
        );
        Assert.IsType<Settlement.Complete>(await wrong);
    }

    [Fact]
    public async Task One_batch_of_a_session_runs_at_a_time_and_what_comes_meanwhile_is_the_next()
    {
        var (started, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        _stand.Flow.Run = async (batch, token) =>
        {
            started.TrySetResult();
            await goOn.Task.WaitAsync(token);
            return StubFlow.Done(batch);
        };
        var first = Handle("a");
        _stand.Clock.Advance(SessionGate.Lull);
        await started.Task;
        var second = Handle("b");
        _stand.Clock.Advance(SessionGate.Lull);
        var third = Handle("c");
        Assert.Single(_stand.Flow.Batches);
        goOn.SetResult();
        await Task.WhenAll(first, second, third);
        Assert.Equal(["a", "b,c"], _stand.Flow.Batches.Select(b => string.Join(',', b)));
        Assert.Equal(1, _stand.Flow.MostAtOnce);
    }

    [Fact]
    public async Task A_stop_gives_back_what_has_no_outcome()
    {
        var started = new TaskCompletionSource();
        _stand.Flow.Run = async (_, token) =>
        {
            started.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, _stand.Clock, token);
            return new Dictionary<string, Failure?>(StringComparer.Ordinal);
        };
        using var stop = new CancellationTokenSource();
        var handled = Handle("a", stop.Token);
        _stand.Clock.Advance(SessionGate.Lull);
        await started.Task;
        await stop.CancelAsync();
        Assert.IsType<Settlement.Abandon>(await handled);

        // Nor does one that comes after the stop wait for anything.
        Assert.IsType<Settlement.Abandon>(await Handle("b", stop.Token));
    }

    [Fact]
    public async Task A_flow_that_throws_fails_its_records_and_nothing_hangs()
    {
        _stand.Flow.Run = (_, _) => throw new FormatException("Nobody thought of this.");
        var (first, second) = (Handle("a"), Handle("b"));
        _stand.Clock.Advance(SessionGate.Lull);
        foreach (var settlement in await Task.WhenAll(first, second))
            Assert.Equal(1, Assert.IsType<Settlement.Again>(settlement).Next.Failures);
    }

    [Fact]
    public async Task Sessions_do_not_wait_for_each_other()
    {
        var goOn = new TaskCompletionSource();
        _stand.Flow.Run = async (batch, token) =>
        {
            if (batch.Records[0].SourceId == "slow")
                await goOn.Task.WaitAsync(token);
            return StubFlow.Done(batch);
        };
        var slow = Handle("slow");
        var other = Gate.HandleAsync(
            Some.Received(Some.Envelope("quick") with { Company = new("other") }),
            CancellationToken.None
        );
        _stand.Clock.Advance(SessionGate.Lull);
        Assert.IsType<Settlement.Complete>(await other);
        Assert.False(slow.IsCompleted);
        goOn.SetResult();
        Assert.IsType<Settlement.Complete>(await slow);
    }

    private Task<Settlement> Handle(string sourceId, CancellationToken cancellationToken = default) =>
        Gate.HandleAsync(Some.Received(sourceId), cancellationToken);
}
