using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.KeyMap;

public sealed class RecordQueryTests : IAsyncLifetime
{
    private readonly StoreStand _stand = new();

    private KeyMapStore Store => new(_stand.Table);

    private RecordQuery Query => new(_stand.Table, Store);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _stand.DisposeAsync();

    [Fact]
    public async Task A_list_is_read_page_by_page_and_index_rows_are_no_records()
    {
        await SaveAsync([
            .. Enumerable
                .Range(0, 25)
                .Select(i =>
                    (Some.Entry($"o{i:D2}") with { TargetId = $"C{i}", Title = $"T{i}" }).Need(Some.Now, Some.Problem())
                ),
        ]);
        Assert.Equal(Enumerable.Range(0, 25).Select(i => $"o{i:D2}"), await ListAsync(null));
        Assert.Equal(25, (await ListAsync(RecordState.NeedsAction)).Count);
        Assert.Empty(await ListAsync(RecordState.Synced));
    }

    [Theory]
    [InlineData("org", "org-1,org-2")]
    [InlineData("org-2", "org-2")]
    [InlineData("c-2", "org-2")]
    [InlineData("HARB", "org-1")]
    [InlineData("harbor dental ", "org-1")]
    [InlineData("dental", "")]
    [InlineData("ORG", "")]
    public async Task A_record_is_found_by_the_beginning_of_its_id_its_target_or_its_title(string text, string expected)
    {
        await SaveAsync(
            Some.Entry("org-1") with
            {
                TargetId = "C-1",
                Title = "Harbor Dental",
            },
            Some.Entry("org-2") with
            {
                TargetId = "C-2",
                Title = "Pier",
            }
        );
        var page = await Query.ListAsync(
            Some.ConnectionId,
            ZuperFlows.Organizations,
            null,
            text,
            null,
            50,
            CancellationToken.None
        );
        Assert.Equal(expected, string.Join(',', page.Items.Select(e => e.Key.SourceId)));
    }

    [Fact]
    public async Task Index_rows_follow_what_changes()
    {
        var entry = Assert.Single(
            await SaveAsync((Some.Entry() with { TargetId = "C-1", Title = "Harbor" }).Need(Some.Now, Some.Problem()))
        );
        await SaveAsync((entry with { TargetId = "D-1", Title = "Pier" }).Sync(Some.Now, "updated", "D-1"));
        foreach (var (text, count) in new[] { ("Harbor", 0), ("C-1", 0), ("Pier", 1), ("D-1", 1) })
            Assert.Equal(
                count,
                (
                    await Query.ListAsync(
                        Some.ConnectionId,
                        ZuperFlows.Organizations,
                        null,
                        text,
                        null,
                        50,
                        CancellationToken.None
                    )
                )
                    .Items
                    .Count
            );
        Assert.Empty(await ListAsync(RecordState.NeedsAction));
        Assert.Empty(
            await Query.WithCauseAsync(Some.ConnectionId, ZuperFlows.Organizations, null, CancellationToken.None)
        );
    }

    [Fact]
    public async Task Records_are_counted_by_state_with_the_oldest_that_waits()
    {
        await SaveAsync(
            Some.Entry("a").Wait(Some.Now, Some.Now.AddHours(-1), "x"),
            Some.Entry("b").Wait(Some.Now, Some.Now.AddHours(-3), "x"),
            Some.Entry("c").Sync(Some.Now, "created", "C"),
            Some.Entry("d").Bury(Some.Now, Some.Problem())
        );
        var counts = await Query.CountAsync(Some.ConnectionId, ZuperFlows.Organizations, CancellationToken.None);
        Assert.Equal(
            (2, 1, 1, 0, 4),
            (
                counts.Of(RecordState.Pending),
                counts.Of(RecordState.Synced),
                counts.Of(RecordState.Dead),
                counts.Of(RecordState.Skipped),
                counts.Total
            )
        );
        Assert.Equal(Some.Now.AddHours(-3), counts.OldestPendingAt);
        Assert.Equal(
            0,
            (await Query.CountAsync(Some.ConnectionId, ZuperFlows.Customers, CancellationToken.None)).Total
        );
    }

    [Fact]
    public async Task Records_are_found_by_their_cause()
    {
        await SaveAsync(
            Some.Entry("a").Need(Some.Now, Some.Problem("one")),
            Some.Entry("b").Bury(Some.Now, Some.Problem("two")),
            Some.Entry("c").Need(Some.Now, Some.Problem("one")),
            Some.Entry("d").Sync(Some.Now, "created", "C")
        );
        Assert.Equal(
            ["a", "c"],
            await Query.WithCauseAsync(Some.ConnectionId, ZuperFlows.Organizations, "one", CancellationToken.None)
        );
        Assert.Equal(
            ["a", "b", "c"],
            await Query.WithCauseAsync(Some.ConnectionId, ZuperFlows.Organizations, null, CancellationToken.None)
        );
    }

    [Fact]
    public async Task A_search_in_a_state_finds_what_is_behind_many_in_other_states_and_shows_nothing_twice()
    {
        await SaveAsync([
            .. Enumerable
                .Range(0, 60)
                .Select(i =>
                    (Some.Entry($"o{i:D2}") with { TargetId = $"o-{i:D2}", Title = $"O {i:D2}" }).Sync(
                        Some.Now,
                        "x",
                        "x"
                    )
                ),
            (Some.Entry("p1") with { TargetId = "o-99" }).Need(Some.Now, Some.Problem()),
            (Some.Entry("p2") with { Title = "O 99" }).Need(Some.Now, Some.Problem()),
        ]);
        Assert.Equal(["p1", "p2"], await ListAsync(RecordState.NeedsAction, "o"));
        Assert.Equal([.. Enumerable.Range(0, 60).Select(i => $"o{i:D2}"), "p1", "p2"], await ListAsync(null, "o"));
        Assert.Empty(await ListAsync(RecordState.NeedsAction, "p3"));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("7~")]
    [InlineData("-1~")]
    public async Task A_place_that_no_search_gave_is_refused(string after) =>
        await Assert.ThrowsAsync<FormatException>(() =>
            Query.ListAsync(Some.ConnectionId, ZuperFlows.Organizations, null, "o", after, 10, CancellationToken.None)
        );

    private async Task<List<string>> ListAsync(RecordState? state, string? text = null)
    {
        var ids = new List<string>();
        string? after = null;
        do
        {
            var page = await Query.ListAsync(
                Some.ConnectionId,
                ZuperFlows.Organizations,
                state,
                text,
                after,
                10,
                CancellationToken.None
            );
            ids.AddRange(page.Items.Select(e => e.Key.SourceId));
            after = page.Next;
        } while (after is not null);

        return ids;
    }

    private async Task<IEnumerable<KeyMapEntry>> SaveAsync(params KeyMapEntry[] entries) =>
        (await Store.SaveAsync(entries, CancellationToken.None)).Values;
}
