using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace IntacctSync.Core.Notifications;

/// <summary>
/// Tells by codes alone why a mail server did not take an e-mail, for logs: its own words may name people. Pure.
/// </summary>
internal static partial class MailRefusal
{
    public static string Of(Exception e) =>
        e switch
        {
            OperationCanceledException => "no answer in time",
            SslHandshakeException => "TLS failed, or its certificate is not trusted here",
            NotSupportedException => "it offers no TLS, or no way to sign in that is known here",
            AuthenticationException => $"it refused the sign-in of Email:Smtp:User{Codes(e.InnerException)}",
            SmtpCommandException => $"it refused a command{Codes(e)}",
            ProtocolException => "it does not speak SMTP, or broke off",
            SocketException socket => $"it can't be reached ({socket.SocketErrorCode})",
            IOException => "the connection broke",
            MimeKit.ParseException => "none of the recipients is an e-mail address",
            _ => e.GetType().Name,
        };

    /// <summary>The reply's code, and the enhanced one in its text (RFC 3463).</summary>
    private static string Codes(Exception? e) =>
        e is SmtpCommandException refused
            ? $" ({((int)refused.StatusCode).ToString(CultureInfo.InvariantCulture)}{Enhanced(refused.Message)})"
            : "";

    private static string Enhanced(string said) =>
        EnhancedCode().Match(said) is { Success: true } code ? " " + code : "";

    [GeneratedRegex(@"\b[245]\.\d{1,3}\.\d{1,3}\b", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EnhancedCode();
}
