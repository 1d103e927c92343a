using IntacctSync.Core.Domain;
using IntacctSync.Core.Notifications;
using IntacctSync.Core.Recoverability;

namespace IntacctSync.Tests.Local.Cli;

/// <summary>What a status and an explanation say beside the counts.</summary>
public sealed class StatusVerbTests : VerbTest
{
    [Fact]
    public async Task A_mail_that_could_not_be_sent_is_code_1_and_told()
    {
        (await PutAsync()).Is(201);
        var id = ConnectionId.Parse("acme");
        var notices = Get<NoticeStore>();
        var state = await notices.SaveAsync(
            id,
            new MailState().NotSent(Clock.GetUtcNow(), "The mail server does not answer."),
            CancellationToken.None
        );
        var (code, output, _) = await RunAsync("status");
        Assert.Equal(1, code);
        Assert.Contains("Mail: The mail server does not answer.", Line(output), StringComparison.Ordinal);
        Assert.Contains("Needs you: - Mail about failures can't be sent", Line(output), StringComparison.Ordinal);
        Assert.Equal(1, (await RunAsync("status", "--json")).Code);

        await notices.SaveAsync(id, state!.Sent(Clock.GetUtcNow()), CancellationToken.None);
        Assert.Equal(0, (await RunAsync("status")).Code);
    }

    [Fact]
    public async Task Webhooks_that_were_refused_today_are_told()
    {
        (await PutAsync()).Is(201);
        Assert.DoesNotContain("refused today", (await RunAsync("status")).Output, StringComparison.Ordinal);
        (await HookAsync("{}", secret: "wrong")).Is(401);
        Assert.Contains("refused today: 1", (await RunAsync("status")).Output, StringComparison.Ordinal);
    }
}
