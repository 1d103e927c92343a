using IntacctSync.Core.Cursors;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Cursors;

public sealed class CursorStoreTests
{
    [Fact]
    public async Task Every_field_is_kept_and_each_feed_has_its_own()
    {
        await using var stand = new StoreStand();
        var store = new CursorStore(stand.Table);
        var cursor = new Cursor
        {
            Position = "{\"a\":1}",
            LastRunAt = Some.Now,
            LastSuccessAt = Some.Now.AddTicks(1),
            WaitingPoll = "poll:1",
            WaitingSince = Some.Now.AddHours(1),
        };
        var changed = await store.ChangeAsync(
            Some.ConnectionId,
            "organizations",
            c => cursor with { ETag = c.ETag },
            CancellationToken.None
        );
        Assert.Equal(changed, await store.GetAsync(Some.ConnectionId, "organizations", CancellationToken.None));
        Assert.Equal(cursor, changed with { ETag = "" });
        Assert.Equal(new Cursor(), await store.GetAsync(Some.ConnectionId, "customers", CancellationToken.None));
    }

    [Fact]
    public async Task A_change_that_meets_another_is_made_again_on_what_that_left()
    {
        await using var stand = new StoreStand();
        var other = new CursorStore(stand.Table);
        await other.ChangeAsync(
            Some.ConnectionId,
            "organizations",
            c => c with { Position = "0" },
            CancellationToken.None
        );
        var met = 0;
        var store = new CursorStore(
            new InterposedTable(
                stand.Table,
                async (_, token) =>
                {
                    if (met++ == 0)
                        await other.ChangeAsync(
                            Some.ConnectionId,
                            "organizations",
                            c => c with { WaitingPoll = "theirs" },
                            token
                        );
                }
            )
        );
        var changed = await store.ChangeAsync(
            Some.ConnectionId,
            "organizations",
            c => c with { Position = c.Position + "1" },
            CancellationToken.None
        );
        Assert.Equal(("01", "theirs", 2), (changed.Position, changed.WaitingPoll, met));
    }
}
