using System.Text.Json.Nodes;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Tests.Support;
using Microsoft.AspNetCore.WebUtilities;

namespace IntacctSync.Tests.Zuper.Client;

public sealed class ZuperListTests
{
    private static readonly ZuperAccount Account = Some.ZuperAccount();
    private static readonly ZuperWindow Window = new(
        new(2026, 1, 1, 2, 0, 0, TimeSpan.FromHours(2)),
        new(2026, 1, 2, 0, 0, 0, TimeSpan.Zero)
    );

    private readonly List<int> _records = [.. Enumerable.Range(1, 250)];

    [Fact]
    public async Task Both_ends_of_the_window_are_sent_in_utc()
    {
        using var stand = Serving();
        await stand.Client.ListOrganizationsAsync(
            Account,
            Window,
            2,
            50,
            deleted: true,
            RequestPriority.Bulk,
            CancellationToken.None
        );
        Assert.Equal(
            "?page=2&count=50&sort=ASC&sort_by=created_at&filter.updated_at_from=2026-01-01T00%3A00%3A00.000Z"
                + "&filter.updated_at_to=2026-01-02T00%3A00%3A00.000Z&filter.is_deleted=true",
            stand.Asked[0].Uri.Query
        );
    }

    [Fact]
    public void A_window_that_ends_before_it_starts_is_refused() =>
        Assert.Throws<ArgumentException>(() => new ZuperWindow(Window.To, Window.From));

    [Fact]
    public async Task Pages_are_read_until_an_empty_one()
    {
        using var stand = Serving();
        Assert.Equal(_records, await ReadAll(stand));

        // Before each page but the first the last record of the page before is looked at again.
        Assert.Equal([1, 2, 100, 3, 200, 4], stand.Asked.Select(PageOf));
    }

    [Fact]
    public async Task Nothing_comes_twice_when_records_move_to_later_pages()
    {
        using var stand = Serving(beforePage: page =>
        {
            if (page == 2)
                _records.Insert(0, 999);
        });
        Assert.Equal(Enumerable.Range(1, 250), await ReadAll(stand));
    }

    [Fact]
    public async Task Nothing_is_missed_when_records_move_to_pages_that_were_read()
    {
        using var stand = Serving(beforePage: page =>
        {
            if (page == 3)
                _records.RemoveAll(record => record <= 5);
        });
        Assert.Equal(Enumerable.Range(1, 250), (await ReadAll(stand)).Order());
        Assert.Contains(2, stand.Asked.Select(PageOf).Skip(3));
    }

    [Fact]
    public async Task Nothing_is_missed_when_others_are_made_meanwhile_either()
    {
        using var stand = Serving(beforePage: page =>
        {
            if (page != 3)
                return;
            _records.RemoveAll(record => record <= 5);
            _records.AddRange(Enumerable.Range(251, 5));
        });
        Assert.Equal(Enumerable.Range(1, 255), (await ReadAll(stand)).Order());
    }

    [Fact]
    public async Task A_list_whose_pages_repeat_ends_with_an_error_that_says_so()
    {
        using var stand = new ZuperStand(_ => Page([1, 2, 3], 3));
        var failure = await Assert.ThrowsAsync<ZuperException>(() => ReadAll(stand));
        Assert.Contains("organizations repeats itself: page 2", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, stand.Asked.Count);
    }

    [Fact]
    public async Task A_list_whose_pages_take_turns_ends_as_well()
    {
        using var stand = new ZuperStand(asked => PageOf(asked) % 2 == 0 ? Page([3, 4], 4) : Page([1, 2], 4));
        await Assert.ThrowsAsync<ZuperException>(() => ReadAll(stand));
        Assert.Equal(3, stand.Asked.Count);
    }

