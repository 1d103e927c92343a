using System.Collections.Concurrent;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Core.Notifications;

/// <summary>
/// Sends e-mails about the failures and stops that people have not been told of yet. It is called every minute, by any
/// number of instances.
/// </summary>
/// <remarks>
/// Each e-mail is sent once: an instance claims it, sends it, and stores that it was sent. If the instance crashes
/// before it has stored that, the e-mail is sent again with the same Message-ID.
/// </remarks>
public sealed partial class FailureMails(
    ConnectionStore connections,
    NoticeStore notices,
    KeyMapStore keyMap,
    PartyNames parties,
    SmtpSender smtp,
    EmailOptions options,
    TimeProvider time,
    ILogger<FailureMails> logger
)
{
    /// <summary>
    /// A notice is stored just before its record's row. If the row shows no such failure after this time, the record
    /// was mended, and the notice is deleted.
    /// </summary>
    private static readonly TimeSpan RowFollows = TimeSpan.FromMinutes(5);

    /// <exception cref="Storage.TableUnavailableException">The connections can't be read.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!options.On)
            return;
        foreach (var connection in await connections.ListAsync(cancellationToken))
        {
            try
            {
                await RunAsync(connection, cancellationToken);
            }
            catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
            {
                LogFailed(new LoggedException(e), connection.Id.Value);
            }
        }
    }

    private async Task RunAsync(Connection connection, CancellationToken cancellationToken)
    {
        var kept = await notices.ReadAsync(connection.Id, cancellationToken);
        var to = connection.Settings.SyncFailureEmails;
        if (to.Count == 0)
        {
            await ForgetMendedAsync(connection.Id, kept.Waiting, cancellationToken);
            return;
        }

        if (!kept.Mail.MayBeTaken(time.GetUtcNow()))
            return;
        var text = new MailText(to, connection.Id, connection.Settings.Profile, options.Links);
        if (await TellStopAsync(connection, kept.Mail, text, cancellationToken) is { } state)
            await TellFailuresAsync(connection.Id, kept with { Mail = state }, text, cancellationToken);
    }

    /// <summary>
    /// While nobody is to be told, what waits is kept until there is an address: a form that was saved without one
    /// loses nothing. What was mended meanwhile is forgotten now and then.
    /// </summary>
    private async Task ForgetMendedAsync(
        ConnectionId connection,
        IReadOnlyList<Notice> waiting,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        if (
            waiting.Count == 0
            || NotedTimes.IsWithin(DigestPlan.BetweenDigests, _looked.GetValueOrDefault(connection), now)
        )
            return;
        await StillFailedAsync(connection, waiting, now, cancellationToken);
        _looked[connection] = now;
    }

    private readonly ConcurrentDictionary<ConnectionId, DateTimeOffset> _looked = new();

    /// <summary>
    /// Sends the e-mail about a stop, or about its end. The stop that people were told of is stored, so that each is
    /// told once.
    /// </summary>
    /// <returns>Where its e-mails stand now; null when nothing more is to be sent for now.</returns>
    private async Task<MailState?> TellStopAsync(
        Connection connection,
        MailState state,
        MailText text,
        CancellationToken cancellationToken
    )
    {
        if (!connection.Active || connection.Stop?.Since == state.ToldStop)
            return state;
        var mail = connection.Stop is { } stop ? text.Stopped(stop) : text.Resumed(state.ToldStop!.Value);
        return await SendAsync(
            connection.Id,
            state,
            mail,
            h => h with { ToldStop = connection.Stop?.Since },
            cancellationToken
        );
    }

    private async Task TellFailuresAsync(
        ConnectionId connection,
        ConnectionNotices kept,
        MailText text,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var plan = DigestPlan.Of(kept, now);
        var troubles = await StillFailedAsync(connection, plan.Due, now, cancellationToken);
        if (troubles.Count == 0)
            return;
        if (
            await SendAsync(
                connection,
                kept.Mail,
                text.Failures(troubles),
                h => h with { DigestAt = plan.DigestAt },
                cancellationToken
            )
            is null
        )
            return;
        await notices.ToldAsync(connection, troubles.Select(t => t.Notice), now, cancellationToken);
        await notices.RemoveAsync(connection, troubles.Select(t => t.Notice), cancellationToken);
    }

    /// <summary>The failures that still exist. The notices of the others are deleted.</summary>
    private async Task<IReadOnlyList<FailedRecord>> StillFailedAsync(
        ConnectionId connection,
        IReadOnlyList<Notice> due,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var troubles = await LookUpAsync(connection, due, cancellationToken);
        var past = due.Except(troubles.Select(t => t.Notice))
            .Where(n => !NotedTimes.IsWithin(RowFollows, n.At, now))
            .ToList();
        if (past.Count > 0)
            await notices.RemoveAsync(connection, past, cancellationToken);
        return troubles;
    }

    /// <summary>The failures that still exist: nobody is told of a record that was mended meanwhile.</summary>
    private async Task<IReadOnlyList<FailedRecord>> LookUpAsync(
        ConnectionId connection,
        IReadOnlyList<Notice> due,
        CancellationToken cancellationToken
    )
    {
        var troubles = due.Where(n => n.SourceId is null)
            .Select(n => new FailedRecord(n, null, new Problem(n.Cause.Code, n.Reason ?? "", n.Fix ?? "")))
            .ToList();
        foreach (var group in due.Where(n => n.SourceId is not null).GroupBy(n => n.Cause.Flow, StringComparer.Ordinal))
        {
            foreach (var chunk in group.Chunk(100))
            {
                var entries = await keyMap.GetManyAsync(
                    connection,
                    FlowName.Parse(group.Key),
                    [.. chunk.Select(n => n.SourceId!).Distinct(StringComparer.Ordinal)],
                    cancellationToken
                );
                var customers = await parties.NamesAsync(connection, [.. entries.Values], cancellationToken);
                troubles.AddRange(
                    from notice in chunk
                    let entry = entries[notice.SourceId!]
                    where
                        entry.State is RecordState.NeedsAction or RecordState.Dead
                        && entry.Problem?.Code == notice.Cause.Code
                    select new FailedRecord(notice, entry.Title, entry.Problem!)
                    {
                        Customer = customers.GetValueOrDefault(entry.Key),
                        Facts = entry.Facts,
                    }
                );
            }
        }

        return troubles;
    }

    /// <returns>Where its e-mails stand now; null when the e-mail was not sent, or another instance is
    /// sending.</returns>
    private async Task<MailState?> SendAsync(
        ConnectionId connection,
        MailState state,
        Mail mail,
        Func<MailState, MailState> sent,
        CancellationToken cancellationToken
    )
    {
        if (
            await notices.SaveAsync(
                connection,
                state with
                {
                    ClaimedUntil = time.GetUtcNow() + MailState.Claim,
                },
                cancellationToken
            )
            is not { } claimed
        )
            return null;
        try
        {
            var refused = await smtp.SendAsync(mail, cancellationToken);
            if (refused > 0)
                LogRefused(connection.Value, refused, mail.To.Count);
            LogSent(connection.Value, mail.To.Count - refused);
        }
        catch (MailNotSentException e)
        {
            var failed = claimed.NotSent(time.GetUtcNow(), e.Message);
            LogNotSent(connection.Value, e.LogText, failed.NextTryAt!.Value);
            await notices.SaveAsync(connection, failed, cancellationToken);
            return null;
        }

        // The e-mail is out, so this is stored even if the host is stopping.
        return await notices.SaveAsync(connection, sent(claimed.Sent(time.GetUtcNow())), CancellationToken.None);
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Connection {Connection}: a failure e-mail went to {Count} recipients"
    )]
    private partial void LogSent(string connection, int count);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Connection {Connection}: the mail server refused {Count} of {All} recipients in syncFailureEmails"
    )]
    private partial void LogRefused(string connection, int count, int all);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Connection {Connection}: a failure e-mail was not sent and is tried again at {NextTry:O}. {Reason}"
    )]
    private partial void LogNotSent(string connection, string reason, DateTimeOffset nextTry);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Connection {Connection}: its failure e-mails could not be made; it is tried again"
    )]
    private partial void LogFailed(LoggedException exception, string connection);
}

/// <summary>
/// Which notices are sent now: the first one of a cause at once, later ones in a digest, at most one an hour. Pure.
/// </summary>
/// <param name="Due">The notices that are sent now.</param>
/// <param name="DigestAt">When the last digest was sent, this one included.</param>
public sealed record DigestPlan(IReadOnlyList<Notice> Due, DateTimeOffset? DigestAt)
{
    public static readonly TimeSpan BetweenDigests = TimeSpan.FromHours(1);

    /// <summary>After this long without an e-mail about a cause, its next failure counts as the first again.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    public static DigestPlan Of(ConnectionNotices kept, DateTimeOffset now)
    {
        var digest = !NotedTimes.IsWithin(BetweenDigests, kept.Mail.DigestAt, now);
        var due = kept
            .Waiting.Where(n =>
                digest || !kept.Told.TryGetValue(n.Cause, out var told) || !NotedTimes.IsWithin(Remembered, told, now)
            )
            .ToList();
        return new DigestPlan(due, digest ? now : kept.Mail.DigestAt);
    }
}
