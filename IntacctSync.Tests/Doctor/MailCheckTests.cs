using IntacctSync.Core.Apps.Checks;
using IntacctSync.Core.Doctor;
using IntacctSync.Core.Notifications;

namespace IntacctSync.Tests.Doctor;

/// <summary>Whether the doctor says that those who are to be told of failures can't be reached.</summary>
public sealed class MailCheckTests : DoctorTest
{
    [Fact]
    public async Task Addresses_without_a_mail_server_are_advised_of()
    {
        await ConnectAsync("ap@harbordental.example");
        Says(await WellAsync("mail"), "mail", "nobody is told of failures", "Email:Smtp:Host and Email:Smtp:From");
    }

    [Fact]
    public async Task A_mail_that_could_not_be_sent_fails_until_one_is()
    {
        await ConnectAsync("ap@harbordental.example");
        var email = Process.Get<EmailOptions>();
        (email.Host, email.From, email.LinkBase) = ("mail.example.com", "sync@example.com", "http://road.test");
        Says(await WellAsync("mail"), "mail", "None was sent yet", "intacctsync mail test");

        var notices = Process.Get<NoticeStore>();
        var state = await notices.SaveAsync(
            Id,
            new MailState().NotSent(Clock.GetUtcNow(), "The mail server refused the sign-in."),
            Forever
        );
        Says(await FailedAsync(), "mail", "The mail server refused the sign-in.", "intacctsync mail test");

        await notices.SaveAsync(Id, state!.Sent(Clock.GetUtcNow()), Forever);
        Assert.Null((await WellAsync("mail")).Fix);
    }

    [Fact]
    public async Task Where_nobody_is_to_be_told_nothing_is_said()
    {
        await ConnectAsync();
        Assert.DoesNotContain((await ExamineAsync()).Checks, c => c.Name == "mail");
    }

    private Task ConnectAsync(params string[] addresses) =>
        ConnectOneFlowAsync(s => s with { SyncFailureEmails = addresses });
}
