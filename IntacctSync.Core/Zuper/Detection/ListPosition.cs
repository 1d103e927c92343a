using IntacctSync.Core.Apps;
using IntacctSync.Core.Detection;
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
/// <param name="Mark">The last record of a page further back, by which a service shows itself whose pages take
/// turns.</param>
/// <param name="PageSize">Of a backfill: how many records its pages have, which stays so however many of them a step
/// takes. Null in a bookmark of a program whose steps were a page each.</param>
/// <param name="Skip">Of a backfill: how many records of the page were taken by steps before.</param>
/// <param name="Before">The last record that was taken: the next one follows it as long as none has moved. Null where
/// it is not known.</param>
internal sealed record ListPosition(
    DateTimeOffset? From,
    int Page = 1,
    bool Deleted = false,
    int Found = 0,
    long? Total = null,
    int StepsBack = 0,
    string? Last = null,
    string? Mark = null,
    int? PageSize = null,
    int Skip = 0,
    string? Before = null
)
{
    /// <summary>The pages of a backfill: the largest step takes one whole.</summary>
    public const int BackfillPage = ChunkSizer.Most;

    private const int FormerBackfillPage = 25;

    private const int MostStepsBack = 20;

    /// <summary>How many records to ask for in a step of a backfill.</summary>
    public int PageToRead => PageSize ?? FormerBackfillPage;

    /// <summary>
    /// The record that is to stand right before the page; null where the page itself tells, or it is not known.
    /// </summary>
    public string? BeforePage => Skip == 0 && Page > 1 ? Before : null;

    /// <summary>
    /// What a step of a backfill takes of its page, and the place after it; null at the end. Pure.
    /// </summary>
    /// <remarks>
    /// A step goes on behind the last record that was taken, wherever that stands in the page by now. Where it stands
    /// there no more, others have moved to what was read: nothing is taken, and the page before is read again. The
    /// total does not tell that where one was made meanwhile.
    /// </remarks>
    /// <param name="page">The page, of <see cref="PageToRead"/> records at most.</param>
    /// <param name="most">How many to take.</param>
    public (IReadOnlyList<SeenRecord> Taken, ListPosition? Next) Take(ZuperPage<SeenRecord> page, int most)
    {
        var from = Skip == 0 ? 0 : page.Items.TakeWhile(s => s.Uid != Before).Count() + 1;
        if (StepsBack < MostStepsBack && (from > page.Items.Count || page.HasMoved))
            return ([], Back(page, 1));
        if (from > page.Items.Count)
            from = Skip;
        IReadOnlyList<SeenRecord> taken = [.. page.Items.Skip(from).Take(most)];
        return from + taken.Count < page.Items.Count
            ? (taken, this with { Skip = from + taken.Count, Before = taken[^1].Uid })
            : (taken, (this with { Skip = 0 }).After(page, PageToRead));
    }

    private ListPosition Back(ZuperPage<SeenRecord> page, long pages) =>
        this with
        {
            Page = (int)Math.Max(1, Page - pages),
            Total = page.TotalRecords,
            StepsBack = StepsBack + 1,
            Last = null,
            Mark = null,
            Skip = 0,
            Before = null,
        };

    /// <summary>
    /// How many records Zuper counts behind those that a step of a backfill took; null where it counts none. Pure.
    /// </summary>
    /// <param name="page">The page that they were taken from.</param>
    /// <param name="taken">How many were taken.</param>
    public long? Ahead(ZuperPage<SeenRecord> page, int taken) =>
        page.TotalRecords is { } total ? Math.Max(0, total - ((long)(Page - 1) * PageToRead) - Skip - taken) : null;

    /// <summary>The place after a page; null at the end. Pure.</summary>
    /// <remarks>
    /// <para>When the total shrinks, or the record before the page was not read, records have moved onto pages that
    /// were read already: the page before is read again.</para>
    /// <para>The mark moves on at pages 1, 2, 4, 8 and so on, so that turns of any length are found (Brent, "An
    /// improved Monte Carlo factorization algorithm", 1980) and a bookmark needs to keep no more than one
    /// record.</para>
    /// </remarks>
    /// <param name="page">The page.</param>
    /// <param name="pageSize">How many were asked for.</param>
    /// <exception cref="ZuperException">The page is one of those before once more.</exception>
    public ListPosition? After(ZuperPage<SeenRecord> page, int pageSize)
    {
        var last = page.Items.Count > 0 ? page.Items[^1].Uid : null;
        if (page.TotalRecords < Total && Page > 1 && StepsBack < MostStepsBack)
        {
            var back = 1 + ((Total.Value - page.TotalRecords.Value - 1) / pageSize);
            return Back(page, back) with { Found = Found + page.Items.Count };
        }

        if (last is not null && (last == Last || last == Mark))
            throw ZuperPage.Repeated("records", Page);
        if (page.HasMoved && StepsBack < MostStepsBack)
            return Back(page, 1);
        if (last is not null)
            return this with
            {
                Page = Page + 1,
                Found = Found + page.Items.Count,
                Total = page.TotalRecords,
                Last = last,
                Mark = Mark is null || int.IsPow2(Page) ? last : Mark,
                Before = page.Items.Count == pageSize ? last : null,
            };
        return Deleted ? null : new ListPosition(From, Deleted: true, Found: Found, PageSize: PageSize);
    }
}
