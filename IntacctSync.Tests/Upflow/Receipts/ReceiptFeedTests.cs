using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Cursors;
using IntacctSync.Core.Detection;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Upflow.Receipts;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Upflow.Receipts;

/// <summary>Pages of payments and refunds that repeat are no end of the list, and are not read for ever.</summary>
public sealed class ReceiptFeedTests : IAsyncLifetime
{
    private static readonly ConnectionAccess Access = new(
        Some.IntacctCredentials(),
        new UpflowAccount(new Uri("https://api.upflow.io/v1"), "the-key", "the-secret")
    );

    private readonly StubHandler _upflow = new();
    private RoadStand _stand = null!;
    private Connection _connection = null!;

    private ReceiptFeed Feed =>
        new(
            _stand.Get<UpflowClient>(),
            _stand.Get<CursorStore>(),
            _stand.Get<FeedOutput>(),
            _stand.Get<MissingReceipts>(),
            _stand.Get<KnownSources>(),
            _stand.Clock
        );

    public async Task InitializeAsync()
    {
        _stand = await RoadStand.OpenAsync(_upflow);
        _connection = (await _stand.Get<ConnectionStore>().GetAsync(Some.ConnectionId, CancellationToken.None))!;
    }

    public async Task DisposeAsync() => await _stand.DisposeAsync();

    [Fact]
    public async Task A_backfill_reads_all_pages_of_both_lists()
    {
        Then("payments", 4, "1", "2");
        Then("payments", 4, "3", "4");
        Then("refunds", 2, "1");
        Then("refunds", 2, "2");
        Assert.Equal(["1", "2", "3", "4"], await BackfillAsync());
        Assert.Equal(4, _upflow.Asked);
    }

    [Fact]
    public async Task A_backfill_knows_what_is_left_of_a_list_as_far_as_Upflow_says()
    {
        Then("payments", 5, "1", "2");
        Then("payments", 5, "3", "4", "5");
        var first = await ReadAsync(Feed.Begin(null));
        var second = await ReadAsync(first.Next!);
        Assert.Equal((3L, 0L), (first.Ahead, second.Ahead));
    }

    /// <summary>Which lists tell a total is not published.</summary>
    [Fact]
    public async Task A_list_that_tells_no_total_is_read_until_a_page_is_not_full()
    {
        foreach (var list in (string[])["payments", "refunds"])
        {
            _upflow.Then($$"""{"limit": 2, "{{list}}": [{"id": "1"}, {"id": "2"}]}""", type: "application/json");
            _upflow.Then($$"""{"limit": 2, "{{list}}": [{"id": "3"}]}""", type: "application/json");
        }

        Assert.Equal(["1", "2", "3"], await BackfillAsync());
        Assert.Equal(4, _upflow.Asked);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(1000)]
    public async Task A_page_that_comes_again_breaks_a_backfill_off(int total)
    {
        Then("payments", total, "1", "2");
        Then("payments", total, "1", "2");
        var failure = await Assert.ThrowsAsync<UpflowException>(BackfillAsync);
        Assert.Equal(UpflowFailure.Unreadable, failure.Failure);
        Assert.Equal(2, _upflow.Asked);
    }

    [Fact]
    public async Task A_page_that_comes_again_breaks_a_sweep_off_which_goes_on_there_when_the_list_is_well_again()
    {
        Then("payments", 4, "1", "2");
        Then("payments", 4, "1", "2");
        await Assert.ThrowsAsync<UpflowException>(() =>
            Feed.SweepAsync(_connection, Access, [], CancellationToken.None)
        );
        Then("payments", 4, "3", "4");
        Then("refunds", 0);
        Assert.True(await Feed.SweepAsync(_connection, Access, [], CancellationToken.None));
        Assert.Equal(["1", "2", "3", "4"], _stand.Queue.Sent.Select(s => s.Envelope.SourceId));
    }

    [Theory]
    [InlineData(true, "AB12CD34-0000-4000-8000-00000000000F")]
    [InlineData(false, "ab12cd34-0000-4000-8000-00000000000f")]
    public async Task A_payment_in_another_case_is_the_one_that_is_kept_in_whichever_case(bool kept, string expected)
    {
        const string Id = "ab12cd34-0000-4000-8000-00000000000f";
        _connection = _connection with
        {
            Settings = new UpflowConnectionSettings { Intacct = Some.Settings().Intacct },
        };
        if (kept)
            await _stand
                .Get<KeyMapStore>()
                .SaveAsync(
                    [
                        Some.Row(UpflowFlows.Receipts, Id.ToUpperInvariant(), "900") with
                        {
                            State = Core.Domain.RecordState.Synced,
                        },
                    ],
                    CancellationToken.None
                );
        foreach (var written in new[] { Id, Id.ToUpperInvariant() })
        {
            Then("payments", 1, written);
            Then("refunds", 0);
            Assert.Equal([expected], await BackfillAsync());
        }

        // Nor is it taken for one that no page has shown.
        Then("payments", 1, Id);
        Then("refunds", 0);
        Assert.True(await Feed.SweepAsync(_connection, Access, [], CancellationToken.None));
        Assert.Equal(expected, Assert.Single(_stand.Queue.Sent).Envelope.SourceId);
    }

    private async Task<List<string>> BackfillAsync()
    {
        var seen = new List<string>();
        string? bookmark = Feed.Begin(null);
        while (bookmark is not null)
        {
            var chunk = await Feed.ReadAsync(_connection, Access, bookmark, 500, CancellationToken.None);
            seen.AddRange(chunk.Seen.Select(s => s.Uid));
            bookmark = chunk.Next;
        }

        return seen;
    }

    private Task<BackfillChunk> ReadAsync(string bookmark) =>
        Feed.ReadAsync(_connection, Access, bookmark, 100, CancellationToken.None);

    private void Then(string list, int total, params string[] ids)
    {
        var rows = ids.Select(id => $$"""{"id": "{{id}}"}""");
        _upflow.Then($$"""{"total": {{total}}, "{{list}}": [{{string.Join(", ", rows)}}]}""", type: "application/json");
    }
}
