using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow;
using IntacctSync.Core.Upflow.Records;
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

    /// <summary>A snapshot of an earlier version has no payers, whoever paid the invoice.</summary>
    [Fact]
    public void Only_a_snapshot_that_says_that_the_payers_were_read_along_tells_that_there_are_none()
    {
        var row = new IntacctRecord(UpflowIds.Invoice, [new IntacctField("RECORDNO", "7")]);
        var paid = new IntacctRecord(PaymentApplication.Object, [new IntacctField(LostLinks.MakerField, "41")]);
        Assert.Null(Told(RowSnapshot.Write(row, [])));
        Assert.Null(Told(RowSnapshot.Write(row, [], ["ARINVOICEITEM"])));
        Assert.Empty(Told(RowSnapshot.Write(row, [], [PaymentApplication.Object]))!);
        Assert.Equal(["41"], Told(RowSnapshot.Write(row, [paid], [PaymentApplication.Object])));
    }

    private static IReadOnlyList<string>? Told(string snapshot)
    {
        var entry = new KeyMapEntry { Key = Key };
        return LostLinks
            .MakersReadAlong(
                [
                    new RecordWork(
                        entry,
                        [EventIds.BackfilledSince("run", "7")],
                        Some.Now,
                        Bulk: true,
                        WriteBackOnly: false,
                        Snapshot: snapshot
                    ),
                ],
                UpflowFlows.Invoices,
                ["7"]
            )
            .GetValueOrDefault("7");
    }

    private static CountingIds Ids => new();

    private static bool MayHaveEarlier(KeyMapEntry row, params IReadOnlyList<string> events) =>
        LostLinks.MayHaveEarlier(row, new RecordWork(row, events, Some.Now, Bulk: true, WriteBackOnly: false));
}
