using IntacctSync.Core.Connections;
using IntacctSync.Core.Connections.Document;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Web.Operations;

/// <summary>
/// Refuses settings that name another company or another account of the app while records are linked. There the same
/// ids would mean other records, or none. Refuses as well that two companies share an account of the app in which their
/// records would overwrite each other.
/// </summary>
internal sealed class SameAccounts(RecordQuery records, ConnectionSecrets secrets, SharedAccounts shared)
{
    /// <param name="id">The connection.</param>
    /// <param name="old">As it is; null for a new one. One that shares its account already keeps it: the doctor says
    /// so.</param>
    /// <param name="document">What it is to be.</param>
    /// <param name="errors">Takes what is wrong.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public async Task RequireOwnAsync(
        ConnectionId id,
        Connection? old,
        ConnectionDocument document,
        FieldErrors errors,
        CancellationToken cancellationToken
    )
    {
        var settings = document.Settings;
        if (settings.Profile.AccountSecret is not { } field)
            return;
        var before =
            old is null || old.Settings.App != settings.App
                ? null
                : await secrets.GetAsync(old, field, cancellationToken);
        var key = document.Secrets.GetValueOrDefault(field) is { } change
            ? change.Value ?? (change.Clears ? null : before)
            : before;
        if (old is not null && key == before && old.Company == new CompanyId(settings.Intacct.CompanyId))
            return;
        if (await shared.FindAsync(id, settings, key, cancellationToken) is not { } other)
            return;
        errors.Add(
            field,
            $"is the key of an account of {settings.Profile.Title} that the connection '{other.Id}' fills from the "
                + $"company '{other.Settings.Intacct.CompanyId}'; records of two companies would overwrite each other "
                + $"there, so give the key of an account of its own"
        );
    }

    /// <param name="old">The connection as it is.</param>
    /// <param name="settings">What it is to be.</param>
    /// <param name="errors">Takes what is wrong.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public async Task RequireAsync(
        Connection old,
        ConnectionSettings settings,
        FieldErrors errors,
        CancellationToken cancellationToken
    )
    {
        var changes = Changes(old, settings).ToList();
        if (changes.Count == 0 || !await AnyRecordAsync(old, cancellationToken))
            return;
        foreach (var (field, now, was) in changes)
        {
            errors.Add(
                field,
                $"is '{now}', but records of this connection are linked to those of '{was}'; "
                    + (
                        field == Company && settings.Profile.AccountSecret is not null
                            ? $"make a connection of its own for the other company, to an account of its own in "
                                + $"{settings.Profile.Title}: in this one its records would overwrite those that stand "
                                + $"there"
                            : "make a connection of its own for the other one, or purge this one first"
                    )
            );
        }
    }

    private const string Company = "intacct.companyId";

    private static IEnumerable<(string Field, string Now, string Was)> Changes(
        Connection old,
        ConnectionSettings settings
    )
    {
        if (old.Company != new CompanyId(settings.Intacct.CompanyId))
            yield return (Company, settings.Intacct.CompanyId, old.Settings.Intacct.CompanyId);
        if (old.Settings.App == settings.App)
        {
            foreach (var change in settings.AccountChanges(old.Settings))
                yield return (change.Field, change.Now, change.Was);
        }
        else
        {
            yield return ("app", settings.App, old.Settings.App);
        }
    }

    private async Task<bool> AnyRecordAsync(Connection connection, CancellationToken cancellationToken)
    {
        foreach (var flow in connection.Settings.Profile.Flows)
        {
            if (
                (await records.ListAsync(connection.Id, flow.Name, null, null, null, 1, cancellationToken)).Items.Count
                > 0
            )
                return true;
        }

        return false;
    }
}
