using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using IntacctSync.Core.Domain;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace IntacctSync.Core.Notifications;

/// <summary>Sends e-mails through the mail server, one connection for each.</summary>
/// <remarks>
/// On port 465 TLS begins with the first byte (RFC 8314); on any other port it is asked for by STARTTLS (RFC 3207), and
/// to a server that does not offer it nothing is sent. Only with <c>Email:Smtp:StartTls</c> = false are e-mails sent
/// unencrypted.
/// </remarks>
public sealed class SmtpSender(EmailOptions options, TimeProvider time)
{
    /// <summary>How long sending one e-mail may take, from the connection to the server's last answer.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>The port on which TLS begins with the first byte.</summary>
    internal int TlsPort { get; init; } = 465;

    /// <summary>Which certificates are trusted; null for those that this machine trusts.</summary>
    internal RemoteCertificateValidationCallback? Trust { get; init; }

    /// <returns>How many of the recipients were refused; the others have it.</returns>
    /// <exception cref="MailNotSentException">As far as is known, the server has accepted it for no
    /// recipient.</exception>
    public async Task<int> SendAsync(Mail mail, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var message = Compose(mail);
            if (message.To.Count == 0)
                throw new ParseException("None of the recipients is an e-mail address.", 0, 0);
            using var client = new ForgivingClient { ServerCertificateValidationCallback = Trust };
            await client.ConnectAsync(options.Host!, options.Port, Encryption(), either.Token);
            if (options.User is { } user)
                await client.AuthenticateAsync(Encoding.UTF8, user, options.Password ?? "", either.Token);
            await client.SendAsync(message, either.Token);
            await LeaveAsync(client, either.Token);
            return client.Refused + mail.To.Count - message.To.Count;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever went wrong (a refusal, a reset, a certificate that nobody trusts), the e-mail was not sent.
            throw NotSent(e);
        }
    }

    private SecureSocketOptions Encryption() =>
        options.Port == TlsPort ? SecureSocketOptions.SslOnConnect
        : options.StartTls ? SecureSocketOptions.StartTls
        : SecureSocketOptions.None;

    private MimeMessage Compose(Mail mail)
    {
        var from = EmailAddress.Parse(options.From!);
        var message = new MimeMessage
        {
            Subject = mail.Subject,
            Date = time.GetUtcNow(),
            MessageId = $"{mail.Id.ToLowerInvariant()}@{from.Domain}",
            Body = new TextPart("plain") { Text = mail.Body, ContentTransferEncoding = ContentEncoding.Base64 },
        };
        message.From.Add(from);

        // One by one: an address that is none must not keep the letter from the others.
        message.To.AddRange(mail.To.Where(EmailAddress.IsOne).Select(EmailAddress.Parse));

        // RFC 3834: asks for no automatic replies, such as notes of absence.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    /// <summary>Takes leave of a server that has accepted the e-mail. An error now changes nothing.</summary>
    private static async Task LeaveAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The e-mail was sent, and must not be sent again.
        }
    }

    /// <summary>A server repeats addresses in its refusals.</summary>
    private MailNotSentException NotSent(Exception inner) =>
        new(Line(PersonalData.Mask(Why(inner))), inner) { LogText = Line(MailRefusal.Of(inner)) };

    private string Line(string why) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"The mail server {options.Host}:{options.Port} did not take the e-mail: {why}. Look at Email:Smtp and the "
                + $"connection's syncFailureEmails."
        );

    private string Why(Exception e) =>
        e switch
        {
            OperationCanceledException => string.Create(
                CultureInfo.InvariantCulture,
                $"no answer within {Timeout.TotalSeconds} seconds"
            ),
            SslHandshakeException { ServerCertificate: X509Certificate2 shown } => string.Create(
                CultureInfo.InvariantCulture,
                $"its certificate ({shown.Subject}, issued by {shown.Issuer}, valid until {shown.NotAfter:yyyy-MM-dd}) "
                    + $"is not trusted here for {options.Host}; Email:Smtp:Host must be a name that it is made out "
                    + $"to, and this machine must trust its issuer"
            ),
            SslHandshakeException => "it does not speak TLS on this port, or breaks it off",
            NotSupportedException when options.StartTls && options.Port != TlsPort =>
                $"it lacks what is needed ({e.Message.TrimEnd('.')}), and nothing was sent in the clear",
            AuthenticationException => $"it refused the sign-in of Email:Smtp:User ({e.Message.TrimEnd('.')})",
            _ => $"{e.Message.TrimEnd('.')} {e.InnerException?.Message.TrimEnd('.')}".TrimEnd(),
        };

    /// <summary>Goes on where a server refuses some of the recipients, and counts these.</summary>
    private sealed class ForgivingClient : SmtpClient
    {
        // Lists of revoked certificates are not read, since a host that can't reach them could send no e-mail at all.
        public ForgivingClient() => CheckCertificateRevocation = false;

        public int Refused { get; private set; }

        private SmtpResponse? _last;

        protected override void OnRecipientNotAccepted(
            MimeMessage message,
            MailboxAddress mailbox,
            SmtpResponse response
        )
        {
            Refused++;
            _last = response;
        }

        protected override void OnNoRecipientsAccepted(MimeMessage message) =>
            throw new SmtpCommandException(
                SmtpErrorCode.RecipientNotAccepted,
                _last?.StatusCode ?? SmtpStatusCode.TransactionFailed,
                _last?.Response ?? ""
            );
    }
}

/// <summary>
/// The mail server could not be reached, or accepted the e-mail for no recipient. The same e-mail may pass later.
/// </summary>
public sealed class MailNotSentException(string message, Exception inner) : Exception(message, inner), ILogText
{
    public required string LogText { get; init; }
}

/// <summary>An e-mail as it is sent: plain text, the lines of its body ended by CR LF.</summary>
/// <param name="To">The recipients.</param>
/// <param name="Subject">One line.</param>
/// <param name="Body">The text.</param>
/// <param name="Id">Made from its content: if the same e-mail is sent twice it has the same id, so that a mail system
/// can tell.</param>
public sealed record Mail(IReadOnlyList<string> To, string Subject, string Body, string Id);
