using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Responses;

namespace IntacctSync.Core.Detection.Intacct;

/// <summary>The rows of a page, by the record of the flow that they concern.</summary>
/// <param name="SourceId">The record.</param>
/// <param name="Rows">Its rows, in their order.</param>
/// <param name="IsOurs">Whether the flow hears of them although it does not know the record.</param>
internal sealed record FeedRows(string SourceId, IReadOnlyList<IntacctRecord> Rows, bool IsOurs)
{
    /// <summary>Groups rows, and looks up whom they concern where they don't say.</summary>
    public static async Task<IReadOnlyList<FeedRows>> OfAsync(
        IntacctFeed feed,
        Connection connection,
        FlowName flow,
        IReadOnlyList<IntacctRecord> rows,
        CancellationToken cancellationToken
    )
    {
        var named = rows.Select(r => (Id: feed.SourceIdOf(r), Row: r)).Where(n => n.Id is not null).ToList();
        if (feed.Owners is { } find && named.Count > 0)
        {
            var names = named.Select(n => n.Id!).Distinct(StringComparer.Ordinal).ToList();
            var owners = await find(connection, flow, names, cancellationToken);
            named = [.. named.SelectMany(n => owners[n.Id!].Select(owner => ((string?)owner, n.Row)))];
        }

        return
        [
            .. named
                .GroupBy(n => n.Id!, n => n.Row, StringComparer.Ordinal)
                .Select(g => new FeedRows(g.Key, [.. g], g.Any(feed.IsOurs))),
        ];
    }
}
