using IntacctSync.Core.Apps.Checks;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Upflow.Client;

namespace IntacctSync.Core.Upflow.Doctor;

/// <summary>What the doctor asks Upflow.</summary>
internal sealed class UpflowChecks(UpflowAccounts accounts, UpflowClient client)
{
    public const string Key = "upflow-keys";

    public IReadOnlyList<AppCheck> Of(Connection connection) =>
        [new AppCheck(Key, null, token => KeysAsync(connection, token))];

    private async Task<Finding> KeysAsync(Connection connection, CancellationToken cancellationToken)
    {
        var account = await accounts.GetAsync(connection, cancellationToken);
        await client.ProbeAsync(account, cancellationToken);
        return Finding.Passed($"Upflow accepts the keys at {account.ApiRoot.AbsoluteUri}.");
    }
}
