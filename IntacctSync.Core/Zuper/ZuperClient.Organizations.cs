using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Core.Zuper;

/// <summary>Reading organizations one by one and by the page.</summary>
public sealed partial class ZuperClient
{
    private const int PageSize = 100;

    /// <summary>How often a list that gets shorter while it is read is gone back over.</summary>
    private const int MaxStepsBack = 20;

    /// <summary>One organization, deleted ones too; null when Zuper does not know the uid (developers.zuper.co, Get Organization Details).</summary>
    public Task<ZuperOrganization?> GetOrganizationAsync(ZuperAccount account, string uid, CancellationToken cancellationToken) =>
        GetOrganizationAsync(account, uid, ZuperPriority.Live, cancellationToken);

    /// <inheritdoc cref="GetOrganizationAsync(ZuperAccount, string, CancellationToken)"/>
    public async Task<ZuperOrganization?> GetOrganizationAsync(ZuperAccount account, string uid, ZuperPriority priority, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        if (!ZuperUid.IsUid(uid))
            return null;
        var call = new ZuperCall(HttpMethod.Get, "organization/{uid}", account.Address($"organization/{uid}"))
        {
            Account = account,
            Priority = priority,
        };
        try
        {
            var answer = await SendAsync(call, cancellationToken);
            if (answer.Data is not { } data)
                throw new ZuperException(ZuperFailure.Unreadable, $"Zuper was asked for the organization {uid} and answered success without it. It is tried again; if it stays so, report it.") { Status = answer.Status };
            return ZuperOrganizationReader.Read(data) is { } organization && string.Equals(organization.Uid, uid, StringComparison.OrdinalIgnoreCase)
                ? organization
                : throw new ZuperException(ZuperFailure.Unreadable, $"Zuper was asked for the organization {uid} and answered with something else. It is tried again; if it stays so, report it.") { Status = answer.Status };
        }
        catch (ZuperException e) when (e.Failure == ZuperFailure.NotFound || (e.Failure == ZuperFailure.Rejected && ZuperErrors.NamesUnknownRecord(e.Said)))
        {
            return null;
        }
    }

    /// <summary>One page of the list, oldest first (developers.zuper.co, Get Organizations). Rows without a uid are left out.</summary>
    /// <remarks>
    /// <paramref name="updated"/> null is all; <paramref name="page"/> counts from 1, <paramref name="count"/> is 1 to 1,000.
    /// <paramref name="deleted"/> true is deleted ones only, false what Zuper lists by itself.
    /// </remarks>
    public async Task<ZuperPage<ZuperOrganization>> ListOrganizationsAsync(
        ZuperAccount account, ZuperWindow? updated, int page, int count, bool deleted, ZuperPriority priority, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentOutOfRangeException.ThrowIfLessThan(page, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 1000);
        var query = string.Create(CultureInfo.InvariantCulture, $"organization?page={page}&count={count}&sort=ASC&sort_by=created_at");
        query += updated is null ? "" : $"&{updated.Query}";
        query += deleted ? "&filter.is_deleted=true" : "";
        var call = new ZuperCall(HttpMethod.Get, "organization", account.Address(query)) { Account = account, Priority = priority };
        return ReadPage(await SendAsync(call, cancellationToken), page);
    }

    /// <summary>All pages, until an empty one; no organization comes twice.</summary>
    /// <remarks>
    /// When the total shrinks between two pages, records have moved to pages that were read: those are read again. An end of
    /// <paramref name="updated"/> in the future keeps records that change meanwhile in the list.
    /// </remarks>
    public async IAsyncEnumerable<ZuperPage<ZuperOrganization>> ReadOrganizationsAsync(
        ZuperAccount account, ZuperWindow? updated, bool deleted, ZuperPriority priority, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var stepsBack = 0;
        ZuperPage<ZuperOrganization>? last = null;
        for (var number = 1; ; number++)
        {
            var page = await ListOrganizationsAsync(account, updated, number, PageSize, deleted, priority, cancellationToken);
            var lost = last?.TotalRecords - page.TotalRecords;
            if (number > 1 && lost > 0 && stepsBack++ < MaxStepsBack)
                number = (int)Math.Max(0, number - 2 - ((lost.Value - 1) / Math.Max(1, last!.Items.Count)));
            else if (page.Items.Count == 0 || IsRepeated(page, last))
                yield break;
            last = page;
            var fresh = page.Items.Where(item => seen.Add(item.Uid)).ToList();
            if (fresh.Count > 0)
                yield return page with { Items = fresh };
        }
    }

    /// <summary>A service that ignores the page number would be read for ever.</summary>
    private static bool IsRepeated(ZuperPage<ZuperOrganization> page, ZuperPage<ZuperOrganization>? last) =>
        last is not null && last.Number != page.Number && page.Items.Select(item => item.Uid).SequenceEqual(last.Items.Select(item => item.Uid), StringComparer.OrdinalIgnoreCase);

    private ZuperPage<ZuperOrganization> ReadPage(ZuperAnswer answer, int number)
    {
        if (ZuperJson.Member(answer.Json, "data") is not { ValueKind: JsonValueKind.Array } rows)
            throw new ZuperException(ZuperFailure.Unreadable, "Zuper answered a list of organizations without a list. It is tried again; if it stays so, report it.") { Status = answer.Status };
        List<ZuperOrganization> items = [.. rows.EnumerateArray().Select(ZuperOrganizationReader.Read).OfType<ZuperOrganization>()];
        if (items.Count < rows.GetArrayLength())
            LogRowsWithoutUid(rows.GetArrayLength() - items.Count, number);
        return new ZuperPage<ZuperOrganization>(items, number, ZuperJson.Whole(answer.Json, "total_records"));
    }

    [LoggerMessage(EventId = 3003, Level = LogLevel.Warning, Message = "Zuper listed {Count} organizations without a uid on page {Page}; they can't be synced from the list.")]
    private partial void LogRowsWithoutUid(int count, int page);
}
