using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Tests.Support;
using IntacctSync.Tests.Zuper.Client;

namespace IntacctSync.Tests.Remote;

public sealed class AnsweredRateTests
{
    private static readonly ZuperAccount Account = Some.ZuperAccount();

    [Fact]
    public async Task A_limit_learned_from_the_headers_is_kept_without_asking_in_vain()
    {
        using var stand = new ZuperStand(_ => Limited("3", null));
        for (var i = 0; i < 3; i++)
            await stand.Client.ProbeAsync(Account, CancellationToken.None);
        var refusal = await Assert.ThrowsAsync<ZuperException>(() =>
            stand.Client.ProbeAsync(Account, CancellationToken.None)
        );
        Assert.Equal((ZuperFailure.Throttled, null), (refusal.Failure, refusal.Status));
        Assert.Equal(3, stand.Asked.Count);
        stand.Clock.Advance(refusal.RetryAfter!.Value);
        await stand.Client.ProbeAsync(Account, CancellationToken.None);
        Assert.Equal(4, stand.Asked.Count);
    }

    [Fact]
    public async Task What_others_used_with_the_same_key_is_not_asked_for_in_vain()
    {
        using var stand = new ZuperStand(_ => Limited("150", "0"));
        await stand.Client.ProbeAsync(Account, CancellationToken.None);
        Assert.Equal(
            ZuperFailure.Throttled,
            (
                await Assert.ThrowsAsync<ZuperException>(() => stand.Client.ProbeAsync(Account, CancellationToken.None))
            ).Failure
        );
        Assert.Single(stand.Asked);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(529)]
    public async Task A_refusal_s_pause_holds_the_account_and_no_other(int status)
    {
        using var stand = new ZuperStand(asked =>
            asked.Key == Some.ZuperKey ? Refusal(status, "20") : ZuperStand.Json(Some.ZuperSuccess(new JsonArray()))
        );
        var refusal = await Assert.ThrowsAsync<ZuperException>(() =>
            stand.Client.ProbeAsync(Account, CancellationToken.None)
        );
        Assert.Equal((ZuperFailure.Throttled, TimeSpan.FromSeconds(20)), (refusal.Failure, refusal.RetryAfter));
        var held = await Assert.ThrowsAsync<ZuperException>(() =>
            stand.Client.ProbeAsync(Account, CancellationToken.None)
        );
        Assert.True(held.RetryAfter > refusal.RetryAfter, "those who are held come back one after the other");
        Assert.Single(stand.Asked);
        await stand.Client.ProbeAsync(Some.ZuperAccount(key: "another-key"), CancellationToken.None);
        Assert.Equal(2, stand.Asked.Count);
    }

    [Fact]
    public async Task A_refusal_without_a_pause_is_given_one()
    {
        using var stand = new ZuperStand(_ => Refusal(429, null));
        var refusal = await Assert.ThrowsAsync<ZuperException>(() =>
            stand.Client.ProbeAsync(Account, CancellationToken.None)
        );
        Assert.Equal(TimeSpan.FromSeconds(30), refusal.RetryAfter);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("7", 7)]
    [InlineData("86400", 900)]
    [InlineData("soon", null)]
    [InlineData("-3", null)]
    public void A_pause_is_read_in_seconds_and_has_bounds(string header, int? seconds)
    {
        using var response = Refusal(429, header);
        Assert.Equal(seconds, (int?)AnsweredRate.Read(response, DateTimeOffset.UnixEpoch).RetryAfter?.TotalSeconds);
    }

    [Fact]
    public void A_pause_may_be_a_date()
    {
        var now = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
        using var response = Refusal(429, now.AddSeconds(12).ToString("r", CultureInfo.InvariantCulture));
        Assert.Equal(TimeSpan.FromSeconds(12), AnsweredRate.Read(response, now).RetryAfter);
        Assert.Equal(TimeSpan.Zero, AnsweredRate.Read(response, now.AddSeconds(30)).RetryAfter);
    }

    [Fact]
    public async Task A_service_that_is_down_and_asks_for_a_pause_gets_it()
    {
        using var stand = new ZuperStand(_ => Refusal(503, "9"));
        var down = await Assert.ThrowsAsync<ZuperException>(() =>
            stand.Client.ProbeAsync(Account, CancellationToken.None)
        );
        Assert.Equal((ZuperFailure.Transient, TimeSpan.FromSeconds(9)), (down.Failure, down.RetryAfter));
        var held = await Assert.ThrowsAsync<ZuperException>(() =>
            stand.Client.ProbeAsync(Account, CancellationToken.None)
        );
        Assert.Equal(ZuperFailure.Throttled, held.Failure);
        Assert.Single(stand.Asked);
    }

    private static HttpResponseMessage Limited(string limit, string? remaining)
    {
        var response = ZuperStand.Json(Some.ZuperSuccess(new JsonArray()));
        response.Headers.Add("x-rate-limit", limit);
        if (remaining is not null)
            response.Headers.Add("X-Rate-Limit-Remaining", remaining);
        return response;
    }

    private static HttpResponseMessage Refusal(int status, string? retryAfter)
    {
        var response = ZuperStand.Html("<p>slow down</p>", (HttpStatusCode)status);
        if (retryAfter is not null)
            response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        return response;
    }
}
