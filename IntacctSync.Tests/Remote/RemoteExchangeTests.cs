using System.IO.Compression;
using System.Net;
using System.Text;
using IntacctSync.Core.Remote;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Remote;

public sealed class RemoteExchangeTests : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly Uri Address = new("https://far.example.com/x");

    private readonly TestClock _clock = new();
    private readonly StubHandler _far = new();
    private readonly CollectingLogger<RemotePipelines> _log = new();
    private readonly RemotePipelines _pipelines;
    private readonly RemoteExchange _exchange;

    public RemoteExchangeTests()
    {
        _pipelines = new RemotePipelines(_clock, _log);
        var hosts = HostAllowList.Parse("*.example.com");
        _exchange = new RemoteExchange(new StubClients(_far), _pipelines, "far", hosts, limit: 1000, _clock);
    }

    [Fact]
    public async Task A_read_is_sent_again_twice_within_two_seconds()
    {
        _far.Otherwise = _ => throw new HttpRequestException("reset");
        var start = _clock.GetUtcNow();
        var failure = await FailedAsync(CallEffect.Reads);
        Assert.Equal(ExchangeFault.NoAnswer, failure.Fault);
        Assert.Equal(3, _far.Asked);
        Assert.InRange(_clock.GetUtcNow() - start, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_read_whose_second_try_is_answered_is_answered()
    {
        _far.ThenThrow(new HttpRequestException("reset")).Then("hello");
        var reading = SendAsync(CallEffect.Reads);
        await _clock.PassPausesAsync(reading, TimeSpan.FromSeconds(1));
        Assert.Equal("hello", await reading);
    }

    [Fact]
    public async Task A_write_is_never_sent_again()
    {
        _far.Otherwise = _ => throw new HttpRequestException("reset");
        Assert.Equal(ExchangeFault.NoAnswer, (await FailedAsync(CallEffect.Writes)).Fault);
        Assert.Equal(1, _far.Asked);
    }

    [Theory]
    [InlineData(CallEffect.Reads)]
    [InlineData(CallEffect.Writes)]
    internal async Task Half_an_answer_and_then_silence_ends_by_the_time_out_with_a_log_line(CallEffect effect)
    {
        using var half = new HalfBody();
        _far.Then((_, _) => Task.FromResult(new HttpResponseMessage { Content = new StreamContent(half) }));
        var sending = SendAsync(effect);
        Assert.False(sending.IsCompleted);
        _clock.Advance(Minute);
        var failure = await Assert.ThrowsAsync<ExchangeException>(() => sending.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal((ExchangeFault.NoAnswer, true, 1), (failure.Fault, failure.TimedOut, _far.Asked));
        Assert.Contains(_log.Lines, l => l.Text.Contains("ended after 00:01:00", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Half_an_answer_holds_up_no_stop()
    {
        using var stop = new CancellationTokenSource();
        using var half = new HalfBody();
        _far.Then((_, _) => Task.FromResult(new HttpResponseMessage { Content = new StreamContent(half) }));
        var sending = SendAsync(CallEffect.Writes, stop: stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task An_answer_over_the_limit_is_read_no_further_and_not_asked_for_again()
    {
        _far.Then(new string('x', 1001));
        var failure = await FailedAsync(CallEffect.Reads);
        Assert.Equal((ExchangeFault.TooLong, HttpStatusCode.OK, 1), (failure.Fault, failure.Status, _far.Asked));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_that_can_not_be_decompressed_is_no_answer(bool writes)
    {
        _far.Otherwise = _ => new HttpResponseMessage
        {
            Content = new StreamContent(new GZipStream(new MemoryStream([1, 2, 3]), CompressionMode.Decompress)),
        };
        var failure = await FailedAsync(writes ? CallEffect.Writes : CallEffect.Reads);
        Assert.Equal(ExchangeFault.NoAnswer, failure.Fault);
        Assert.Equal(writes, _far.Asked == 1);
    }

    [Fact]
    public async Task A_host_that_is_not_allowed_is_never_called()
    {
        var elsewhere = new Uri("https://elsewhere.example.org/");
        var failure = await Assert.ThrowsAsync<ExchangeException>(() => SendAsync(CallEffect.Reads, at: elsewhere));
        Assert.Equal((ExchangeFault.ForbiddenHost, 0), (failure.Fault, _far.Asked));
    }

    [Fact]
    public async Task An_account_that_gives_no_answers_is_left_alone_for_a_while_and_no_other_is()
    {
        _far.Otherwise = _ => throw new HttpRequestException("reset");
        for (var i = 0; i < RemotePipelines.FewestCalls; i++)
            Assert.Equal(ExchangeFault.NoAnswer, (await FailedAsync(CallEffect.Writes)).Fault);
        var asked = _far.Asked;
        foreach (var effect in new[] { CallEffect.Writes, CallEffect.Reads })
        {
            var refused = await FailedAsync(effect);
            Assert.Equal(ExchangeFault.NotAdmitted, refused.Fault);
            Assert.InRange(refused.RetryAfter!.Value, TimeSpan.FromTicks(1), RemotePipelines.Break);
        }

        Assert.Equal(asked, _far.Asked);
        Assert.Single(_log.Lines, l => l.Text.Contains("nearly every call fails", StringComparison.Ordinal));
        Assert.Equal(ExchangeFault.NoAnswer, (await FailedAsync(CallEffect.Writes, "other")).Fault);

        _far.Otherwise = _ => StubHandler.Answer("well");
        _clock.Advance(RemotePipelines.Break);
        Assert.Equal("well", await SendAsync(CallEffect.Writes));
        Assert.Equal("well", await SendAsync(CallEffect.Reads));
    }

    [Fact]
    public async Task An_account_that_answers_every_other_call_is_still_called()
    {
        for (var i = 0; i < 2 * RemotePipelines.FewestCalls; i++)
        {
            _far.Otherwise =
                i % 2 == 0 ? _ => throw new HttpRequestException("reset") : _ => StubHandler.Answer("well");
            if (i % 2 == 0)
                Assert.Equal(ExchangeFault.NoAnswer, (await FailedAsync(CallEffect.Writes)).Fault);
            else
                Assert.Equal("well", await SendAsync(CallEffect.Writes));
        }
    }

    [Fact]
    public async Task An_account_that_leaves_many_calls_hanging_at_once_is_left_alone_too()
    {
        using var half = new HalfBody();
        _far.Otherwise = _ => new HttpResponseMessage { Content = new StreamContent(half) };
        var hanging = Enumerable
            .Range(0, RemotePipelines.FewestCalls)
            .Select(_ => SendAsync(CallEffect.Writes))
            .ToList();
        _clock.Advance(Minute);
        foreach (var call in hanging)
            await Assert.ThrowsAsync<ExchangeException>(() => call.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal(ExchangeFault.NotAdmitted, (await FailedAsync(CallEffect.Writes)).Fault);
    }

    [Fact]
    public async Task An_account_is_left_alone_no_longer_although_the_clock_is_set_back_meanwhile()
    {
        _far.Otherwise = _ => throw new HttpRequestException("reset");
        for (var i = 0; i < RemotePipelines.FewestCalls; i++)
            await FailedAsync(CallEffect.Writes);
        Assert.Equal(ExchangeFault.NotAdmitted, (await FailedAsync(CallEffect.Writes)).Fault);

        _clock.SetBy(TimeSpan.FromDays(-1));
        Assert.InRange(
            (await FailedAsync(CallEffect.Writes)).RetryAfter!.Value,
            TimeSpan.FromTicks(1),
            RemotePipelines.Break
        );
        _far.Otherwise = _ => StubHandler.Answer("well");
        _clock.Advance(RemotePipelines.Break);
        Assert.Equal("well", await SendAsync(CallEffect.Writes));
    }

    public void Dispose()
    {
        _pipelines.Dispose();
        _far.Dispose();
    }

    private async Task<ExchangeException> FailedAsync(CallEffect effect, string account = "one")
    {
        var sending = SendAsync(effect, account);
        await _clock.PassPausesAsync(sending, TimeSpan.FromSeconds(1));
        return await Assert.ThrowsAsync<ExchangeException>(() => sending);
    }

    private Task<string> SendAsync(
        CallEffect effect,
        string account = "one",
        Uri? at = null,
        CancellationToken stop = default
    ) =>
        _exchange.SendAsync(
            new RemoteCall("far", account, effect, at ?? Address, Minute),
            () =>
                new HttpRequestMessage(HttpMethod.Post, Address) { Content = new RequestBody("{}"u8.ToArray(), "a/b") },
            async (answer, token) =>
                Encoding.UTF8.GetString((await BoundedBody.ReadAsync(answer.Body, 1000, token)).Span),
            stop
        );

    /// <summary>A few bytes, and then nothing until the reader gives up.</summary>
    private sealed class HalfBody : MemoryStream
    {
        private bool _given;

        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer,
            CancellationToken cancellationToken = default
        )
        {
            if (_given)
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            _given = true;
            buffer.Span[0] = (byte)'x';
            return 1;
        }
    }
}
