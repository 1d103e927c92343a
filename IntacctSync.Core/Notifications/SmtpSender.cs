using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using IntacctSync.Core.Domain;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace IntacctSync.Core.Notifications;

/// <summary>Hands letters to the mail server, one connection for each.</summary>
/// <remarks>
/// On port 465 TLS begins with the first byte (RFC 8314); on any other port it is asked for by STARTTLS (RFC 3207), and
/// a server that does not offer it is told nothing. Only <c>Email:Smtp:StartTls</c> = false sends in the clear.
/// </remarks>
public sealed class SmtpSender(EmailOptions options, TimeProvider time)
{
    /// <summary>How long one letter may take, from the connection to the server's last answer.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>The port on which TLS begins with the first byte.</summary>
    internal int TlsPort { get; init; } = 465;

    /// <summary>Which certificates are trusted; null for those that this machine trusts.</summary>
    internal RemoteCertificateValidationCallback? Trust { get; init; }

    /// <returns>How many of the recipients were refused; the others have it.</returns>
    /// <exception cref="MailNotSentException">The server has taken it for nobody, for all that is known.</exception>
    public async Task<int> SendAsync(Mail mail, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var message = Compose(mail);
            using var client = new ForgivingClient { ServerCertificateValidationCallback = Trust };
            await client.ConnectAsync(options.Host!, options.Port, Encryption(), either.Token);
            if (options.User is { } user)
                await client.AuthenticateAsync(Encoding.UTF8, user, options.Password ?? "", either.Token);
            await client.SendAsync(message, either.Token);
            await LeaveAsync(client, either.Token);
            return client.Refused;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever its kind (a refusal, a reset, a certificate that nobody trusts): the letter is not out.
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
        message.To.AddRange(mail.To.Select(EmailAddress.Parse));

        // RFC 3834: so that nobody's absence is answered to us.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    /// <summary>Says goodbye to a server that has taken the letter; what goes wrong now changes nothing.</summary>
    private static async Task LeaveAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The letter is out, and must not be sent again.
        }
    }

    /// <summary>A server repeats addresses in its refusals; they are for no log.</summary>
    private MailNotSentException NotSent(Exception inner) =>
        new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"The mail server {options.Host}:{options.Port} did not take the e-mail: "
                    + $"{PersonalData.Mask(Why(inner))}. Look at Email:Smtp and the connection's syncFailureEmails."
            ),
            inner
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
        // Lists of revoked certificates are not asked for: a host that can't reach them would send no letter at all.
        public ForgivingClient() => CheckCertificateRevocation = false;

        public int Refused { get; private set; }

        protected override void OnRecipientNotAccepted(
            MimeMessage message,
            MailboxAddress mailbox,
            SmtpResponse response
        ) => Refused++;
    }
}

/// <summary>
/// The mail server could not be reached, or took the letter for nobody; the same letter may pass later.
/// </summary>
public sealed class MailNotSentException(string message, Exception inner) : Exception(message, inner);

/// <summary>A letter as it is sent: plain text, the lines of its body ended by CR LF.</summary>
/// <param name="To">The recipients.</param>
/// <param name="Subject">One line.</param>
/// <param name="Body">The text.</param>
/// <param name="Id">Of its content: the same letter sent twice has the same one, so that a mail system can
/// tell.</param>
public sealed record Mail(IReadOnlyList<string> To, string Subject, string Body, string Id);
