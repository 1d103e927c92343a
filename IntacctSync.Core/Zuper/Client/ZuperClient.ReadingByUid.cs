using System.Collections.Concurrent;
using System.Net;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Records;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Core.Zuper.Client;

/// <summary>Reading many records by uid in few calls.</summary>
public sealed partial class ZuperClient
{
    /// <summary>How many are read one by one at the same time.</summary>
    private const int SingleReadsAtOnce = 6;

    /// <summary>How long the ways of filtering that an account's service did not take are left alone.</summary>
    private static readonly TimeSpan RefusalKept = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, (int Form, DateTimeOffset Until)> _filterForms = new(
        StringComparer.Ordinal
    );

    /// <summary>
    /// Those with these uids, by the uid that was asked for: by the filter, and one by one what that does not bring, or
    /// brings in part.
    /// </summary>
    private async Task<IReadOnlyDictionary<string, T>> GetManyAsync<T>(
        ZuperKind<T> kind,
        ZuperAccount account,
        IReadOnlyCollection<string> uids,
        RequestPriority priority,
        CancellationToken cancellationToken
    )
        where T : ZuperRecord
    {
        ArgumentNullException.ThrowIfNull(account);
        var read = new ReadSoFar<T>();
        try
        {
            foreach (var some in uids.Distinct(StringComparer.OrdinalIgnoreCase).Chunk(UidFilter.MaxUids))
            {
                foreach (
                    var row in await FilterAsync(
                        kind,
                        account,
                        [.. some.Where(ZuperUid.IsUid)],
                        priority,
                        cancellationToken
                    )
                )
                {
                    if (row is { IsWhole: true, Unreadable: null })
                        read.Found[row.Uid] = row;
                }

                await ReadSinglyAsync(
                    kind,
                    account,
                    [.. some.Where(uid => !read.Found.ContainsKey(uid))],
                    priority,
                    read,
                    cancellationToken
                );
            }
        }
        catch (ZuperException e) when (!read.IsEmpty)
        {
            throw read.Partial(e);
        }

        return read.Failures.Count == 0 ? read.Found : throw read.Partial(read.Failures.Values.First());
    }

    /// <summary>What the filter brings of these; nothing when the service takes none of its forms.</summary>
    private async Task<IReadOnlyList<T>> FilterAsync<T>(
        ZuperKind<T> kind,
        ZuperAccount account,
        string[] uids,
        RequestPriority priority,
        CancellationToken cancellationToken
    )
        where T : ZuperRecord
    {
        if (uids.Length < 2)
            return [];
        try
        {
            return await FilterInOneAsync(kind, account, uids, priority, cancellationToken);
        }
        catch (ZuperException e) when (e.Failure == ZuperFailure.TooLarge)
        {
            // Each record may be of a size that is read, and all of them together not.
            var (first, second) = (uids[..(uids.Length / 2)], uids[(uids.Length / 2)..]);
            return
            [
                .. await FilterAsync(kind, account, first, priority, cancellationToken),
                .. await FilterAsync(kind, account, second, priority, cancellationToken),
            ];
        }
    }

    private async Task<IReadOnlyList<T>> FilterInOneAsync<T>(
        ZuperKind<T> kind,
        ZuperAccount account,
        string[] uids,
        RequestPriority priority,
        CancellationToken cancellationToken
    )
        where T : ZuperRecord
    {
        var key = FormKey(kind, account);
        var kept =
            _filterForms.TryGetValue(key, out var known)
            && NotedTimes.Lasts(known.Until, RefusalKept, time.GetUtcNow());
        for (var form = kept ? known.Form : 0; form < UidFilter.Forms; form++)
        {
            if (await TryFilterAsync(kind, account, uids, form, priority, cancellationToken) is { } rows)
                return rows;
            StartWith(key, form + 1);
        }

        return [];
    }

    private static string FormKey<T>(ZuperKind<T> kind, ZuperAccount account)
        where T : ZuperRecord => $"{kind.Route} {account.BudgetKey}";