    [Fact]
    public async Task A_list_that_grew_by_a_page_meanwhile_is_read_on()
    {
        using var stand = new ZuperStand(asked =>
            PageOf(asked) switch
            {
                1 => Page([1, 2], 3),
                2 => Page([1, 2], 5),
                3 => Page([3], 5),
                _ => Page([], 5),
            }
        );
        Assert.Equal([1, 2, 3], await ReadAll(stand));
    }

    [Fact]
    public async Task A_service_that_serves_fewer_than_asked_for_is_read_to_its_end()
    {
        using var stand = Serving(most: 40);
        Assert.Equal(_records, await ReadAll(stand));
    }

    [Theory]
    [InlineData(1, 250)]
    [InlineData(2, 250)]
    [InlineData(30, 251)]
    public async Task A_page_that_is_too_large_for_one_answer_is_read_in_parts(int most, int expected)
    {
        _records.AddRange(Enumerable.Range(251, expected - 250));
        using var stand = new ZuperStand(request =>
        {
            var (page, count) = (PageOf(request), Number(request, "count"));
            var rows = _records.Skip((page - 1) * count).Take(count).ToList();
            return rows.Count > most
                ? ZuperStand.Answer(
                    new string(' ', ZuperClient.MaxBodyBytes + 1),
                    System.Net.HttpStatusCode.OK,
                    "text/json"
                )
                : Page(rows, _records.Count);
        });
        Assert.Equal(_records, await ReadAll(stand));
    }

    [Fact]
    public async Task A_record_that_alone_is_too_large_is_told_at_once()
    {
        using var stand = new ZuperStand(request =>
            PageOf(request) * Number(request, "count") > 3
                ? ZuperStand.Answer(
                    new string(' ', ZuperClient.MaxBodyBytes + 1),
                    System.Net.HttpStatusCode.OK,
                    "text/json"
                )
                : Page(_records.Take(3), 250)
        );
        var failure = await Assert.ThrowsAsync<ZuperException>(() => ReadAll(stand));
        Assert.Equal(
            (ZuperFailure.TooLarge, Core.Domain.FailureClass.Data, false),
            (failure.Failure, failure.Classified.Class, failure.Classified.MayPass)
        );
    }

