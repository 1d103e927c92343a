using IntacctSync.Core.Apps;
using IntacctSync.Core.Zuper.Client;

namespace IntacctSync.Core.Zuper.Detection;

/// <summary>How far a list of Zuper has been read: first what is there, then what was deleted.</summary>
/// <param name="From">Records updated since then; null for all. The other end of the window lies in the future, so that
/// a record that changes meanwhile stays in it.</param>
/// <param name="Page">The next page, from 1.</param>
/// <param name="Deleted">Whether the deleted ones are being read.</param>
/// <param name="Found">How many records the pages before held.</param>
/// <param name="Total">How many records Zuper counted when it made the page before.</param>
/// <param name="StepsBack">How often pages were read again.</param>
/// <param name="Last">The last record of the page before, by which a service shows itself that ignores page
/// numbers.</param>
internal sealed record ListPosition(
    DateTimeOffset? From,
    int Page = 1,
    bool Deleted = false,
    int Found = 0,
    long? Total = null,
    int StepsBack = 0,
    string? Last = null
)
{
    private const int MostStepsBack = 20;

    /// <summary>The place after a page; null at the end. Pure.</summary>
    /// <remarks>
    /// When the total shrinks, records have moved onto pages that were read already: the page before is read again.
    /// </remarks>
    /// <param name="page">The page.</param>
    /// <param name="pageSize">How many were asked for.</param>
    /// <exception cref="ZuperException">The page is the one before once more.</exception>
    public ListPosition? After(ZuperPage<SeenRecord> page, int pageSize)
    {
        var last = page.Items.Count > 0 ? page.Items[^1].Uid : null;
        if (page.TotalRecords < Total && Page > 1 && StepsBack < MostStepsBack)
        {
            var back = 1 + ((Total.Value - page.TotalRecords.Value - 1) / pageSize);
            return this with
            {
                Page = (int)Math.Max(1, Page - back),
                Found = Found + page.Items.Count,
                Total = page.TotalRecords,
                StepsBack = StepsBack + 1,
                Last = null,
            };
        }

        if (last is not null && last == Last)
            throw ZuperPage.Repeated("records", Page);
        if (last is not null)
            return this with
            {
                Page = Page + 1,
                Found = Found + page.Items.Count,
                Total = page.TotalRecords,
                Last = last,
            };
        return Deleted ? null : new ListPosition(From, Deleted: true, Found: Found);
    }
}
