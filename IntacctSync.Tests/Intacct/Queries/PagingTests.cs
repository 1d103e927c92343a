using System.Globalization;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Intacct.Queries;

public sealed class PagingTests : IDisposable
{
    private const string Start = "03/02/2026 08:00:00";

    private readonly IntacctStand _stand = new IntacctStand().LoggedIn();

    [Fact]
    public async Task By_key_each_page_goes_on_beyond_the_last_key()
    {
        await AssertReadsAsync(Feed(25, _ => 1), ByKey(10), Enumerable.Range(1, 25), pages: 3);
        Assert.Contains(
            "<greaterthan><field>RECORDNO</field><value>20</value></greaterthan>",
            _stand.Gateway.Bodies.Last(),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("<offset>", _stand.Gateway.Bodies.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public Task Without_a_count_of_what_remains_a_full_page_means_that_there_may_be_more() =>
        AssertReadsAsync(Feed(20, _ => 1, saysNothing: true), ByKey(10), Enumerable.Range(1, 20), pages: 3);

    [Fact]
    public Task By_change_the_second_at_a_page_s_end_is_read_again_with_the_next_page() =>
        AssertReadsAsync(Feed(25, key => key / 4), ByChange(10), Enumerable.Range(1, 25), pages: 3);

    [Fact]
    public Task A_second_of_more_than_a_page_is_read_to_its_end() =>
        AssertReadsAsync(
            Feed(47, key => key is > 3 and < 44 ? 7 : key),
            ByChange(10),
            Enumerable.Range(1, 47),
            pages: 6
        );

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Records_without_a_time_are_read_whether_they_come_first_or_last(bool first)
    {
        var feed = Feed(40, key => key > 25 ? null : key / 3, nullsFirst: first);
        var query = ByChange(10) with
        {
            Order = QueryOrder.ByChange("WHENMODIFIED", Start, QueryFilter.GreaterThan("RECORDNO", "30")),
        };
        await AssertReadsAsync(feed, query, [.. Enumerable.Range(1, 25), .. Enumerable.Range(31, 10)], pages: null);
    }

    [Fact]
    public async Task The_cursor_moves_only_to_a_second_after_which_something_was_seen()
    {
        var pages = await PagesAsync(Feed(12, key => key / 4), ByChange(10));
        Assert.Equal([7, 5], pages.Select(p => p.Records.Count));
        Assert.Equal((Time(1), Time(1)), (pages[0].FullyReadTo, pages[0].LastSeen));
        Assert.Equal((Time(2), Time(3), true), (pages[1].FullyReadTo, pages[1].LastSeen, pages[1].IsLast));
        Assert.All(pages, p => Assert.Equal(1, p.Transactions));
    }

    [Fact]
    public async Task A_feed_with_nothing_new_gives_one_empty_page_and_moves_nothing()
    {
        var page = Assert.Single(await PagesAsync(Feed(0, _ => 1), ByChange(10)));
        Assert.Equal((null, null, true, 1), (page.FullyReadTo, page.LastSeen, page.IsLast, page.Transactions));
        Assert.NotNull(page.AnsweredAt);
    }

    [Fact]
    public async Task Every_record_of_any_feed_is_given_exactly_once()
    {
        // Whatever the times, the page size and the place of records without a time; the same 200 feeds each time.
        var chance = new Random(20260302);
        for (var round = 0; round < 200; round++)
        {
            using var stand = new IntacctStand().LoggedIn();
            var (seconds, count) = (chance.Next(1, 8), chance.Next(0, 40));
            var feed = Feed(
                count,
                _ => chance.Next(-1, seconds) is var s and >= 0 ? s : null,
                nullsFirst: chance.Next(2) == 0,
                saysNothing: chance.Next(2) == 0
            );
            stand.Gateway.Otherwise = feed.Answer;
            var query = ByChange(chance.Next(1, 7)) with
            {
                Order = QueryOrder.ByChange("WHENMODIFIED", Start, QueryFilter.GreaterThan("RECORDNO", "0")),
            };
            var keys = new List<int>();
            await foreach (
                var record in stand.Client.QueryAsync(Some.IntacctCredentials(), query, CancellationToken.None)
            )
                keys.Add(int.Parse(record["RECORDNO"]!, CultureInfo.InvariantCulture));
            Assert.Equal(Enumerable.Range(1, count), keys.Order());
        }
    }

    [Fact]
    public async Task A_far_end_that_ignores_the_filter_is_not_asked_for_ever()
    {
        _stand.Gateway.Otherwise = request =>
            StubHandler.Answer(
                Answers.Page(request, "<CUSTOMER><RECORDNO>7</RECORDNO><WHENMODIFIED/></CUSTOMER>", 1, 5)
            );
        await Assert.ThrowsAsync<IntacctException>(() => PagesAsync(null, ByKey(1)));
        await Assert.ThrowsAsync<IntacctException>(() => PagesAsync(null, ByChange(1)));
    }

    [Fact]
    public async Task Pages_that_take_turns_end_with_an_error_that_says_so()
    {
        var page = 0;
        _stand.Gateway.Otherwise = request =>
            StubHandler.Answer(
                Answers.Page(request, $"<CUSTOMER><RECORDNO>{1 + (page++ % 2)}</RECORDNO></CUSTOMER>", 1, 5)
            );
        var failure = await Assert.ThrowsAsync<IntacctException>(() => PagesAsync(null, ByKey(1)));
        Assert.Contains("repeat themselves", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_page_that_says_more_remains_is_a_failure_and_not_the_end()
    {
        _stand.Gateway.Otherwise = request => StubHandler.Answer(Answers.Page(request, "", 0, 3));
        await Assert.ThrowsAsync<IntacctException>(() => PagesAsync(null, ByKey(10)));
    }

    [Fact]
    public async Task A_refused_query_is_an_exception_with_its_cause()
    {
        _stand.Gateway.Otherwise = request =>
            StubHandler.Answer(
                Answers.Operation(
                    Answers.Failure(
                        Answers.ControlIdOf(request),
                        "XL03000010",
                        "Field requested is not valid: customer.X",
                        "query"
                    )
                )
            );
        var failure = await Assert.ThrowsAsync<IntacctException>(() => PagesAsync(null, ByKey(10)));
        Assert.Equal((IntacctFailure.Malformed, false), (failure.Failure, failure.OutcomeUnknown));
    }

    public void Dispose() => _stand.Dispose();

    private static string Time(int second) =>
        string.Create(CultureInfo.InvariantCulture, $"03/02/2026 08:00:{second + 1:D2}");

    private static FakeFeed Feed(int count, Func<int, int?> second, bool nullsFirst = false, bool saysNothing = false)
    {
        var feed = new FakeFeed { NullsFirst = nullsFirst, SaysNothing = saysNothing };
        for (var key = 1; key <= count; key++)
            feed.Add(key, second(key) is { } s ? Time(s) : null);
        return feed;
    }

    private static IntacctQuery ByKey(int size) => new("CUSTOMER", ["RECORDNO"]) { PageSize = size };

    private static IntacctQuery ByChange(int size) =>
        ByKey(size) with
        {
            Order = QueryOrder.ByChange("WHENMODIFIED", Start),
        };

    private async Task AssertReadsAsync(FakeFeed feed, IntacctQuery query, IEnumerable<int> keys, int? pages)
    {
        var read = await PagesAsync(feed, query);
        Assert.Equal(
            keys,
            read.SelectMany(p => p.Records).Select(r => int.Parse(r["RECORDNO"]!, CultureInfo.InvariantCulture)).Order()
        );
        Assert.True(read[^1].IsLast);
        Assert.Equal(_stand.Gateway.Asked - 1, read.Sum(p => p.Transactions));
        if (pages is { } count)
            Assert.Equal(count, read.Count);
    }

    private async Task<List<IntacctPage>> PagesAsync(FakeFeed? feed, IntacctQuery query)
    {
        if (feed is not null)
            _stand.Gateway.Otherwise = feed.Answer;
        var pages = new List<IntacctPage>();
        await foreach (
            var page in _stand.Client.QueryPagesAsync(Some.IntacctCredentials(), query, CancellationToken.None)
        )
            pages.Add(page);
        return pages;
    }
}
