using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Notifications;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Notifications;

public sealed class FailureMailsTests : IAsyncLifetime
{
    private MailStand _stand = null!;

    public async Task InitializeAsync() => _stand = await MailStand.OpenAsync();

    public async Task DisposeAsync() => await _stand.DisposeAsync();

    [Fact]
    public async Task The_first_of_a_cause_is_told_at_once_with_its_reason_its_fix_and_a_link()
    {
        await _stand.FailAsync("org-1", title: "Harbor Dental");
        await _stand.LookAsync();
        var mail = Assert.Single(_stand.Sink.Mails);
        Assert.Equal(["ap@harbordental.example"], mail.To);
        foreach (
            var part in new[]
            {
                "Organizations: some cause (1)",
                "Harbor Dental",
                "Something is wrong.",
                "Mend it.",
                "https://sync.example.com/console/connections/harbor/records/organizations/org-1",
            }
        )
            Assert.Contains(part, mail.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://sync.example.com", "https://sync.example.com/console/connections/harbor/records/")]
    [InlineData(null, " http://127.0.0.1:5080/console/connections/harbor/records/")]
    public async Task Without_a_public_address_a_link_leads_to_the_hosts_own(string? linkBase, string link)
    {
        await _stand.FailAsync("org-1", title: "Harbor Dental");
        var options = _stand.Options;
        (options.LinkBase, options.OwnAddress) = (linkBase, "http://127.0.0.1:5080/");
        await _stand.LookAsync(options);
        Assert.Contains(link, Assert.Single(_stand.Sink.Mails).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_letter_says_whom_it_concerns_what_it_comes_to_and_on_which_page_it_is_mended()
    {
        await _stand.ChangeAsync("org-9", e => (e with { Title = "Harbor Dental" }).Sync(Some.Now, "created", ""));
        await _stand.FailAsync(
            "0191f5a2-7b1c-7c3e-9d51-3c9f3f2b8a11",
            Some.Problem("no-customer"),
            "INV-2041",
            new RecordFacts(1129.98m, "USD", new DateOnly(2026, 2, 3), PartyRecord: "organizations/org-9")
        );
        await _stand.FailAsync("0191f5a2-7b1c-7c3e-9d51-3c9f3f2b8a12", Some.Problem("no-customer"));
        await _stand.LookAsync();
        var mail = Assert.Single(_stand.Sink.Mails);
        foreach (
            var part in new[]
            {
                "Organizations: no customer (2)\r\n",
                "  INV-2041\r\n    Harbor Dental, 1,129.98 USD, 2026-02-03\r\n    Reason: ",
                "  A record without a name\r\n",
                "https://sync.example.com/console/connections/harbor/causes?flow=organizations&code=no-customer\r\n",
            }
        )
            Assert.Contains(part, mail.Body, StringComparison.Ordinal);
        foreach (var part in new[] { "/api/", "POST", "{" })
            Assert.DoesNotContain(part, mail.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_letter_reaches_those_who_are_told_of_failures_and_leads_to_the_console()
    {
        var sent = await new TestMail(
            new SmtpSender(_stand.Options, TimeProvider.System),
            _stand.Options,
            _stand.Notices,
            _stand.Store.Clock
        ).SendAsync(
            (await _stand.Connections.GetAsync(Some.ConnectionId, CancellationToken.None))!,
            CancellationToken.None
        );
        Assert.Equal(new TestMailOutcome(1, 0, null), sent);
        var state = await _stand.Notices.ReadStateAsync(Some.ConnectionId, CancellationToken.None);
        Assert.Equal((_stand.Store.Clock.GetUtcNow(), null), (state.LastSentAt, state.LastError));
        var mail = Assert.Single(_stand.Sink.Mails);
        Assert.Equal(["ap@harbordental.example"], mail.To);
        Assert.Contains("test letter", mail.Header("Subject"), StringComparison.Ordinal);
        Assert.Contains(
            "https://sync.example.com/console/connections/harbor/causes",
            mail.Body,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_follows_is_told_together_an_hour_later()
    {
        await _stand.FailAsync("org-1");
        await _stand.LookAsync();
        await _stand.FailAsync("org-2");
        await _stand.FailAsync("org-3");
        _stand.Store.Clock.Advance(TimeSpan.FromMinutes(59));
        await _stand.LookAsync();
        Assert.Single(_stand.Sink.Mails);
        _stand.Store.Clock.Advance(TimeSpan.FromMinutes(1));
        await _stand.LookAsync();
        var digest = _stand.Sink.Mails.Last();
        Assert.Equal(2, _stand.Sink.Mails.Count);
        Assert.DoesNotContain("org-1", digest.Body, StringComparison.Ordinal);
        Assert.Contains("org-2", digest.Body, StringComparison.Ordinal);
        Assert.Contains("org-3", digest.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_cause_is_told_at_once_and_does_not_put_off_the_digest()
    {
        await _stand.FailAsync("org-1");
        await _stand.LookAsync();
        await _stand.FailAsync("org-2");
        _stand.Store.Clock.Advance(TimeSpan.FromMinutes(50));
        await _stand.FailAsync("org-3", Some.Problem("another-cause"));
        await _stand.LookAsync();
        Assert.DoesNotContain("org-2", _stand.Sink.Mails.Last().Body, StringComparison.Ordinal);
        _stand.Store.Clock.Advance(TimeSpan.FromMinutes(10));
        await _stand.LookAsync();
        Assert.Equal(3, _stand.Sink.Mails.Count);
        Assert.Contains("org-2", _stand.Sink.Mails.Last().Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RCPT", "550 5.1.1 Mrs. Canary of 1 Canary Street has left", "(550 5.1.1)")]
    [InlineData("RCPT", "550 Mrs. Canary has left", "(550)")]
    [InlineData("DATA", "554 5.7.1 canary@example.com looks like spam", "(554 5.7.1)")]
    [InlineData("MAIL", "451 4.3.0 ask canary@example.com", "(451 4.3.0)")]
    [InlineData("EHLO", "", "broke off")]
    public async Task Why_a_letter_was_not_taken_is_in_the_log_by_codes_and_never_in_the_servers_words(
        string command,
        string answer,
        string told
    )
    {
        _stand.Sink.Answer = c => c.StartsWith(command, StringComparison.Ordinal) ? answer : null;
        await _stand.FailAsync("org-1", title: "Canary Dental");
        await _stand.LookAsync();
        var line = Assert.Single(_stand.Log.Lines).Text;
        Assert.Contains(told, line, StringComparison.Ordinal);
        Assert.Contains("Email:Smtp", line, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", line, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("harbordental", line, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Recipients_are_read_one_by_one_so_that_a_broken_one_keeps_the_letter_from_nobody()
    {
        await _stand.AddressAsync(
            "ap@harbordental.example",
            "no address",
            "a@x.example; b@x.example",
            "<>",
            "cfo@harbordental.example"
        );
        await _stand.FailAsync("org-1");
        await _stand.LookAsync();
        Assert.Equal(["ap@harbordental.example", "cfo@harbordental.example"], Assert.Single(_stand.Sink.Mails).To);
        Assert.Contains(_stand.Log.Lines, l => l.Text.Contains("refused 3 of 5 recipients", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_told_is_not_told_again()
    {
        await _stand.FailAsync("org-1");
        for (var hour = 0; hour < 48; hour++)
        {
            await _stand.LookAsync();
            _stand.Store.Clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.Single(_stand.Sink.Mails);
    }

    [Fact]
    public async Task A_record_that_was_mended_before_its_digest_is_told_to_nobody()
    {
        await _stand.FailAsync("org-1");
        await _stand.LookAsync();
        await _stand.FailAsync("org-2");
        await _stand.ChangeAsync("org-2", e => e.Sync(Some.Now, "created", "Mended."));
        _stand.Store.Clock.Advance(TimeSpan.FromHours(2));
        await _stand.LookAsync();
        Assert.Single(_stand.Sink.Mails);
        Assert.Empty((await _stand.Notices.ReadAsync(Some.ConnectionId, CancellationToken.None)).Waiting);
    }

    [Fact]
    public async Task A_notice_whose_row_does_not_say_so_yet_waits_for_the_row()
    {
        await _stand.Notices.AddAsync(
            Some.ConnectionId,
            ZuperFlows.Organizations,
            [("org-1", "some-cause")],
            CancellationToken.None
        );
        await _stand.LookAsync();
        Assert.Empty(_stand.Sink.Mails);
        await _stand.ChangeAsync("org-1", e => e.Need(Some.Now, Some.Problem()));
        await _stand.LookAsync();
        Assert.Single(_stand.Sink.Mails);
    }

    [Fact]
    public async Task A_letter_that_the_server_refuses_is_kept_and_tried_again()
    {
        _stand.Sink.Answer = command => command == "." ? "451 later, said to ap@harbordental.example" : null;
        await _stand.FailAsync("org-1");
        await _stand.LookAsync();
        await _stand.LookAsync();
        Assert.Single(_stand.Sink.Commands, c => c == "DATA");
        Assert.DoesNotContain(
            "harbordental",
            string.Concat(_stand.Log.Lines.Select(l => l.Text)),
            StringComparison.Ordinal
        );
        _stand.Sink.Answer = _ => null;
        _stand.Store.Clock.Advance(TimeSpan.FromMinutes(1));
        await _stand.LookAsync();
        Assert.Contains("org-1", Assert.Single(_stand.Sink.Mails).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_instances_send_a_letter_once()
    {
        for (var i = 0; i < 5; i++)
        {
            await _stand.FailAsync("org-" + i, Some.Problem("cause-" + i));
            await Task.WhenAll(_stand.LookAsync(), _stand.LookAsync(), _stand.LookAsync());
        }

        Assert.Equal(5, _stand.Sink.Mails.Count);
    }

    [Fact]
    public async Task A_claim_of_an_instance_that_died_runs_out()
    {
        await _stand.FailAsync("org-1");
        await _stand.Notices.SaveAsync(
            Some.ConnectionId,
            new MailState(ClaimedUntil: Some.Now.AddMinutes(5)),
            CancellationToken.None
        );
        await _stand.LookAsync();
        Assert.Empty(_stand.Sink.Mails);
        _stand.Store.Clock.Advance(TimeSpan.FromMinutes(5));
        await _stand.LookAsync();
        Assert.Single(_stand.Sink.Mails);
    }

    [Fact]
    public async Task Without_recipients_nothing_is_sent_and_what_is_not_mended_is_told_once_there_is_one()
    {
        await _stand.AddressAsync();
        await _stand.FailAsync("org-1", title: "Harbor Dental");
        await _stand.FailAsync("org-2", title: "Pier Dental");
        await _stand.LookAsync();
        Assert.Empty(_stand.Sink.Commands);
        await _stand.ChangeAsync("org-2", e => e.Sync(Some.Now, "created", ""));
        _stand.Store.Clock.Advance(TimeSpan.FromHours(2));
        await _stand.LookAsync();
        var waiting = (await _stand.Notices.ReadAsync(Some.ConnectionId, CancellationToken.None)).Waiting;
        Assert.Equal(["org-1"], waiting.Select(n => n.SourceId));
        await _stand.AddressAsync("late@harbordental.example");
        await _stand.LookAsync();
        Assert.Contains("Harbor Dental", Assert.Single(_stand.Sink.Mails).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_mail_server_nothing_is_kept_and_nothing_is_tried()
    {
        await new NoticeStore(_stand.Store.Table, new EmailOptions(), _stand.Store.Clock).AddAsync(
            Some.ConnectionId,
            ZuperFlows.Organizations,
            [("org-1", "some-cause")],
            CancellationToken.None
        );
        await _stand.LookAsync(new EmailOptions());
        Assert.Empty((await _stand.Notices.ReadAsync(Some.ConnectionId, CancellationToken.None)).Waiting);
        Assert.Empty(_stand.Sink.Commands);
    }

    [Fact]
    public async Task A_feed_that_can_not_be_read_is_told()
    {
        await _stand.Notices.AddFeedAsync(
            Some.ConnectionId,
            "organizations",
            Some.Problem("zuper-refused"),
            CancellationToken.None
        );
        await _stand.LookAsync();
        Assert.Contains(
            "Reading the changes of organizations",
            Assert.Single(_stand.Sink.Mails).Body,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Of_many_records_some_are_named_and_all_are_counted()
    {
        for (var i = 0; i < MailText.Named + 7; i++)
            await _stand.FailAsync($"org-{i}");
        await _stand.LookAsync();
        var body = Assert.Single(_stand.Sink.Mails).Body;
        Assert.Contains("some cause (32)", body, StringComparison.Ordinal);
        Assert.Contains("and 7 more", body, StringComparison.Ordinal);
        Assert.Equal(MailText.Named, body.Split("Reason:").Length - 1);
    }
}