    private void StartWith(string key, int form) => _filterForms[key] = (form, time.GetUtcNow() + RefusalKept);

    /// <summary>
    /// Null when the service refuses that form or ignores it; nothing when its rows are not the whole records, as none
    /// will be.
    /// </summary>
    private async Task<IReadOnlyList<T>?> TryFilterAsync<T>(
        ZuperKind<T> kind,
        ZuperAccount account,
        string[] uids,
        int form,
        RequestPriority priority,
        CancellationToken cancellationToken
    )
        where T : ZuperRecord
    {
        var call = new ZuperCall(HttpMethod.Post, kind.FilterRoute, account.Address(kind.FilterRoute))
        {
            Account = account,
            Priority = priority,
            Body = UidFilter.Body(form, kind.UidField, kind.TypedRules, uids),
        };
        try
        {
            var rows = ReadPage(kind, await SendAsync(call, cancellationToken), 1).Items;
            if (rows.IntersectBy(uids, static row => row.Uid, StringComparer.OrdinalIgnoreCase).Count() < rows.Count)
            {
                LogFilterUnfit(account.ApiRoot, kind.Plural, form, "it brings some that were not asked for");
                return null;
            }

            // Where no row is whole the list leaves parts out, and what a record lacks can't be told by it.
            if (rows.Count == 0 || rows.Any(static row => row.IsWhole))
                return rows;
            LogFilterUnfit(account.ApiRoot, kind.Plural, form, "its rows are not the whole records");
            StartWith(FormKey(kind, account), UidFilter.Forms);
            return [];
        }
        catch (ZuperException e)
            when (e
                    is { Failure: ZuperFailure.Rejected }
                        or { Status: HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed }
            )
        {
            LogFilterUnfit(account.ApiRoot, kind.Plural, form, $"it is refused ({e.Failure})");
            return null;
        }
    }

    /// <summary>
    /// A record that can't be read does not keep the others from being read; a failure of all ends it.
    /// </summary>
    private async Task ReadSinglyAsync<T>(
        ZuperKind<T> kind,
        ZuperAccount account,
        string[] uids,
        RequestPriority priority,
        ReadSoFar<T> read,
        CancellationToken cancellationToken
    )
        where T : ZuperRecord
    {
        foreach (var some in uids.Chunk(SingleReadsAtOnce))
        {
            var answers = await Task.WhenAll(
                some.Select(uid => TryReadAsync(kind, account, uid, priority, cancellationToken))
            );
            foreach (var (uid, record, failure) in answers)
            {
                if (failure is null || IsOfOneRecord(failure))
                    read.Add(uid, record, failure);
            }

            if (
                Array
                    .Find(answers, static answer => answer.Failure is not null && !IsOfOneRecord(answer.Failure))
                    .Failure is
                { } ofAll
            )
                throw ofAll;
        }
    }

    private static bool IsOfOneRecord(ZuperException failure) =>
        failure.Failure is ZuperFailure.Rejected or ZuperFailure.Unreadable or ZuperFailure.TooLarge;

    private async Task<(string Uid, T? Record, ZuperException? Failure)> TryReadAsync<T>(
        ZuperKind<T> kind,
        ZuperAccount account,
        string uid,
        RequestPriority priority,
        CancellationToken cancellationToken
    )
        where T : ZuperRecord
    {
        try
        {
            return (uid, await GetAsync(kind, account, uid, priority, cancellationToken), null);
        }
        catch (ZuperException e)
        {
            return (uid, null, e);
        }
    }

    [LoggerMessage(
        EventId = 3004,
        Level = LogLevel.Information,
        Message = "Zuper at {ApiRoot} does not take form {Form} of the filter of {Records} by uid, it is left "
            + "alone for "
            + "an hour: {Reason}"
    )]
    private partial void LogFilterUnfit(Uri apiRoot, string records, int form, string reason);
}
