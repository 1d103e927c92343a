using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;

namespace IntacctSync.Core.Notifications;

/// <summary>Hands letters to the mail server.</summary>
public sealed class SmtpSender(EmailOptions options, TimeProvider time)
{
    /// <summary>How long one letter may take.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <returns>How many of the recipients were refused; the others have it.</returns>
    /// <exception cref="MailNotSentException">Nobody has it, for all that is known.</exception>
    public async Task<int> SendAsync(Mail mail, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var message = Compose(mail);
        using var client = new SmtpClient(options.Host, options.Port) { EnableSsl = options.StartTls };
        if (options.User is { } user)
            client.Credentials = new NetworkCredential(user, options.Password);
        try
        {
            // The client notices a cancellation only at its next step; nobody waits for that.
            await client.SendMailAsync(message, either.Token).WaitAsync(either.Token);
            return 0;
        }
        catch (SmtpFailedRecipientsException e) when (e.InnerExceptions.Length < mail.To.Count)
        {
            return e.InnerExceptions.Length;
        }
        catch (SmtpFailedRecipientException e) when (e is not SmtpFailedRecipientsException && mail.To.Count > 1)
        {
            return 1;
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw NotSent(
                e,
                string.Create(CultureInfo.InvariantCulture, $"no answer within {Timeout.TotalSeconds} seconds")
            );
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            // Whatever its kind (a refusal, a reset, a certificate that nobody trusts): the letter is not out.
            throw NotSent(e, $"{e.Message} {e.InnerException?.Message}");
        }
    }

    private MailMessage Compose(Mail mail)
    {
        var from = new MailAddress(options.From!);
        var message = new MailMessage
        {
            From = from,
            Subject = mail.Subject,
            SubjectEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
            Body = mail.Body,
            BodyEncoding = Encoding.UTF8,
            BodyTransferEncoding = TransferEncoding.Base64,
        };
        foreach (var address in mail.To)
            message.To.Add(new MailAddress(address));
        message.Headers.Add("Message-ID", $"<{mail.Id.ToLowerInvariant()}@{from.Host}>");

        // RFC 3834: so that nobody's absence is answered to us.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    /// <summary>A server repeats addresses in its refusals; they are for no log.</summary>
    private MailNotSentException NotSent(Exception inner, string why) =>
        new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"The mail server {options.Host}:{options.Port} did not take the e-mail: "
                    + $"{PersonalData.Mask(why)}. Look at Email:Smtp and the connection's syncFailureEmails."
            ),
            inner
        );
}

/// <summary>
/// The mail server could not be reached, or took the letter for nobody; the same letter may pass later.
/// </summary>
public sealed class MailNotSentException(string message, Exception inner) : Exception(message, inner);
