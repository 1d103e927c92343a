using IntacctSync.Core.Apps.Checks;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Webhooks;

namespace IntacctSync.Core.Zuper.Doctor;

/// <summary>
/// Whether the account's address is known, its key accepted, and the account set up as the settings say.
/// </summary>
internal sealed class ZuperChecks(ZuperAccounts accounts, ZuperClient zuper, ZuperWebhookCheck webhooks)
{
    /// <summary>The checks of a connection, in their order.</summary>
    public IReadOnlyList<AppCheck> Of(Connection connection)
    {
        ZuperAccount? account = null;
        return
        [
            new AppCheck(ZuperCheckNames.Region, null, FindRegionAsync),
            new AppCheck(ZuperCheckNames.Key, ZuperCheckNames.Region, TryKeyAsync),
            .. Concerning(connection)
                .Select(check => new AppCheck(
                    check.Name,
                    ZuperCheckNames.Key,
                    cancellationToken => check.MakeAsync(connection, account!, zuper, cancellationToken)
                )),
        ];

        async Task<Finding> FindRegionAsync(CancellationToken cancellationToken)
        {
            account = await FindAsync(connection, cancellationToken);
            return Finding.Passed(
                connection.Zuper().Zuper.ApiUrl is null
                    ? $"The company '{connection.Zuper().Zuper.CompanyName}' is at {account.ApiRoot.Host}."
                    : $"zuper.apiUrl names {account.ApiRoot.Host}."
            );
        }

        async Task<Finding> TryKeyAsync(CancellationToken cancellationToken)
        {
            await zuper.ProbeAsync(account!, cancellationToken);
            return Finding.Passed("Zuper accepts the key.");
        }
    }

    private IEnumerable<ZuperCheck> Concerning(Connection connection) =>
        ZuperSetupChecks
            .All.Prepend(new(ZuperCheckNames.Webhooks, s => ZuperEvent.For(s).Count > 0, webhooks.LookAsync))
            .Where(check => check.Concerns(connection.Zuper()));

    private async Task<ZuperAccount> FindAsync(Connection connection, CancellationToken cancellationToken)
    {
        try
        {
            return await accounts.GetAsync(connection, cancellationToken);
        }
        catch (ZuperException e) when (e.Failure == ZuperFailure.NotFound)
        {
            throw new CheckFailedException(
                e.Message,
                "Set zuper.companyName to the name that the account's users log in with, or zuper.apiUrl to "
                    + "the address of the account's region."
            );
        }
    }
}

/// <summary>A check that asks Zuper for something, once its key is accepted.</summary>
/// <param name="Name">One of <see cref="ZuperCheckNames"/>.</param>
/// <param name="Concerns">Whether a connection with these settings needs it.</param>
/// <param name="MakeAsync">Gives what was found, or throws.</param>
internal sealed record ZuperCheck(
    string Name,
    Func<ZuperConnectionSettings, bool> Concerns,
    Func<Connection, ZuperAccount, ZuperClient, CancellationToken, Task<Finding>> MakeAsync
);
