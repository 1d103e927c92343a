using IntacctSync.Core.Connections;
using IntacctSync.Core.Doctor;
using IntacctSync.Core.Zuper.Client;

namespace IntacctSync.Core.Zuper.Doctor;

/// <summary>
/// Whether the account's address is known, its key accepted, and the account set up as the settings say.
/// </summary>
internal sealed class ZuperChecks(ConnectionAccessSource access, ZuperClient zuper)
{
    /// <summary>The checks of a connection, in their order.</summary>
    public static IReadOnlyList<string> Names(Connection connection) =>
        [CheckNames.ZuperRegion, CheckNames.ZuperKey, .. Concerning(connection).Select(check => check.Name)];

    public async Task MakeAsync(Connection connection, Examination examination)
    {
        ZuperAccount? account = null;
        await examination.MakeAsync(
            CheckNames.ZuperRegion,
            null,
            async cancellationToken =>
            {
                account = await FindAsync(connection, cancellationToken);
                return Finding.Passed(
                    connection.Settings.Zuper.ApiUrl is null
                        ? $"The company '{connection.Settings.Zuper.CompanyName}' is at {account.ApiRoot.Host}."
                        : $"zuper.apiUrl names {account.ApiRoot.Host}."
                );
            }
        );
        await examination.MakeAsync(
            CheckNames.ZuperKey,
            CheckNames.ZuperRegion,
            async cancellationToken =>
            {
                await zuper.ProbeAsync(account!, cancellationToken);
                return Finding.Passed("Zuper accepts the key.");
            }
        );
        foreach (var check in Concerning(connection))
            await examination.MakeAsync(
                check.Name,
                CheckNames.ZuperKey,
                ct => check.Make(connection, account!, zuper, ct)
            );
    }

    private static IEnumerable<ZuperCheck> Concerning(Connection connection) =>
        ZuperSetupChecks.All.Where(check => check.Concerns(connection.Settings));

    private async Task<ZuperAccount> FindAsync(Connection connection, CancellationToken cancellationToken)
    {
        try
        {
            return await access.GetZuperAsync(connection, cancellationToken);
        }
        catch (ZuperException e) when (e.Failure == ZuperFailure.NotFound)
        {
            throw new CheckFailedException(
                e.Message,
                "Set zuper.companyName to the name that the account's users log in with, or zuper.apiUrl to "
                    + "the account's dc_api_url."
            );
        }
    }
}

/// <summary>A check that asks Zuper for something, once its key is accepted.</summary>
/// <param name="Name">One of <see cref="CheckNames"/>.</param>
/// <param name="Concerns">Whether a connection with these settings needs it.</param>
/// <param name="Make">Gives what was found, or throws.</param>
internal sealed record ZuperCheck(
    string Name,
    Func<ConnectionSettings, bool> Concerns,
    Func<Connection, ZuperAccount, ZuperClient, CancellationToken, Task<Finding>> Make
);
