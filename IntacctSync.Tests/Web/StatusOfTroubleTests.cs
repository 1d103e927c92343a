using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Notifications;

namespace IntacctSync.Tests.Web;

/// <summary>What a status has once something is wrong.</summary>
public sealed class StatusOfTroubleTests : ApiTest
{
    private const string Status = "/api/connections/acme/status";

    [Fact]
    public async Task A_stop_is_shown_with_its_code_message_fix_and_beginning()
    {
        (await PutAsync()).Is(201);
        await StopAsync();
        var stop = (await CallAsync("GET", Status)).Is(200).Json["stop"]!;
        Assert.Equal(
            ["intacct-login-rejected", "Intacct refuses the user.", "Enter its password."],
            new[] { "code", "message", "fix" }.Select(name => stop[name]!.ToString())
        );
        Assert.Equal(Clock.GetUtcNow(), stop["since"]!.GetValue<DateTimeOffset>());
    }

    [Fact]
    public async Task That_nobody_is_told_shows_where_somebody_is_to_be_and_this_host_has_no_mail_server()
    {
        (await PutAsync(s => s["syncFailureEmails"] = new JsonArray("books@harbor.example"))).Is(201);
        var mail = (await CallAsync("GET", Status)).Is(200).Json["mail"]!;
        Assert.Contains("nobody is told of failures", $"{mail["lastError"]}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_shows_when_the_last_one_went_out_and_why_the_next_one_did_not()
    {
        (await PutAsync()).Is(201);
        var (id, notices) = (ConnectionId.Parse("acme"), Get<NoticeStore>());
        var sentAt = Clock.GetUtcNow();
        var state = await notices.SaveAsync(id, new MailState().Sent(sentAt), CancellationToken.None);
        var mail = (await CallAsync("GET", Status)).Is(200).Json["mail"]!;
        Assert.Equal(sentAt, mail["lastSentAt"]!.GetValue<DateTimeOffset>());
        Assert.Null(mail["lastError"]);

        Clock.Advance(TimeSpan.FromHours(1));
        await notices.SaveAsync(
            id,
            state!.NotSent(Clock.GetUtcNow(), "The mail server does not answer."),
            CancellationToken.None
        );
        mail = (await CallAsync("GET", Status)).Is(200).Json["mail"]!;
        Assert.Equal(sentAt, mail["lastSentAt"]!.GetValue<DateTimeOffset>());
        Assert.Equal("The mail server does not answer.", mail["lastError"]!.ToString());
    }
}
