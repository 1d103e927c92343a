using IntacctSync.Core.Remote;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Upflow.Client;

public sealed class UpflowListTests : IAsyncLifetime
{
    private static readonly UpflowAccount Account = new(new Uri("https://api.upflow.io/v1"), "the-key", "the-secret");

    private readonly StubHandler _upflow = new();
    private RoadStand _stand = null!;

    public async Task InitializeAsync() => _stand = await RoadStand.OpenAsync(_upflow);

    public async Task DisposeAsync() => await _stand.DisposeAsync();

    [Fact]
    public async Task Pages_are_read_to_the_end_and_a_record_that_moved_is_told_once()
    {
        Then(4, "1", "2");
        Then(4, "2", "3");
        Assert.Equal(["1", "2", "3"], await ReadAsync());
    }

    [Theory]
    [InlineData(4)]
    [InlineData(1000)]
    public async Task A_page_that_comes_again_is_told_and_is_no_end_of_the_list(int total)
    {
        Then(total, "1", "2");
        Then(total, "1", "2");
        var failure = await Assert.ThrowsAsync<UpflowException>(ReadAsync);
        Assert.Equal(UpflowFailure.Unreadable, failure.Failure);
        Assert.Contains("same page of payments again at offset 2", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, _upflow.Asked);
    }

    /// <summary>Of many customers, whichever takes fewer calls: the list of each, or the list of all.</summary>
    [Theory]
    [InlineData(20, 1_000_000, 20, true)]
    [InlineData(21, 0, 1, false)]
    [InlineData(21, 10_500, 2, false)]
    [InlineData(21, 10_501, 22, true)]
    public async Task The_lists_of_many_customers_are_read_in_the_fewest_calls(
        int customers,
        int total,
        int calls,
        bool byCustomer
    )
    {
        _upflow.Otherwise = _ =>
            StubHandler.Answer(
                $$"""{"total": {{(_upflow.Asked == 1 && customers > 20 ? total : 1)}}, "payments": [{"id": "1"}]}""",
                type: "application/json"
            );
        await foreach (
            var _ in _stand
                .Get<UpflowClient>()
                .ListOfAsync(
                    Account,
                    UpflowKind.Payment,
                    [.. Enumerable.Range(0, customers).Select(i => $"c-{i}")],
                    RequestPriority.Live,
                    CancellationToken.None
                )
        ) { }

        Assert.Equal(calls, _upflow.Asked);
        Assert.Equal(byCustomer, _upflow.Addresses.Any(a => a!.Query.Contains("customerId", StringComparison.Ordinal)));
    }

    /// <summary>Which lists tell a total is not published; a full page is no end of one that tells none.</summary>
    [Theory]
    [InlineData("{{\"items\": [{0}]}}")]
    [InlineData("[{0}]")]
    public async Task A_list_without_a_total_is_read_to_its_end(string shape)
    {
        foreach (var page in Enumerable.Range(1, UpflowClient.PageSize + 1).Chunk(UpflowClient.PageSize))
            _upflow.Then(
                string.Format(
                    System.Globalization.CultureInfo.InvariantCulture,
                    shape,
                    string.Join(", ", page.Select(id => $$"""{"id": "{{id}}"}"""))
                ),
                type: "application/json"
            );
        Assert.Equal(UpflowClient.PageSize + 1, (await ReadAsync()).Count);
    }

    private void Then(int total, params string[] ids) =>
        _upflow.Then(
            $$"""{"total": {{total}}, "payments": [{{string.Join(", ", ids.Select(id => $$"""{"id": "{{id}}"}"""))}}]}""",
            type: "application/json"
        );

    private async Task<List<string?>> ReadAsync()
    {
        var ids = new List<string?>();
        await foreach (
            var record in _stand
                .Get<UpflowClient>()
                .ListAsync(Account, UpflowKind.Payment, null, RequestPriority.Live, CancellationToken.None)
        )
            ids.Add(record.Id);
        return ids;
    }
}