    private static int Number(ZuperAsked asked, string name) =>
        int.Parse(QueryHelpers.ParseQuery(asked.Uri.Query)[name]!, System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task Rows_without_a_uid_are_left_out_and_told()
    {
        using var stand = new ZuperStand(_ =>
            ZuperStand.Json(
                Some.ZuperSuccess(
                    new JsonArray(
                        Some.OrganizationJson(),
                        new JsonObject { ["id"] = "undefined", ["organization_name"] = "x" },
                        null,
                        7
                    )
                )
            )
        );
        var page = await stand.Client.ListOrganizationsAsync(
            Account,
            null,
            1,
            10,
            deleted: false,
            RequestPriority.Live,
            CancellationToken.None
        );
        Assert.Equal(Some.Uid(1), Assert.Single(page.Items).Uid);
        Assert.Contains(
            stand.Log,
            line => line.StartsWith("Warning: Zuper listed 3 organizations without a uid", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("""{"type":"success"}""")]
    [InlineData("""{"type":"success","data":{"organization_uid":"x"}}""")]
    public async Task A_list_that_is_none_is_not_taken_for_the_end(string body)
    {
        using var stand = new ZuperStand(_ =>
            ZuperStand.Answer(body, System.Net.HttpStatusCode.OK, "application/json")
        );
        Assert.Equal(ZuperFailure.Unreadable, (await Assert.ThrowsAsync<ZuperException>(() => ReadAll(stand))).Failure);
    }

    [Theory]
    [InlineData(150, 100, null)]
    [InlineData(150, 40, 150)]
    public async Task A_list_of_the_set_up_that_repeats_itself_before_its_end_is_an_error(
        int rows,
        int most,
        int? total
    )
    {
        using var stand = new ZuperStand(_ => Categories(Enumerable.Range(1, rows).Take(most), total));
        var failure = await Assert.ThrowsAsync<ZuperException>(() =>
            stand.Client.ListCategoriesAsync(Account, CancellationToken.None)
        );
        Assert.Equal(ZuperFailure.Unreadable, failure.Failure);
        Assert.Contains("repeats itself: page 2", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2000, true)]
    [InlineData(2001, false)]
    public async Task A_list_of_the_set_up_is_read_to_its_end_or_is_an_error(int rows, bool read)
    {
        using var stand = new ZuperStand(asked =>
            Categories(Enumerable.Range(1, rows).Skip((PageOf(asked) - 1) * 100).Take(100), rows)
        );
        var reading = stand.Client.ListCategoriesAsync(Account, CancellationToken.None);
        if (read)
            Assert.Equal(rows, (await reading).Count);
        else
            Assert.Equal(ZuperFailure.Unreadable, (await Assert.ThrowsAsync<ZuperException>(() => reading)).Failure);
    }

    [Fact]
    public async Task A_short_list_of_the_set_up_may_come_whole_for_each_page()
    {
        using var stand = new ZuperStand(_ => Categories(Enumerable.Range(1, 40), 40));
        Assert.Equal(40, (await stand.Client.ListCategoriesAsync(Account, CancellationToken.None)).Count);
    }

    [Fact]
    public async Task An_invoice_whose_due_date_can_not_be_read_is_read_all_the_same()
    {
        var json = Some.InvoiceJson();
        json["due_date"] = "Invalid date";
        using var stand = new ZuperStand(_ => ZuperStand.Json(Some.ZuperSuccess(json)));
        var invoice = await stand.Client.GetInvoiceAsync(
            Account,
            Some.Uid(1),
            RequestPriority.Live,
            CancellationToken.None
        );
        Assert.Contains("the due date is '\"Invalid date\"'", invoice!.UnreadableTerms, StringComparison.Ordinal);
    }

    private static HttpResponseMessage Categories(IEnumerable<int> rows, int? total)
    {
        var answer = Some.ZuperSuccess(
            new JsonArray([
                .. rows.Select(r => new JsonObject
                {
                    ["category_uid"] = Some.Uid(r),
                    ["category_name"] = $"Category {r}",
                }),
            ])
        );
        if (total is not null)
            answer["total_records"] = total;
        return ZuperStand.Json(answer);
    }

    private static async Task<List<int>> ReadAll(ZuperStand stand)
    {
        var read = new List<int>();
        await foreach (
            var page in stand.Client.ReadOrganizationsAsync(
                Account,
                Window,
                deleted: false,
                RequestPriority.Bulk,
                CancellationToken.None
            )
        )
            read.AddRange(
                page.Items.Select(item =>
                    int.Parse(item.Uid.Split('-')[^1], System.Globalization.CultureInfo.InvariantCulture)
                )
            );
        return read;
    }

    private ZuperStand Serving(Action<int>? beforePage = null, int most = 1000)
    {
        var asked = new HashSet<int>();
        return new ZuperStand(request =>
        {
            var page = PageOf(request);
            if (asked.Add(page))
                beforePage?.Invoke(page);
            var count = Math.Min(
                most,
                int.Parse(
                    QueryHelpers.ParseQuery(request.Uri.Query)["count"]!,
                    System.Globalization.CultureInfo.InvariantCulture
                )
            );
            return Page(_records.Skip((page - 1) * count).Take(count), _records.Count);
        });
    }

    private static HttpResponseMessage Page(IEnumerable<int> records, int total)
    {
        var body = Some.ZuperSuccess(
            new JsonArray([.. records.Select(record => (JsonNode)Some.OrganizationJson(Some.Uid(record)))])
        );
        body["total_records"] = total;
        return ZuperStand.Json(body);
    }

    private static int PageOf(ZuperAsked asked) =>
        int.Parse(QueryHelpers.ParseQuery(asked.Uri.Query)["page"]!, System.Globalization.CultureInfo.InvariantCulture);
}
