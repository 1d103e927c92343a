using System.Runtime.CompilerServices;
using IntacctSync.Core.Intacct.Responses;

namespace IntacctSync.Core.Intacct.Queries;

/// <summary>
/// Pages a feed by time of change. The end of a page may lie in the middle of a second, so the last second of a page is
/// read again with the next one. A page that holds one second only is followed by pages by key, until that second is
/// done. Records without a time count as one more second.
/// </summary>
internal static class ChangePaging
{
    public static async IAsyncEnumerable<IntacctPage> PagesAsync(
        IntacctQuery query,
        ReadPage read,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var (key, changed) = (query.Order.KeyField, query.Order.ChangedField!);
        var position = new FeedPosition(query.Order);
        while (true)
        {
            var answer = await read(QueryFilter.And(query.Filter, position.Filter()), [changed, key], ct)
                .ConfigureAwait(false);
            var whole = answer.More ? WithoutLastSecond(answer.Records, changed) : answer.Records;
            if (whole.Count > 0)
            {
                position.Read(whole, certain: answer.More);
                yield return position.Mark(answer.Page(whole)) with
                {
                    IsLast = !answer.More,
                };
            }
            else if (!answer.More)
            {
                yield return position.Mark(answer.Page([])) with
                {
                    IsLast = true,
                };
            }

            if (!answer.More)
                yield break;
            if (whole.Count > 0)
                continue;

            var second = answer.Records[0][changed];
            yield return position.Mark(answer.Page(answer.Records));
            var rest = QueryFilter.And(
                query.Filter,
                position.Within(second),
                QueryFilter.GreaterThan(key, KeyPaging.NextKey(query, answer.Records, null))
            );
            await foreach (var page in KeyPaging.PagesAsync(query, rest, read, ct).ConfigureAwait(false))
                yield return position.Mark(page) with
                {
                    IsLast = false,
                };
            position.Finish(second);
        }
    }

    private static List<IntacctRecord> WithoutLastSecond(IReadOnlyList<IntacctRecord> records, string changed)
    {
        var last = records[^1][changed];
        var end = records.Count;
        while (end > 0 && records[end - 1][changed] == last)
            end--;
        return [.. records.Take(end)];
    }
}
