using IntacctSync.Core.Apps.Checks;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Notifications;

namespace IntacctSync.Core.Doctor;

/// <summary>Whether those who are to be told of failures can be reached. Pure.</summary>
internal static class MailCheck
{
    private const string Test =
        "send a test letter: intacctsync mail test, or in the console under Settings > Webhooks, mail and role.";

    public static bool Concerns(Connection connection) => connection.Settings.SyncFailureEmails.Count > 0;

    /// <param name="email">The mail server of this host.</param>
    /// <param name="state">Where the connection's mails stand.</param>
    /// <exception cref="CheckFailedException">The last mail could not be sent.</exception>
    public static Finding Look(EmailOptions email, MailState state)
    {
        if (!email.On)
            return Finding.Advice(
                EmailOptions.NoServer,
                "Set Email:Smtp:Host and Email:Smtp:From in the configuration of this host, and start it again."
            );
        if (state.LastError is { } error)
            throw new CheckFailedException(
                $"The last mail about failures could not be sent. {error}",
                "Correct Email:Smtp in the configuration of this host, or the addresses (syncFailureEmails). Then "
                    + Test
            );
        return state.LastSentAt is null
            ? Finding.Advice(
                "Failures are told by mail. None was sent yet, so it is not known whether letters arrive.",
                $"To know it, {Test}"
            )
            : Finding.Passed("Failures are told by mail, and the mail server took the last letter.");
    }
}
