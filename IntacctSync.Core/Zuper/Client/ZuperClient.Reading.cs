using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Records;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Core.Zuper.Client;

/// <summary>Reading records one by one and by the page, the same way for all modules.</summary>
public sealed partial class ZuperClient
{
    private const int PageSize = 100;

    /// <summary>How often a list that gets shorter while it is read is gone back over.</summary>
    private const int MaxStepsBack = 20;

    /// <summary>One record, deleted ones too; null when Zuper does not know the uid.</summary>
    /// <exception cref="ZuperException">The call failed; or the record has an amount that can't be read, which is a
    /// refusal of that record.</exception>
    private async Task<T?> GetAsync<T>(
        ZuperKind<T> kind,
        ZuperAccount account,
        string uid,
        RequestPriority priority,
        CancellationToken cancellationToken
    )
        where T : ZuperRecord
    {
        ArgumentNullException.ThrowIfNull(account);
        if (!ZuperUid.IsUid(uid))
            return null;
        var call = new ZuperCall(HttpMethod.Get, kind.SingleRoute, account.Address($"{kind.Route}/{uid}"))
        {
            Account = account,
            Priority = priority,
        };
        try
        {
            return Single(kind, uid, await SendAsync(call, cancellationToken));
        }
        catch (ZuperException e)
            when (e.Failure == ZuperFailure.NotFound
                || (e.Failure == ZuperFailure.Rejected && ZuperErrors.NamesUnknownRecord(e.Said))
            )
        {
            return null;
        }
    }

    private static T Single<T>(ZuperKind<T> kind, string uid, ZuperAnswer answer)
        where T : ZuperRecord
    {
        if (answer.Data is not { } data)
            throw new ZuperException(
                ZuperFailure.Unreadable,
                $"Zuper was asked for the {kind.Name} {uid} and answered success without it. It is tried "
                    + $"again; if it stays so, report it."
            )
            {
                Status = answer.Status,
            };
        if (kind.Read(data) is not { } record || !string.Equals(record.Uid, uid, StringComparison.OrdinalIgnoreCase))
            throw new ZuperException(
                ZuperFailure.Unreadable,
                $"Zuper was asked for the {kind.Name} {uid} and answered with something else. It is tried "
                    + $"again; if it stays so, report it."
            )
            {
                Status = answer.Status,
            };
        return record.Unreadable is null
            ? record
            : throw new ZuperException(
                ZuperFailure.Rejected,
                $"The {kind.Name} has amounts that are no numbers: {record.Unreadable}. Correct them in "
                    + $"Zuper, then retry."
            )
            {
                Status = answer.Status,
            };
    }

