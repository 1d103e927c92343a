using IntacctSync.Local.Timers;
using IntacctSync.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntacctSync.Tests.Local.Timers;

public sealed class DigestTimerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_failure_is_told_within_a_minute()
    {
        await using var stand = await MailStand.OpenAsync();
        using var patience = new CancellationTokenSource(Patience);
        using var timer = new DigestTimer(stand.Mails(), stand.Store.Clock, NullLogger<DigestTimer>.Instance);
        await stand.FailAsync("org-1");
        await timer.StartAsync(CancellationToken.None);
        await Soon.UntilAsync(stand.Store.Clock.AdvanceToNextTimer);
        Assert.Contains("org-1", (await stand.Sink.NextAsync(patience.Token)).Body, StringComparison.Ordinal);
        Assert.Equal(Some.Now.AddMinutes(1), stand.Store.Clock.GetUtcNow());
        await timer.StopAsync(CancellationToken.None);
    }
}
