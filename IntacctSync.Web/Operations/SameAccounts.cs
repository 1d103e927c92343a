using IntacctSync.Core.Connections;
using IntacctSync.Core.Connections.Document;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Web.Operations;

/// <summary>
/// Refuses settings that name another company or another account of the app while records are linked. There the same
/// ids would mean other records, or none.
/// </summary>
internal sealed class SameAccounts(RecordQuery records)
{
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
                $"is '{now}', but records of this connection are linked to those of '{was}'; make a connection "
                    + $"of its own for the other one, or purge this one first"
            );
        }
    }

    private static IEnumerable<(string Field, string Now, string Was)> Changes(
        Connection old,
        ConnectionSettings settings
    )
    {
        if (old.Company != new CompanyId(settings.Intacct.CompanyId))
            yield return ("intacct.companyId", settings.Intacct.CompanyId, old.Settings.Intacct.CompanyId);
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
