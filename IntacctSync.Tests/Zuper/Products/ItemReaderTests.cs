using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Flows;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Products;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Zuper.Products;

public sealed class ItemReaderTests
{
    private static readonly SyncKey Key = new(Some.ConnectionId, ZuperFlows.Products, "FLT-16");
    private static readonly string Gone = EventIds.Deletion(Key, "03/02/2026 09:00:00");

    [Theory]
    [InlineData(RecordState.Pending, true)]
    [InlineData(RecordState.InDoubt, true)]
    [InlineData(RecordState.Synced, false)]
    public void A_deletion_that_was_told_counts_until_it_is_carried_over(RecordState state, bool counts)
    {
        var row = new KeyMapEntry
        {
            Key = Key,
            State = state,
            EventIds = ["e1", Gone],
        };
        Assert.Equal(counts, Work(row, "e2").IsLastSaidDeleted);
        Assert.True(Work(row, "e2", Gone).IsLastSaidDeleted);

        // What was told before something newer was carried over is old.
        Assert.False(Work(row with { EventIds = [Gone, "e1"] }, "e2").IsLastSaidDeleted);
    }

    private static RecordWork Work(KeyMapEntry row, params IReadOnlyList<string> events) =>
        new(row, events, Some.Now, Bulk: true, WriteBackOnly: false);
}
