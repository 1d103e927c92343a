using IntacctSync.Core.Connections;
using IntacctSync.Core.Connections.Document;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Web.Operations;

/// <summary>
/// Keeps a connection with the accounts that its records are linked in: in another company, or another account of
/// Zuper, the same ids mean other records, or none.
/// </summary>
/// <remarks>
/// Of Zuper only what the document says can be compared: another login name, or another address. A new API key is
/// taken, since keys are replaced; that it belongs to the same account is the person's to see to.
/// </remarks>
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
        if (changes.Count == 0 || !await AnyRecordAsync(old.Id, cancellationToken))
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
        var (was, now) = (old.Settings.Zuper, settings.Zuper);
        if (
            was.CompanyName is { } wasName
            && now.CompanyName is { } nowName
            && !string.Equals(wasName, nowName, StringComparison.OrdinalIgnoreCase)
        )
            yield return ("zuper.companyName", nowName, wasName);
        if (was.ApiUrl is { } wasUrl && now.ApiUrl is { } nowUrl && !SamePlace(wasUrl, nowUrl))
            yield return ("zuper.apiUrl", nowUrl, wasUrl);
    }

    private static bool SamePlace(string one, string other) =>
        string.Equals(
            new Uri(one).GetLeftPart(UriPartial.Authority),
            new Uri(other).GetLeftPart(UriPartial.Authority),
            StringComparison.OrdinalIgnoreCase
        );

    private async Task<bool> AnyRecordAsync(ConnectionId id, CancellationToken cancellationToken)
    {
        foreach (var flow in FlowName.All)
        {
            if ((await records.ListAsync(id, flow, null, null, null, 1, cancellationToken)).Items.Count > 0)
                return true;
        }

        return false;
    }
}
