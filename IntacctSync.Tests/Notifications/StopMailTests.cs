using IntacctSync.Core.Connections;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Notifications;

public sealed class StopMailTests
{
    [Fact]
    public async Task A_stop_is_told_once_and_so_is_its_end()
    {
        await using var stand = await MailStand.OpenAsync();
        await SetAsync(stand, ConnectionStop.First("intacct", Some.Problem("sign-in-refused"), Some.Now));
        await stand.LookAsync();
        await SetAsync(
            stand,
            ConnectionStop.First("intacct", Some.Problem("sign-in-refused"), Some.Now).After(Some.Problem(), Some.Now)
        );
        await stand.LookAsync();
        Assert.Contains("is stopped", Assert.Single(stand.Sink.Mails).Body, StringComparison.Ordinal);
        await SetAsync(stand, null);
        await stand.LookAsync();
        await stand.LookAsync();
        Assert.Equal(2, stand.Sink.Mails.Count);
        Assert.Contains("goes on", stand.Sink.Mails.Last().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_that_could_not_be_told_is_told_later()
    {
        await using var stand = await MailStand.OpenAsync();
        stand.Sink.Answer = _ => "";
        await SetAsync(stand, ConnectionStop.First("zuper", Some.Problem(), Some.Now));
        await stand.LookAsync();
        Assert.Empty(stand.Sink.Mails);
        stand.Sink.Answer = _ => null;
        stand.Store.Clock.Advance(TimeSpan.FromMinutes(1));
        await stand.LookAsync();
        Assert.Single(stand.Sink.Mails);
    }

    [Fact]
    public async Task A_connection_that_was_deactivated_tells_of_no_stop()
    {
        await using var stand = await MailStand.OpenAsync();
        await SetAsync(stand, ConnectionStop.First("zuper", Some.Problem(), Some.Now));
        await stand.Connections.ChangeAsync(Some.ConnectionId, c => c with { Active = false }, CancellationToken.None);
        await stand.LookAsync();
        Assert.Empty(stand.Sink.Mails);
    }

    private static Task<Connection?> SetAsync(MailStand stand, ConnectionStop? stop) =>
        stand.Connections.ChangeAsync(Some.ConnectionId, c => c with { Stop = stop }, CancellationToken.None);
}
