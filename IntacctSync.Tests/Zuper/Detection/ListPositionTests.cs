using IntacctSync.Core.Apps;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Detection;

namespace IntacctSync.Tests.Zuper.Detection;

public sealed class ListPositionTests
{
    private static readonly ListPosition Start = new(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public void A_list_is_read_page_by_page_and_then_what_was_deleted()
    {
        var second = Start.After(Page(100, 130), 100)!;
        Assert.Equal((2, false, 100), (second.Page, second.Deleted, second.Found));
        var third = second.After(Page(30, 130), 100)!;
        var deleted = third.After(Page(0, 130), 100)!;
        Assert.Equal((1, true, 130, Start.From), (deleted.Page, deleted.Deleted, deleted.Found, deleted.From));
        Assert.Null(deleted.After(Page(0, 0), 100));
    }

    [Fact]
    public void How_many_records_lie_ahead_is_what_Zuper_counts_beyond_those_that_were_taken()
    {
        var position = new ListPosition(null, PageSize: 99);
        var page = Page(99, 250);
        Assert.Equal(225, position.Ahead(page, 25));
        position = position.Take(page, 25).Next!;
        Assert.Equal(176, position.Ahead(page, 49));
        position = position.Take(page, 74).Next!;
        Assert.Equal(126, position.Ahead(Page(99, 250), 25));
        Assert.Equal(0, position.Ahead(Page(10, 20), 10));
        Assert.Null(position.Ahead(Page(99, null), 25));
    }

    [Fact]
    public void When_the_list_shrinks_the_page_before_is_read_again()
    {
        var third = Start.After(Page(100, 250), 100)!.After(Page(100, 250), 100)!;
        var back = third.After(Page(49, 249), 100)!;
        Assert.Equal((2, 249L), (back.Page, back.Total));
    }

    [Fact]
    public void When_it_shrinks_by_several_pages_as_many_are_read_again()
    {
        var position = Start;
        for (var i = 0; i < 5; i++)
            position = position.After(Page(100, 1000), 100)!;
        Assert.Equal(3, position.After(Page(100, 750), 100)!.Page);
    }

    [Fact]
    public void A_page_that_comes_twice_is_an_error_and_not_the_end()
    {
        var same = Page(100, 100);
        var failure = Assert.Throws<ZuperException>(() => Start.After(same, 100)!.After(same, 100));
        Assert.Contains("repeats itself", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Pages_that_take_turns_are_an_error_before_long(int turns)
    {
        var pages = Enumerable.Range(0, turns).Select(_ => Page(100, 1000)).ToList();
        var position = Start with { PageSize = 100 };
        var read = 0;
        var failure = Assert.Throws<ZuperException>(() =>
        {
            while (read < 100)
                position = System.Text.Json.JsonSerializer.Deserialize<ListPosition>(
                    System.Text.Json.JsonSerializer.Serialize(position.Take(pages[read++ % turns], 100).Next)
                )!;
        });
        Assert.Contains("repeats itself", failure.Message, StringComparison.Ordinal);
        Assert.InRange(read, turns + 1, 4 * turns);
    }

    [Fact]
    public void A_list_of_many_pages_that_are_all_different_is_read_to_its_end()
    {
        var position = Start;
        for (var i = 0; i < 500; i++)
            position = position.After(Page(100, 50_000), 100)!;
        Assert.Equal((501, 50_000), (position.Page, position.Found));
    }

    [Fact]
    public void A_list_that_grows_or_has_no_total_goes_on() =>
        Assert.Equal(
            (3, 3),
            (
                Start.After(Page(100, 200), 100)!.After(Page(100, 201), 100)!.Page,
                Start.After(Page(100, null), 100)!.After(Page(100, null), 100)!.Page
            )
        );

    [Fact]
    public void A_list_that_shrinks_without_end_is_read_to_its_end_all_the_same()
    {
        var position = Start;
        var total = 10_000;
        for (var read = 0; read < 200 && position is not null; read++)
            position = position.After(Page(position.Page > 50 || position.Deleted ? 0 : 10, total--), 100);
        Assert.Null(position);
    }

    [Fact]
    public void Steps_of_any_size_take_each_record_of_a_page_once()
    {
        var (position, page, taken) = (Start with { PageSize = 99 }, Page(99, 150), new List<string>());
        foreach (var most in new[] { 25, 50, 99 })
        {
            Assert.Equal((1, 99), (position.Page, position.PageToRead));
            var (seen, next) = position.Take(page, most);
            taken.AddRange(seen.Select(s => s.Uid));
            position = next!;
        }

        Assert.Equal(page.Items.Select(s => s.Uid), taken);
        Assert.Equal((2, 0, 99L), (position.Page, position.Skip, position.Found));
        Assert.Equal(51, position.Take(Page(51, 150), 99).Taken.Count);
    }

    [Fact]
    public void A_step_goes_on_behind_the_last_record_that_was_taken_wherever_it_stands()
    {
        var page = Page(99, 150);
        var (_, second) = (Start with { PageSize = 99 }).Take(page, 25);
        var up = page with { Items = [.. page.Items.Skip(3)] };
        Assert.Equal(page.Items.Skip(25).Take(50), second!.Take(up, 50).Taken);
        var down = page with { Items = [.. Page(3, 150).Items, .. page.Items.SkipLast(3)] };
        Assert.Equal(page.Items.Skip(25).Take(50), second.Take(down, 50).Taken);
    }

    [Fact]
    public void Where_the_last_record_that_was_taken_is_gone_from_its_page_the_page_before_is_read_again()
    {
        var start = Start with { PageSize = 99, Page = 3 };
        var (taken, back) = start.Take(Page(99, 500), 25).Next!.Take(Page(99, 500), 50);
        Assert.Empty(taken);
        Assert.Equal((2, 0), (back!.Page, back.Skip));
        var first = (Start with { PageSize = 99 }).Take(Page(99, 500), 25).Next!.Take(Page(99, 500), 50).Next!;
        Assert.Equal((1, 0), (first.Page, first.Skip));
    }

    [Fact]
    public void Where_records_have_moved_to_the_page_before_it_is_read_again()
    {
        var moved = Page(99, 500) with { HasMoved = true };
        var second = (Start with { PageSize = 99 }).After(Page(99, 500), 99)!;
        Assert.NotNull(second.BeforePage);
        Assert.Equal((1, null), (second.After(moved, 99)!.Page, second.After(moved, 99)!.BeforePage));
        var (taken, back) = second.Take(moved, 25);
        Assert.Empty(taken);
        Assert.Equal(1, back!.Page);
    }

    [Fact]
    public void A_list_that_moves_without_end_is_read_to_its_end_all_the_same()
    {
        var position = Start with { PageSize = 10 };
        for (var read = 0; read < 200 && position is not null; read++)
            position = position
                .Take(Page(position.Page > 50 || position.Deleted ? 0 : 10, 500) with { HasMoved = true }, 5)
                .Next!;
        Assert.Null(position);
    }

    [Fact]
    public void A_bookmark_of_before_goes_on_with_the_pages_that_it_counted()
    {
        var former = Start with { Page = 3 };
        var page = Page(25, 100);
        var (taken, next) = former.Take(page, 99);
        Assert.Equal((25, 25, 4), (former.PageToRead, taken.Count, next!.Page));
        Assert.Equal(25, next.PageToRead);
    }

    private int _made;

    private ZuperPage<SeenRecord> Page(int items, long? total) =>
        new([.. Enumerable.Range(0, items).Select(_ => new SeenRecord($"uid-{_made++}", null))], 1, total);
}
