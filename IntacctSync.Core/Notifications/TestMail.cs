using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Storage;

namespace IntacctSync.Core.Notifications;

/// <summary>Sends a letter to those who are told of failures, so that they know that letters reach them.</summary>
public sealed class TestMail(SmtpSender smtp, EmailOptions options, NoticeStore notices, TimeProvider time)
{
    /// <returns>How it ended.</returns>
    /// <exception cref="MailNotSentException">The mail server took it for nobody.</exception>
    public async Task<TestMailOutcome> SendAsync(Connection connection, CancellationToken cancellationToken)
    {
        var to = connection.Settings.SyncFailureEmails;
        if (!options.On)
            return new TestMailOutcome(
                0,
                0,
                "No mail server is set, so failures are written to the log only: set Email:Smtp:Host and "
                    + "Email:Smtp:From."
            );
        if (to.Count == 0)
            return new TestMailOutcome(
                0,
                0,
                $"Nobody is told of failures of the connection '{connection.Id}': put an e-mail address into its "
                    + "settings (syncFailureEmails)."
            );
        try
        {
            var refused = await smtp.SendAsync(LetterOf(connection, to), cancellationToken);
            await NoteAsync(connection.Id, (state, now) => state.Sent(now));
            return new TestMailOutcome(to.Count - refused, refused, null);
        }
        catch (MailNotSentException e)
        {
            // Real letters are not put off by it.
            await NoteAsync(connection.Id, (state, _) => state with { LastError = e.Message });
            throw;
        }
    }

    private Mail LetterOf(Connection connection, IReadOnlyList<string> to) =>
        new(
            to,
            $"IntacctSync: a test letter for {connection.Id}",
            $"This is a test letter of the connection '{connection.Id}'.\r\n\r\n"
                + "When a record needs a person, a letter like this one says whom it concerns, what it comes to, "
                + "why it waits and how it is mended, with a link to its page. What needs you now:\r\n"
                + $"{RecordLink.To(options.Links, connection.Id)}/causes\r\n\r\n"
                + "There is nothing to do about this letter.\r\n",
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"test.{connection.Id}.{time.GetUtcNow().UtcTicks}"
            )
        );

    /// <summary>
    /// Notes how it ended. Whoever sends a letter just now notes that himself, so his claim is left alone. What is out
    /// is out, whether it can be noted or not.
    /// </summary>
    private async Task NoteAsync(ConnectionId connection, Func<MailState, DateTimeOffset, MailState> change)
    {
        try
        {
            var (state, now) = (await notices.ReadStateAsync(connection, CancellationToken.None), time.GetUtcNow());
            if (!NotedTimes.Lasts(state.ClaimedUntil, MailState.Claim, now))
                await notices.SaveAsync(connection, change(state, now), CancellationToken.None);
        }
        catch (TableUnavailableException)
        {
            // The next letter tells as much.
        }
    }
}

/// <summary>What became of a test letter.</summary>
/// <param name="Sent">How many addresses the mail server took.</param>
/// <param name="Refused">How many it refused.</param>
/// <param name="Objection">Why it was not sent at all; null where it was.</param>
public sealed record TestMailOutcome(int Sent, int Refused, string? Objection);
