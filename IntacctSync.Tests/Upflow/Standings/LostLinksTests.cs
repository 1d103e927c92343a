using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Flows;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow;
using IntacctSync.Core.Upflow.Standings;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Upflow.Standings;

public sealed class LostLinksTests
{
    private static readonly SyncKey Key = new(ConnectionId.Parse("acme"), UpflowFlows.Invoices, "7");

    [Theory]
    [InlineData(null, false, true)]
    [InlineData("u-1", false, false)]
    [InlineData("u-1", true, true)]
    public void What_was_paid_before_is_looked_for_of_what_is_new_and_of_what_was_linked(
        string? target,
        bool adopted,
        bool looked
    ) =>
        Assert.Equal(
            looked,
            MayHaveEarlier(
                new KeyMapEntry
                {
                    Key = Key,
                    TargetId = target,
                    Adopted = adopted,
                },
                EventIds.Asked(Ids)
            )
        );

    [Fact]
    public void Behind_a_run_of_everything_all_payments_come_and_behind_one_since_a_day_some()
    {
        var row = new KeyMapEntry { Key = Key };
        Assert.False(MayHaveEarlier(row, EventIds.Backfilled("run", "7")));
        Assert.True(MayHaveEarlier(row, EventIds.BackfilledSince("run", "7")));
        Assert.True(MayHaveEarlier(row, EventIds.Backfilled("run", "7"), EventIds.Asked(Ids)));
    }

    private static CountingIds Ids => new();

    private static bool MayHaveEarlier(KeyMapEntry row, params IReadOnlyList<string> events) =>
        LostLinks.MayHaveEarlier(row, new RecordWork(row, events, Some.Now, Bulk: true, WriteBackOnly: false));
}
