using IntacctSync.Core.Apps.Checks;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Upflow.CustomFields;

namespace IntacctSync.Core.Upflow.Doctor;

/// <summary>What the doctor asks Upflow.</summary>
internal sealed class UpflowChecks(UpflowAccounts accounts, UpflowClient client, SharedAccounts shared)
{
    /// <summary>How many custom fields a fix names.</summary>
    private const int Named = 10;

    public IReadOnlyList<AppCheck> Of(Connection connection) =>
        [
            new AppCheck(UpflowCheckNames.Keys, null, token => KeysAsync(connection, token)),
            new AppCheck(UpflowCheckNames.Organisation, null, token => OrganisationAsync(connection, token)),
            .. CustomFieldKind.Of(connection.Upflow()).Count > 0
                ?
                [
                    new AppCheck(
                        UpflowCheckNames.CustomFields,
                        UpflowCheckNames.Keys,
                        token => FieldsAsync(connection, token)
                    ),
                ]
                : Array.Empty<AppCheck>(),
        ];

    private async Task<Finding> KeysAsync(Connection connection, CancellationToken cancellationToken)
    {
        var account = await accounts.GetAsync(connection, cancellationToken);
        await client.ProbeAsync(account, cancellationToken);
        return Finding.Passed($"Upflow accepts the keys at {account.ApiRoot.AbsoluteUri}.");
    }

    private async Task<Finding> OrganisationAsync(Connection connection, CancellationToken cancellationToken)
    {
        var account = await accounts.GetAsync(connection, cancellationToken);
        return
            await shared.FindAsync(connection.Id, connection.Settings, account.ApiKey, cancellationToken) is { } other
            ? throw new CheckFailedException(
                $"The connection '{other.Id}' fills the same organisation from another company, "
                    + $"'{other.Settings.Intacct.CompanyId}'. Records of both have the same ids there, and each "
                    + $"overwrites those of the other.",
                "Deactivate one of the two connections, and give its company an organisation of its own in Upflow."
            )
            : Finding.Passed("No other company that is connected here fills this organisation.");
    }

    private async Task<Finding> FieldsAsync(Connection connection, CancellationToken cancellationToken)
    {
        var account = await accounts.GetAsync(connection, cancellationToken);
        var defined = await client.ListCustomFieldsAsync(account, cancellationToken);
        var missing = CustomFieldKind
            .Of(connection.Upflow())
            .SelectMany(k =>
                k.Map(connection.Upflow().CustomFields)
                    .Values.Where(name =>
                        !defined.Any(f =>
                            (f.Entity is null || f.Entity == k.Entity) && ComparisonKey.AreEqual(f.Name, name)
                        )
                    )
                    .Select(name => $"'{name}' of {k.Setting}")
            )
            .ToList();
        return missing.Count == 0
            ? Finding.Passed("Upflow has all custom fields that are mapped.")
            : throw new CheckFailedException(
                $"Upflow has no custom field {string.Join(", ", missing)}.",
                "Make them in Upflow under Settings > Custom fields, or correct the names in the settings."
                    + (
                        defined.Count == 0
                            ? " Upflow has none yet."
                            : $" Upflow has {string.Join(", ", defined.Take(Named).Select(f => $"'{f.Name}'"))}."
                    )
            );
    }
}