    private async Task<ZuperPage<T>> ListAsync<T>(
        ZuperKind<T> kind,
        ZuperAccount account,
        ZuperWindow? updated,
        int page,
        int count,
        bool deleted,
        RequestPriority priority,
        CancellationToken cancellationToken
    )
        where T : ZuperRecord
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentOutOfRangeException.ThrowIfLessThan(page, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 1000);
        var query = string.Create(
            CultureInfo.InvariantCulture,
            $"{kind.Route}?page={page}&count={count}&sort=ASC&sort_by=created_at"
        );
        query += updated is null ? "" : $"&{updated.Query}";
        query += deleted ? "&filter.is_deleted=true" : "";
        var call = new ZuperCall(HttpMethod.Get, kind.Route, account.Address(query))
        {
            Account = account,
            Priority = priority,
        };
        try
        {
            return ReadPage(kind, await SendAsync(call, cancellationToken), page);
        }
        catch (ZuperException e) when (e.Failure == ZuperFailure.TooLarge && count > 1)
        {
            return await InPartsAsync(kind, account, updated, page, count, deleted, priority, cancellationToken);
        }
    }

    /// <summary>
    /// A page as several smaller ones: each record may be of a size that is read, and all of them together not.
    /// </summary>
    private async Task<ZuperPage<T>> InPartsAsync<T>(
        ZuperKind<T> kind,
        ZuperAccount account,
        ZuperWindow? updated,
        int page,
        int count,
        bool deleted,
        RequestPriority priority,
        CancellationToken cancellationToken
    )
        where T : ZuperRecord
    {
        var parts = Enumerable.Range(2, count - 1).First(n => count % n == 0);
        var (items, total) = (new List<T>(), (long?)null);
        for (var part = 1; part <= parts; part++)
        {
            var number = ((page - 1) * parts) + part;
            var read = await ListAsync(
                kind,
                account,
                updated,
                number,
                count / parts,
                deleted,
                priority,
                cancellationToken
            );
            if (read.Items.Count == 0)
                break;
            items.AddRange(read.Items);

            // The first total: if it is less at the page after, records have moved meanwhile.
            total ??= read.TotalRecords;
        }

        return new ZuperPage<T>([.. items.DistinctBy(i => i.Uid, StringComparer.OrdinalIgnoreCase)], page, total);
    }

    /// <summary>How often a page of records that were all seen is put down to a list that grew meanwhile.</summary>
    private const int MaxGrowths = 20;

    /// <summary>All pages, until an empty one; no record comes twice.</summary>
    /// <remarks>
    /// When the total shrinks between two pages, or the record before a page is one that was not read, records have
    /// moved to pages that were read: those are read again. The total alone does not tell it where one was made
    /// meanwhile and another one deleted. An end of <paramref name="updated"/> in the future keeps records that change
    /// meanwhile in the list.
    /// </remarks>
    /// <exception cref="ZuperException">A page failed, or a new page brings only what was read already.</exception>
    private async IAsyncEnumerable<ZuperPage<T>> ReadAllAsync<T>(
        ZuperKind<T> kind,
        ZuperAccount account,
        ZuperWindow? updated,
        bool deleted,
        int pageSize,
        RequestPriority priority,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
        where T : ZuperRecord
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var stepsBack = 0;
        var growths = 0;
        var furthest = 0;
        ZuperPage<T>? last = null;
        for (var number = 1; ; number++)
        {
            var page = await ListAsync(kind, account, updated, number, pageSize, deleted, priority, cancellationToken);
            var lost = last?.TotalRecords - page.TotalRecords;
            if (number > 1 && lost > 0 && stepsBack++ < MaxStepsBack)
                number = (int)Math.Max(0, number - 2 - ((lost.Value - 1) / Math.Max(1, last!.Items.Count)));
            else if (
                last?.Number == number - 1
                && last.Items.Count == pageSize
                && stepsBack < MaxStepsBack
                && ZuperPage.HasMoved(
                    await ListAsync(
                        kind,
                        account,
                        updated,
                        (number - 1) * pageSize,
                        1,
                        deleted,
                        priority,
                        cancellationToken
                    ),
                    item => seen.Contains(item.Uid)
                )
            )
            {
                stepsBack++;
                number -= 2;
            }
            else if (page.Items.Count == 0)
                yield break;
            var fresh = page.Items.Where(item => seen.Add(item.Uid)).ToList();
            if (page.Number > furthest)
            {
                furthest = page.Number;
                var grew = page.TotalRecords > last?.TotalRecords && growths++ < MaxGrowths;
                if (fresh.Count == 0 && !grew)
                    throw ZuperPage.Repeated(kind.Plural, page.Number);
            }

            last = page;
            if (fresh.Count > 0)
                yield return page with
                {
                    Items = fresh,
                };
        }
    }

    private ZuperPage<T> ReadPage<T>(ZuperKind<T> kind, ZuperAnswer answer, int number)
        where T : ZuperRecord
    {
        if (ZuperJson.Member(answer.Json, "data") is not { ValueKind: JsonValueKind.Array } rows)
            throw new ZuperException(
                ZuperFailure.Unreadable,
                $"Zuper answered a list of {kind.Plural} without a list. It is tried again; if it stays so, report it."
            )
            {
                Status = answer.Status,
            };
        List<T> items = [.. rows.EnumerateArray().Select(kind.Read).OfType<T>()];
        if (items.Count < rows.GetArrayLength())
            LogRowsWithoutUid(rows.GetArrayLength() - items.Count, kind.Plural, number);
        return new ZuperPage<T>(items, number, ZuperJson.Whole(answer.Json, "total_records"));
    }

    [LoggerMessage(
        EventId = 3003,
        Level = LogLevel.Warning,
        Message = "Zuper listed {Count} {Records} without a uid on page {Page}; they can't be synced from the list."
    )]
    private partial void LogRowsWithoutUid(int count, string records, int page);
}
