using IntacctSync.Core.Domain;
using IntacctSync.Core.Recoverability;
using IntacctSync.Core.Zuper;

namespace IntacctSync.Core.Flows.Zuper;

/// <summary>Reads a pass's organizations back from Zuper, in as few calls as it allows.</summary>
public sealed class OrganizationReader(ZuperClient zuper)
{
    /// <summary>From how many on records that are gone together are doubted.</summary>
    private const int ManyGone = 5;

    /// <summary>Reads those that are open and need reading, into <paramref name="organizations"/>; one that Zuper does not know is not in it.</summary>
    public async Task ReadAsync(RecordPass pass, Dictionary<string, ZuperOrganization> organizations, CancellationToken cancellationToken)
    {
        var wanted = pass.Open.Where(w => !w.WriteBackOnly).ToList();
        if (wanted.Count == 0)
            return;
        var priority = wanted.All(w => w.Bulk) ? ZuperPriority.Bulk : ZuperPriority.Live;
        IReadOnlyDictionary<string, ZuperOrganization> found;
        try
        {
            found = await zuper.GetOrganizationsAsync(pass.Batch.Access.Zuper, [.. wanted.Select(w => w.SourceId)], priority, cancellationToken);
        }
        catch (ZuperPartialReadException<ZuperOrganization> e)
        {
            // What was read goes on; the rest is neither found nor missing.
            foreach (var work in wanted.Where(w => !e.Found.ContainsKey(w.SourceId) && !e.Missing.Contains(w.SourceId)))
                pass.Fail(work.SourceId, Recoverability.Failures.Of(e.CauseOf(work.SourceId)));
            found = e.Found;
        }

        foreach (var (uid, organization) in found)
            organizations[uid] = await WithCustomFieldsAsync(pass, uid, organization, priority, cancellationToken) ?? organization;
        DoubtMissing(pass, wanted, organizations);
    }

    /// <summary>
    /// Deleted organizations are still there to be read. When many that are linked are gone and none is there, it is rather the account
    /// that was changed: nothing is set inactive for that.
    /// </summary>
    private static void DoubtMissing(RecordPass pass, List<RecordWork> wanted, Dictionary<string, ZuperOrganization> organizations)
    {
        var gone = pass.Open.Where(w => !w.WriteBackOnly && pass[w.SourceId].TargetId is not null && !organizations.ContainsKey(w.SourceId)).ToList();
        if (gone.Count < ManyGone || gone.Count < wanted.Count)
            return;
        foreach (var work in gone)
        {
            pass.Fail(work.SourceId, new Failure(FailureClass.Data, new Problem(
                "zuper-records-missing",
                $"None of {gone.Count} linked organizations that were asked for is known to Zuper.",
                "Check that the connection's Zuper account is still the one that these records came from, then retry.")));
        }
    }

    /// <summary>
    /// A row of a list need not carry the custom fields. A record without a counterpart is then read by itself: it may carry the id
    /// of one, and must not be given a second.
    /// </summary>
    private async Task<ZuperOrganization?> WithCustomFieldsAsync(
        RecordPass pass, string uid, ZuperOrganization organization, ZuperPriority priority, CancellationToken cancellationToken)
    {
        if (organization.CustomFieldsKnown || pass[uid].TargetId is not null)
            return organization;
        try
        {
            return await zuper.GetOrganizationAsync(pass.Batch.Access.Zuper, uid, priority, cancellationToken);
        }
        catch (ZuperException e)
        {
            pass.Fail(uid, Recoverability.Failures.Of(e));
            return null;
        }
    }
}
