using IntacctSync.Core.Domain;
using IntacctSync.Core.Storage;

namespace IntacctSync.Core.Leases;

/// <summary>
/// Gives out leases of a company: over all instances as many as requests may be in flight. Each is a row in the store,
/// so that the limit holds for the session's worker and for what runs outside the queue, such as the doctor.
/// </summary>
public sealed class CompanyLeases(ITable table, TimeProvider time, LeaseOptions options, NotedTimes noted)
{
    internal TimeSpan RenewEvery => options.Duration / 6;

    /// <summary>
    /// How long after a renewal the holder may rely on the lease: a little less than until others may take it.
    /// </summary>
    internal TimeSpan SafeFor => options.Duration * 0.9;

    /// <returns>A lease, or null when all are taken.</returns>
    public async Task<CompanyLease?> TryAcquireAsync(CompanyId company, CancellationToken cancellationToken)
    {
        for (var slot = 0; slot < options.MaxConcurrency; slot++)
        {
            var row = await table.GetAsync(Partition(company), Key(slot), cancellationToken);
            var (now, began) = (time.GetUtcNow(), time.GetTimestamp());
            var expiresAt = row?.Time("ExpiresAt");
            if (NotedTimes.Lasts(expiresAt, options.Duration, now))
                continue;
            noted.TellAhead($"the lease of company {company}", expiresAt - options.Duration);

            var fence = (row?.Integer("Fence") ?? 0) + 1;
            var taken = Row(company, slot, fence, now + options.Duration);
            try
            {
                var etag = await table.WriteAsync(
                    row is null ? TableWrite.Insert(taken) : TableWrite.Replace(taken, row.ETag),
                    cancellationToken
                );
                return new CompanyLease(this, company, slot, fence, etag, began, time);
            }
            catch (TableConflictException)
            {
                // Another worker was faster, so the next slot is tried, if there is one.
            }
        }

        return null;
    }

    internal async Task<(string? ETag, bool Refused)> RenewAsync(CompanyId company, int slot, long fence, string etag)
    {
        using var timeout = new CancellationTokenSource(RenewEvery, time);
        try
        {
            return (
                await table.WriteAsync(
                    TableWrite.Replace(Row(company, slot, fence, time.GetUtcNow() + options.Duration), etag),
                    timeout.Token
                ),
                false
            );
        }
        catch (TableConflictException)
        {
            return (null, true);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever went wrong, the lease was not renewed. An exception would be lost in the timer.
            return (null, false);
        }
    }

    internal async Task ReleaseAsync(CompanyId company, int slot, long fence, string etag)
    {
        try
        {
            await table.WriteAsync(
                TableWrite.Replace(Row(company, slot, fence, DateTimeOffset.UnixEpoch), etag),
                CancellationToken.None
            );
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // It expires by itself.
        }
    }

    /// <summary>Removes the rows of a company that no connection uses any more.</summary>
    internal Task ForgetAsync(CompanyId company, CancellationToken cancellationToken) =>
        table.RemoveAsync(Partition(company), cancellationToken);

    private static string Partition(CompanyId company) => TableKey.Join("lease", company.Value);

    private static string Key(int slot) =>
        TableKey.Escape(slot.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static TableRow Row(CompanyId company, int slot, long fence, DateTimeOffset expiresAt) =>
        new(
            Partition(company),
            Key(slot),
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["Fence"] = fence, ["ExpiresAt"] = expiresAt }
        );
}
