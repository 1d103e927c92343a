using IntacctSync.Core.Apps;
using IntacctSync.Core.Apps.Checks;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Leases;
using IntacctSync.Core.Notifications;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Core.Doctor;

/// <summary>
/// Says what works for a connection, and how to mend what does not. It writes nothing to either system. Its calls to
/// Intacct are made under one of the company's leases. Where both sign-ins pass, a stop of the connection is ended at
/// once.
/// </summary>
public sealed partial class ConnectionDoctor(
    ConnectionStore connections,
    ConnectionSecrets secrets,
    ConnectionAccessSource access,
    ConnectionTimeline timeline,
    IntacctClient intacct,
    AppCatalog apps,
    CompanyLeases leases,
    EmailOptions email,
    NoticeStore notices,
    TimeProvider time,
    ILogger<ConnectionDoctor> logger
)
{
    /// <summary>How long the whole examination may take; the rest of the minute is for the answer.</summary>
    private static readonly TimeSpan Whole = TimeSpan.FromSeconds(55);

    private static readonly TimeSpan WaitForLease = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(500);

    /// <returns>What was found within 60 seconds, or null when there is no such connection.</returns>
    public async Task<DoctorReport?> ExamineAsync(ConnectionId id, CancellationToken cancellationToken)
    {
        if (await connections.GetAsync(id, cancellationToken) is not { } connection)
            return null;

        using var over = new CancellationTokenSource(Whole, time);
        var settings = new Examination(time, over.Token, cancellationToken);
        await new SettingsChecks(secrets).MakeAsync(connection, settings);
        var usable = settings.Checks[0].Status == CheckStatus.Passed;
        var app = apps.Of(connection).Checks(connection);
        await MakeAsync(app.Settings, settings);
        if (LetterLinks.Look(connection, email) is { } found)
            await settings.MakeAsync(CheckNames.LetterLinks, null, _ => Task.FromResult(found));
        if (MailCheck.Concerns(connection))
            await settings.MakeAsync(
                CheckNames.Mail,
                null,
                async token => MailCheck.Look(email, await notices.ReadStateAsync(id, token))
            );
        if (!usable)
        {
            settings.Skip(
                $"Not made: {CheckNames.Settings} did not pass.",
                [.. app.Account.Select(check => check.Name), .. IntacctChecks.Names(app)]
            );
            return new DoctorReport(settings.Checks);
        }

        // Both systems are examined side by side, so that a system that does not answer takes no time from the other.
        var account = new Examination(time, over.Token, cancellationToken);
        var accountChecks = MakeAsync(app.Account, account);
        var intacctChecks = ExamineIntacctAsync(connection, app, over.Token, cancellationToken);
        await Task.WhenAll(accountChecks, intacctChecks);
        var report = new DoctorReport([.. settings.Checks, .. account.Checks, .. await intacctChecks]);
        if (report.Passed(app.SignIn) && report.Passed(CheckNames.IntacctLogin))
            await ResumeAsync(connection, cancellationToken);
        return report;
    }

    private static async Task MakeAsync(IReadOnlyList<AppCheck> checks, Examination examination)
    {
        foreach (var check in checks)
            await examination.MakeAsync(check.Name, check.Needs, check.MakeAsync);
    }

    private async Task<IReadOnlyList<DoctorCheck>> ExamineIntacctAsync(
        Connection connection,
        AppChecks app,
        CancellationToken over,
        CancellationToken cancellationToken
    )
    {
        await using var lease = await AcquireAsync(connection.Company, over, cancellationToken);
        if (lease is null)
        {
            var busy = new Examination(time, over, cancellationToken);
            busy.Skip(
                "Not made: the sync is using the requests that the company allows. Try again in a minute.",
                IntacctChecks.Names(app)
            );
            return busy.Checks;
        }

        using var mayGoOn = CancellationTokenSource.CreateLinkedTokenSource(over, lease.Lost);
        var examination = new Examination(time, mayGoOn.Token, cancellationToken);
        await new IntacctChecks(access, intacct, time).MakeAsync(connection, app, examination, cancellationToken);
        return examination.Checks;
    }

    private async Task<CompanyLease?> AcquireAsync(
        CompanyId company,
        CancellationToken over,
        CancellationToken cancellationToken
    )
    {
        using var patience = new CancellationTokenSource(WaitForLease, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over, patience.Token, cancellationToken);
        try
        {
            while (true)
            {
                // This is not broken off: a lease that was taken without this code knowing it would stay taken until it
                // expires.
                if (await leases.TryAcquireAsync(company, cancellationToken) is { } lease)
                    return lease;
                await Task.Delay(LookAgain, time, either.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task ResumeAsync(Connection connection, CancellationToken cancellationToken)
    {
        var ended = false;
        await connections.ChangeAsync(
            connection.Id,
            c =>
            {
                // If new settings were put meanwhile, the stop stays: the sync tries the new settings by itself.
                ended = c.Revision == connection.Revision && c.Stop is not null;
                return ended ? c with { Stop = null } : c;
            },
            cancellationToken
        );
        if (!ended)
            return;
        LogResumed(connection.Id.Value);
        await timeline.AddAsync(
            connection.Id,
            "resumed",
            "An examination found that both sign-ins succeed.",
            null,
            cancellationToken
        );
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Connection {Connection} goes on: an examination found that both sign-ins succeed"
    )]
    private partial void LogResumed(string connection);
}

/// <summary>The checks of every connection, by name; a check is skipped when what it needs did not pass.</summary>
public static class CheckNames
{
    public const string Settings = "settings";
    public const string Mail = "mail";
    public const string LetterLinks = "letter-links";
    public const string IntacctEndpoint = "intacct-endpoint";
    public const string IntacctSender = "intacct-sender";
    public const string IntacctLogin = "intacct-login";
    public const string MachineClock = "machine-clock";
    public const string IntacctUserFormat = "intacct-user-format";
}
