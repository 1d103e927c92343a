using IntacctSync.Core.Notifications;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Notifications;

public sealed class SmtpSenderTests : IAsyncLifetime
{
    private readonly SmtpSink _sink = new();
    private readonly TestClock _clock = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _sink.DisposeAsync();

    [Fact]
    public async Task A_letter_arrives_as_it_was_written()
    {
        Assert.Equal(0, await SendAsync(Letter("a@example.com", "b@example.com")));
        var mail = Assert.Single(_sink.Mails);
        Assert.Equal(["a@example.com", "b@example.com"], mail.To);
        Assert.Equal("Zahnärzte\r\n.\r\nEnd\r\n", mail.Body);
        Assert.Equal("<abc123@example.com>", mail.Header("Message-ID"));
        Assert.Equal("auto-generated", mail.Header("Auto-Submitted"));
        Assert.Equal("text/plain; charset=utf-8", mail.Header("Content-Type"));
        Assert.NotNull(mail.Header("Date"));
    }

    [Fact]
    public async Task A_subject_can_not_bring_in_a_header()
    {
        var mail = Letter("a@example.com") with { Subject = "x\r\nBcc: thief@example.com" };
        Assert.Equal(0, await SendAsync(mail));
        var sent = Assert.Single(_sink.Mails);
        Assert.Equal(["a@example.com"], sent.To);
        Assert.Null(sent.Header("Bcc"));
    }

    [Fact]
    public async Task One_recipient_that_is_refused_does_not_keep_it_from_the_others()
    {
        _sink.Answer = c => c.Contains("gone@", StringComparison.Ordinal) ? "550 nobody" : null;
        Assert.Equal(1, await SendAsync(Letter("a@example.com", "gone@example.com")));
        Assert.Equal(["a@example.com"], Assert.Single(_sink.Mails).To);
    }

    [Theory]
    [InlineData("one@example.com")]
    [InlineData("one@example.com", "two@example.com")]
    public async Task When_all_are_refused_it_is_not_sent_and_no_address_is_in_the_reason(params string[] to)
    {
        _sink.Answer = c => c.StartsWith("RCPT", StringComparison.Ordinal) ? "550 nobody is " + c[8..] : null;
        var e = await Assert.ThrowsAsync<MailNotSentException>(() => SendAsync(Letter(to)));
        Assert.DoesNotContain("@example", e.Message, StringComparison.Ordinal);
        Assert.Empty(_sink.Mails);
    }

    [Theory]
    [InlineData("EHLO")]
    [InlineData("MAIL")]
    [InlineData("DATA")]
    [InlineData(".")]
    public async Task A_server_that_hangs_up_has_not_taken_it(string at)
    {
        _sink.Answer = c => c.StartsWith(at, StringComparison.Ordinal) ? "" : null;
        await Assert.ThrowsAsync<MailNotSentException>(() => SendAsync(Letter("a@example.com")));
    }

    [Fact]
    public async Task A_server_that_hangs_up_after_it_has_taken_it_is_not_given_it_again()
    {
        _sink.Answer = c => c.StartsWith("QUIT", StringComparison.Ordinal) ? "" : null;
        Assert.Equal(0, await SendAsync(Letter("a@example.com")));
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("a@example.com, b@example.com")]
    [InlineData("a@example.com b@example.com")]
    [InlineData("team: a@example.com;")]
    [InlineData("a@example.com\r\nBcc: b@example.com")]
    public async Task What_is_not_one_address_is_sent_to_nobody(string to)
    {
        await Assert.ThrowsAsync<MailNotSentException>(() => SendAsync(Letter(to)));
        Assert.Empty(_sink.Commands);
    }

    [Fact]
    public async Task A_server_without_encryption_is_told_nothing_where_that_is_asked_for()
    {
        var options = new EmailOptions
        {
            Host = "127.0.0.1",
            Port = _sink.Port,
            From = "sync@example.com",
            User = "u",
            Password = "canary-mail",
        };
        var e = await Assert.ThrowsAsync<MailNotSentException>(() =>
            new SmtpSender(options, _clock).SendAsync(Letter("a@example.com"), CancellationToken.None)
        );
        Assert.DoesNotContain(
            _sink.Commands,
            c => c.StartsWith("AUTH", StringComparison.Ordinal) || c.StartsWith("MAIL", StringComparison.Ordinal)
        );
        Assert.DoesNotContain("canary-mail", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_waited_for_half_a_minute()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        var port = ((System.Net.IPEndPoint)silent.LocalEndpoint).Port;
        var sending = new SmtpSender(
            new EmailOptions
            {
                Host = "127.0.0.1",
                Port = port,
                From = "sync@example.com",
                StartTls = false,
            },
            _clock
        ).SendAsync(Letter("a@example.com"), CancellationToken.None);
        using var met = await silent.AcceptTcpClientAsync(CancellationToken.None);
        _clock.Advance(SmtpSender.Timeout);
        Assert.Contains(
            "no answer within 30 seconds",
            (await Assert.ThrowsAsync<MailNotSentException>(() => sending)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_server_that_falls_silent_in_the_midst_of_it_is_waited_for_no_longer()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        var sending = new SmtpSender(
            new EmailOptions
            {
                Host = "127.0.0.1",
                Port = ((System.Net.IPEndPoint)silent.LocalEndpoint).Port,
                From = "sync@example.com",
                StartTls = false,
            },
            _clock
        ).SendAsync(Letter("a@example.com"), CancellationToken.None);
        using var met = await silent.AcceptTcpClientAsync(CancellationToken.None);
        using var reader = new StreamReader(met.GetStream());
        await using var writer = new StreamWriter(met.GetStream()) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 mail.test");
        Assert.StartsWith("EHLO", await reader.ReadLineAsync(), StringComparison.Ordinal);
        await writer.WriteLineAsync("250 mail.test");
        Assert.StartsWith("MAIL FROM", await reader.ReadLineAsync(), StringComparison.Ordinal);
        _clock.Advance(SmtpSender.Timeout);
        await Assert.ThrowsAsync<MailNotSentException>(() => sending.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task A_host_that_stops_waits_for_no_server()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        using var stop = new CancellationTokenSource();
        var port = ((System.Net.IPEndPoint)silent.LocalEndpoint).Port;
        var sending = new SmtpSender(
            new EmailOptions
            {
                Host = "127.0.0.1",
                Port = port,
                From = "sync@example.com",
                StartTls = false,
            },
            _clock
        ).SendAsync(Letter("a@example.com"), stop.Token);
        using var met = await silent.AcceptTcpClientAsync(CancellationToken.None);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    private static Mail Letter(params string[] to) =>
        new(to, "IntacctSync harbor", "Zahnärzte\r\n.\r\nEnd\r\n", "ABC123");

    private Task<int> SendAsync(Mail mail) =>
        new SmtpSender(
            new EmailOptions
            {
                Host = "127.0.0.1",
                Port = _sink.Port,
                From = "sync@example.com",
                StartTls = false,
            },
            _clock
        ).SendAsync(mail, CancellationToken.None);
}
