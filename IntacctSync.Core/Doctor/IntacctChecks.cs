using System.Globalization;
using IntacctSync.Core.Apps;
using IntacctSync.Core.Apps.Checks;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Responses;

namespace IntacctSync.Core.Doctor;

/// <summary>
/// Whether Intacct can be worked with. The password is tried once: repeated refusals lock the user out.
/// </summary>
internal sealed class IntacctChecks(ConnectionAccessSource access, IntacctClient intacct, TimeProvider time)
{
    /// <summary>The checks of a connection, in their order.</summary>
    public static IReadOnlyList<string> Names(AppChecks app) =>
        [
            CheckNames.IntacctEndpoint,
            CheckNames.IntacctSender,
            CheckNames.IntacctLogin,
            CheckNames.MachineClock,
            CheckNames.IntacctUserFormat,
            .. app.Intacct.Select(check => check.Name),
        ];

    public async Task MakeAsync(
        Connection connection,
        AppChecks app,
        Examination examination,
        CancellationToken cancellationToken
    )
    {
        var credentials = await access.GetIntacctAsync(connection, cancellationToken);
        var (theirs, ours) = ((DateTimeOffset?)null, DateTimeOffset.MinValue);
        var (login, thrown) = await examination.TryAsync(
            CheckNames.IntacctLogin,
            async ct =>
            {
                theirs = await intacct.ProbeAsync(credentials, ct);
                ours = time.GetUtcNow();
                return Finding.Passed($"Signed in as {credentials}.");
            }
        );
        examination.Add(IntacctSignIn.Split(login, (thrown as IntacctException)?.Failure));
        await examination.MakeAsync(
            CheckNames.MachineClock,
            CheckNames.IntacctLogin,
            _ => Task.FromResult(ClockCheck.Look(theirs, ours))
        );
        await examination.MakeAsync(
            CheckNames.IntacctUserFormat,
            CheckNames.IntacctLogin,
            async ct => Read(await intacct.ReadUserFormattingAsync(credentials, ct))
        );
        var look = new IntacctLook(intacct, credentials, connection.Settings, time);
        foreach (var check in app.Intacct)
            await examination.MakeAsync(
                check.Name,
                examination.FirstNotPassed([CheckNames.IntacctLogin, .. check.Needs]) ?? CheckNames.IntacctLogin,
                ct => check.MakeAsync(look, ct)
            );
    }

    /// <summary>
    /// An offset other than GMT passes, since times can be converted by it. It is still worth advice, since it jumps
    /// with daylight saving time.
    /// </summary>
    private static Finding Read(UserFormatting formatting)
    {
        if (formatting.Objection is { } objection)
            throw new CheckFailedException(
                objection,
                "In Intacct, sign in as that user and change it under My preferences."
            );
        return formatting.GmtOffset == TimeSpan.Zero
            ? Finding.Passed("The user sees times in GMT.")
            : Finding.Advice(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The user sees times {(formatting.GmtOffset < TimeSpan.Zero ? "-" : "+")}"
                        + $"{formatting.GmtOffset:hh\\:mm} "
                        + $"from GMT, and they are read so."
                ),
                "Set that user's time zone to GMT under My preferences: another offset may change with "
                    + "daylight saving time."
            );
    }
}
