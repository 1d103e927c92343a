using IntacctSync.Core;
using IntacctSync.Core.Connections;
using IntacctSync.Tests.Support;
using IntacctSync.Web.Health;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace IntacctSync.Tests.Web;

/// <summary>Readiness checks that misbehave: a host supplies them, so any may.</summary>
public sealed class ReadinessTests : IAsyncDisposable
{
    private readonly TestClock _clock = new();
    private readonly StoreStand _empty = new();

    public ValueTask DisposeAsync() => _empty.DisposeAsync();

    [Fact]
    public async Task A_check_that_never_answers_is_not_waited_for_longer_than_five_seconds()
    {
        var asked = Check("queue", token => Task.Delay(Timeout.InfiniteTimeSpan, _clock, token));
        var ready = Endpoints(asked).ReadyAsync(CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Contains("queue: no answer within", Detail(await ready), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_that_ignores_that_nobody_waits_is_not_waited_for_either()
    {
        var asked = Check("queue", _ => new TaskCompletionSource().Task);
        var ready = Endpoints(asked).ReadyAsync(CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Contains(
            "queue: no answer within",
            Detail(await ready.WaitAsync(TimeSpan.FromSeconds(20), CancellationToken.None)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_check_that_breaks_is_named_without_its_text()
    {
        var detail = Detail(
            await Endpoints(
                    Check("queue", _ => Task.FromException(new InvalidOperationException("password=canary"))),
                    Check("store", _ => Task.CompletedTask)
                )
                .ReadyAsync(CancellationToken.None)
        );
        Assert.Equal("queue: unexpected InvalidOperationException; see the log.", detail);
    }

    private HealthEndpoints Endpoints(params IReadinessCheck[] checks) =>
        new(
            checks,
            new ConnectionStore(_empty.Table, IntacctSyncRegistration.Apps, _clock, Some.Noted(_clock)),
            _clock,
            NullLogger<HealthEndpoints>.Instance
        );

    private static IReadinessCheck Check(string name, Func<CancellationToken, Task> asked)
    {
        var check = new Mock<IReadinessCheck>();
        check.Setup(c => c.Name).Returns(name);
        check
            .Setup(c => c.CheckAsync(It.IsAny<CancellationToken>()))
            .Returns(
                async (CancellationToken token) =>
                {
                    await asked(token);
                    return null;
                }
            );
        return check.Object;
    }

    private static string? Detail(IResult answer) => Assert.IsType<ProblemHttpResult>(answer).ProblemDetails.Detail;
}
