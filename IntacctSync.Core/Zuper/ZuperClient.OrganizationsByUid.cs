using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Core.Zuper;

/// <summary>Reading many organizations by uid in few calls.</summary>
public sealed partial class ZuperClient
{
    /// <summary>How many are read one by one at the same time.</summary>
    private const int SingleReadsAtOnce = 6;

    /// <summary>How long the ways of filtering that an account's service did not take are left alone.</summary>
    private static readonly TimeSpan RefusalKept = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, (int Form, DateTimeOffset Until)> _filterForms = new(StringComparer.Ordinal);

    /// <summary>
    /// The organizations with these uids, deleted ones too, by the uid that was asked for; one that is not in the answer is not known to Zuper.
    /// </summary>
    /// <remarks>
    /// Reads by <c>POST /organization/filter</c>, one call for 100 uids. What that does not bring, or brings in rows without custom fields,
    /// is read one by one; so is all when it is refused.
    /// </remarks>
    /// <exception cref="ZuperPartialReadException">A call failed after some were read; it holds those.</exception>
    /// <exception cref="ZuperException">A call failed before any was read.</exception>
    public async Task<IReadOnlyDictionary<string, ZuperOrganization>> GetOrganizationsAsync(
        ZuperAccount account, IReadOnlyCollection<string> uids, ZuperPriority priority, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        var found = new Dictionary<string, ZuperOrganization>(StringComparer.OrdinalIgnoreCase);
        var missing = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        try
        {
            foreach (var some in uids.Distinct(StringComparer.OrdinalIgnoreCase).Chunk(UidFilter.MaxUids))
            {
                foreach (var row in await FilterAsync(account, [.. some.Where(ZuperUid.IsUid)], priority, cancellationToken))
                    found[row.Uid] = row;
                await ReadSinglyAsync(account, [.. some.Where(uid => !found.ContainsKey(uid))], priority, found, missing, cancellationToken);
            }
        }
        catch (ZuperException e) when (found.Count + missing.Count > 0)
        {
            throw new ZuperPartialReadException(e, found, missing);
        }

        return found;
    }

    /// <summary>What the filter brings of these; nothing when the service takes none of its forms.</summary>
    private async Task<IReadOnlyList<ZuperOrganization>> FilterAsync(
        ZuperAccount account, string[] uids, ZuperPriority priority, CancellationToken cancellationToken)
    {
        if (uids.Length < 2)
            return [];
        var kept = _filterForms.TryGetValue(account.BudgetKey, out var known) && known.Until > time.GetUtcNow();
        for (var form = kept ? known.Form : 0; form < UidFilter.Forms; form++)
        {
            if (await TryFilterAsync(account, uids, form, priority, cancellationToken) is { } rows)
                return rows;
            StartWith(account, form + 1);
        }

        return [];
    }

    private void StartWith(ZuperAccount account, int form) => _filterForms[account.BudgetKey] = (form, time.GetUtcNow() + RefusalKept);

    /// <summary>Null when the service refuses that form or ignores it; nothing when its rows are not the whole records, as none will be.</summary>
    private async Task<IReadOnlyList<ZuperOrganization>?> TryFilterAsync(
        ZuperAccount account, string[] uids, int form, ZuperPriority priority, CancellationToken cancellationToken)
    {
        var call = new ZuperCall(HttpMethod.Post, "organization/filter", account.Address("organization/filter"))
        {
            Account = account,
            Priority = priority,
            Body = UidFilter.Body(form, uids),
        };
        try
        {
            var rows = ReadPage(await SendAsync(call, cancellationToken), 1).Items;
            if (rows.IntersectBy(uids, static row => row.Uid, StringComparer.OrdinalIgnoreCase).Count() < rows.Count)
            {
                LogFilterUnfit(account.ApiRoot, form, "it brings organizations that were not asked for");
                return null;
            }

            // Where no row has custom fields the list leaves them out, and that a record carries no id of Intacct can't be told by it.
            if (rows.Count == 0 || rows.Any(static row => row.CustomFieldsKnown))
                return rows;
            LogFilterUnfit(account.ApiRoot, form, "its rows have no custom fields");
            StartWith(account, UidFilter.Forms);
            return [];
        }
        catch (ZuperException e) when (e is { Failure: ZuperFailure.Rejected } or { Status: HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed })
        {
            LogFilterUnfit(account.ApiRoot, form, e.Message);
            return null;
        }
    }

    private async Task ReadSinglyAsync(
        ZuperAccount account, string[] uids, ZuperPriority priority,
        Dictionary<string, ZuperOrganization> found, HashSet<string> missing, CancellationToken cancellationToken)
    {
        ZuperException? ofOne = null;
        foreach (var some in uids.Chunk(SingleReadsAtOnce))
        {
            var reads = await Task.WhenAll(some.Select(uid => TryReadAsync(account, uid, priority, cancellationToken)));
            foreach (var (uid, organization, failure) in reads)
            {
                if (organization is not null)
                    found[uid] = organization;
                else if (failure is null)
                    missing.Add(uid);
            }

            if (Array.Find(reads, static read => read.Failure is not null && !IsOfOneRecord(read.Failure)).Failure is { } ofAll)
                throw ofAll;
            ofOne ??= Array.Find(reads, static read => read.Failure is not null).Failure;
        }

        if (ofOne is not null)
            throw ofOne;
    }

    /// <summary>A record that can't be read must not keep the others from being read.</summary>
    private static bool IsOfOneRecord(ZuperException failure) => failure.Failure is ZuperFailure.Rejected or ZuperFailure.Unreadable;

    private async Task<(string Uid, ZuperOrganization? Organization, ZuperException? Failure)> TryReadAsync(
        ZuperAccount account, string uid, ZuperPriority priority, CancellationToken cancellationToken)
    {
        try
        {
            return (uid, await GetOrganizationAsync(account, uid, priority, cancellationToken), null);
        }
        catch (ZuperException e)
        {
            return (uid, null, e);
        }
    }

    [LoggerMessage(EventId = 3004, Level = LogLevel.Information, Message = "Zuper at {ApiRoot} does not take form {Form} of the filter by uid, it is left alone for an hour: {Reason}")]
    private partial void LogFilterUnfit(Uri apiRoot, int form, string reason);
}
