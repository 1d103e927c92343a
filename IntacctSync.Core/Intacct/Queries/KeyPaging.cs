using System.Runtime.CompilerServices;
using IntacctSync.Core.Intacct.Responses;

namespace IntacctSync.Core.Intacct.Queries;

/// <summary>Pages in the order of the keys: each page asks for what is beyond the last key of the one before.</summary>
internal static class KeyPaging
{
    public static async IAsyncEnumerable<IntacctPage> PagesAsync(
        IntacctQuery query,
        QueryFilter? filter,
        ReadPage read,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        string? last = null;
        while (true)
        {
            var beyond = last is null
                ? filter
                : QueryFilter.And(filter, QueryFilter.GreaterThan(query.Order.KeyField, last));
            var answer = await read(beyond, [query.Order.KeyField], ct).ConfigureAwait(false);
            yield return answer.Page(answer.Records) with
            {
                IsLast = !answer.More,
            };
            if (!answer.More)
                yield break;
            last = NextKey(query, answer.Records, last);
        }
    }

    /// <summary>The last key of a page.</summary>
    /// <exception cref="IntacctException">It has none, or is where the page before ended: the filter was not
    /// obeyed.</exception>
    public static string NextKey(IntacctQuery query, IReadOnlyList<IntacctRecord> records, string? previous) =>
        records[^1][query.Order.KeyField] is { } key && key != previous
            ? key
            : throw new IntacctException(
                IntacctFailure.Unknown,
                $"A page of {query.Object} ends at {query.Order.KeyField} "
                    + $"'{records[^1][query.Order.KeyField]}', which does not lie beyond the page before: reading "
                    + $"stops rather than going round for ever."
            );
}
