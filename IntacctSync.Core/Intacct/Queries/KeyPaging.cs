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
        var ends = new HashSet<string>(StringComparer.Ordinal);
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
            if (!ends.Add(last))
                throw Repeated(query, last);
        }
    }

    /// <summary>The last key of a page.</summary>
    /// <exception cref="IntacctException">It has none, or is where the page before ended: the filter was not
    /// obeyed.</exception>
    public static string NextKey(IntacctQuery query, IReadOnlyList<IntacctRecord> records, string? previous) =>
        records[^1][query.Order.KeyField] is { } key && key != previous
            ? key
            : throw Repeated(query, records[^1][query.Order.KeyField]);

    private static IntacctException Repeated(IntacctQuery query, string? key) =>
        new(
            IntacctFailure.Unknown,
            $"The pages of {query.Object} repeat themselves: one ends at {query.Order.KeyField} '{key}', where a page "
                + $"before it ended. Reading stops rather than going round for ever."
        );
}
