using IntacctSync.Core.Zuper;

namespace IntacctSync.Core.Detection;

/// <summary>How far a list of Zuper has been read: first what is there, then what was deleted.</summary>
/// <param name="From">Records updated since then; null for all. The other end of the window lies in the future, so that a record that changes meanwhile stays in it.</param>
/// <param name="Page">The next page, from 1.</param>
/// <param name="Deleted">Whether the deleted ones are being read.</param>
/// <param name="Found">How many records the pages before held.</param>
/// <param name="Total">How many records Zuper counted when it made the page before.</param>
/// <param name="StepsBack">How often pages were read again.</param>
internal sealed record ListPosition(DateTimeOffset? From, int Page = 1, bool Deleted = false, int Found = 0, long? Total = null, int StepsBack = 0)
{
    private const int MostStepsBack = 20;

    /// <summary>The place after a page; null at the end. Pure.</summary>
    /// <remarks>When the total shrinks, records have moved onto pages that were read already: the page before is read again.</remarks>
    public ListPosition? After<T>(ZuperPage<T> page)
    {
        if (page.TotalRecords < Total && Page > 1 && StepsBack < MostStepsBack)
            return this with { Page = Page - 1, Found = Found + page.Items.Count, Total = page.TotalRecords, StepsBack = StepsBack + 1 };
        if (page.Items.Count > 0)
            return this with { Page = Page + 1, Found = Found + page.Items.Count, Total = page.TotalRecords };
        return Deleted ? null : new ListPosition(From, Deleted: true, Found: Found);
    }
}
