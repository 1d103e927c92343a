using IntacctSync.Core.Notifications;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Notifications;

/// <summary>Letters to a whole mail server, with a certificate of its own authority.</summary>
public sealed class SmtpSecurityTests : IDisposable
{
    private readonly TestCertificates _certificates = new();

    public void Dispose() => _certificates.Dispose();

    [Fact]
    public async Task A_server_that_offers_STARTTLS_gets_the_letter()
    {
        await using var server = MailServer.Start(_certificates.OfLoopback);
        Assert.Equal(0, await SendAsync(server));
        Assert.Contains("Message-Id: <abc123@example.com>", Assert.Single(server.Mails), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_offers_no_STARTTLS_gets_nothing_in_the_clear()
    {
        await using var server = MailServer.Start();
        var e = await RefusedAsync(server);
        Assert.Contains("nothing was sent in the clear", e.Message, StringComparison.Ordinal);
        Assert.Empty(server.Mails);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task On_port_465_TLS_begins_with_the_first_byte_whatever_is_said_of_STARTTLS(bool startTls)
    {
        await using var server = MailServer.Start(_certificates.OfLoopback, tlsFirst: true, signIn: true);
        Assert.Equal(0, await SendAsync(server, server.Port, startTls, MailServer.User));
        Assert.Single(server.Mails);
        Assert.Equal(465, new SmtpSender(new EmailOptions(), TimeProvider.System).TlsPort);
    }

    [Fact]
    public async Task A_server_that_speaks_no_TLS_where_it_should_gets_nothing()
    {
        await using var server = MailServer.Start();
        var e = await RefusedAsync(server, server.Port);
        Assert.Contains("does not speak TLS", e.Message, StringComparison.Ordinal);
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task The_right_sign_in_is_let_in_after_STARTTLS()
    {
        await using var server = MailServer.Start(_certificates.OfLoopback, signIn: true);
        Assert.Equal(0, await SendAsync(server, user: MailServer.User));
        Assert.Single(server.Mails);
    }

    [Theory]
    [InlineData("somebody", "refused the sign-in of Email:Smtp:User")]
    [InlineData(null, "uthentication")]
    public async Task A_wrong_sign_in_or_none_is_said_without_its_password(string? user, string says)
    {
        await using var server = MailServer.Start(_certificates.OfLoopback, signIn: true);
        var e = await RefusedAsync(server, user: user);
        Assert.Contains(says, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(MailServer.Password, e.ToString(), StringComparison.Ordinal);
        Assert.Empty(server.Mails);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_certificate_of_an_unknown_issuer_or_for_another_host_is_not_trusted_and_that_is_one_line(
        bool known
    )
    {
        await using var server = MailServer.Start(known ? _certificates.OfAnother : _certificates.OfLoopback);
        var e = await Assert.ThrowsAsync<MailNotSentException>(() => SendAsync(server, trusted: known));
        Assert.Contains("issued by CN=Test authority", e.Message, StringComparison.Ordinal);
        Assert.Contains("is not trusted here for 127.0.0.1", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
        Assert.Empty(server.Mails);
    }

    private Task<MailNotSentException> RefusedAsync(MailServer server, int tlsPort = 465, string? user = null) =>
        Assert.ThrowsAsync<MailNotSentException>(() => SendAsync(server, tlsPort, user: user));

    private Task<int> SendAsync(
        MailServer server,
        int tlsPort = 465,
        bool startTls = true,
        string? user = null,
        bool trusted = true
    ) =>
        new SmtpSender(
            new EmailOptions
            {
                Host = "127.0.0.1",
                Port = server.Port,
                From = "sync@example.com",
                StartTls = startTls,
                User = user,
                Password = user is null ? null : MailServer.Password,
            },
            TimeProvider.System
        )
        {
            TlsPort = tlsPort,
            Trust = trusted ? MailServer.Trusting(_certificates.Authority) : null,
        }.SendAsync(
            new Mail(["a@example.com"], "IntacctSync harbor", "Zahnärzte\r\n", "ABC123"),
            CancellationToken.None
        );
}
