using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Envelopes;

public sealed class EventIdsTests
{
    private static readonly ConnectionId Connection = Some.ConnectionId;
    private static readonly SyncKey Organization = Some.Key("org-1");
    private static readonly SyncKey Item = new(Connection, ZuperFlows.Products, "I-1");
    private static readonly SyncKey Child = new(Connection, ZuperFlows.Customers, "c1");

    /// <summary>
    /// Worked out by another program: rows and queues of a running installation hold these ids, and would take a known
    /// event for a new one if they changed.
    /// </summary>
    public static TheoryData<string, string> Known() =>
        new()
        {
            { EventIds.Tick(Connection, ZuperFlows.Organizations, Some.Now), "poll:harbor:organizations:1772442000" },
            { EventIds.PollFor("w-1", ZuperFlows.Customers), "w-1-customers" },
            { EventIds.Listed(Organization, Some.Now, ["run-1", "run-2"]), "sweep-ZQVNC99TWWMBEXMKG7520KHB0Q" },
            { EventIds.Listed(Organization, Some.Now, []), "sweep-15JP9WR7AXDR8VYGFKCHF7VA89" },
            { EventIds.ListedFresh(Organization, Some.Now, ["run-1"]), "sweep-0YHY4W3FVK3ANTBHEB2RAXE5N9" },
            { EventIds.Content(Item, "ITEM", ["<a/>", "<b/>"]), "feed-J5X3D12RK1KDZJPB7X5CR8QE8P" },
            { EventIds.Deletion(Organization, "2026-03-02"), "gone-5237KP1HMWM43ZX128J0MM4B32" },
            { EventIds.Bookmark("run-1", "start"), "bf-ES8H4Z73HNK113JXVRPJ4NG98A" },
            { EventIds.Backfilled("run-1", "org-1"), "bf-NHV18DDQHFWTD25SCH7BH58TZP" },
            { EventIds.BackfilledSince("run-1", "org-1"), "bs-NHV18DDQHFWTD25SCH7BH58TZP" },
            { EventIds.ParentWanted(Organization, Some.Now), "parent-HT84BPKZQR2YM0Y6W031BR6H6M" },
            { EventIds.AttachmentWanted(Organization, Some.Now), "parent-8DJF762FTVNVMJ1A6PTEJWRZMX" },
            { EventIds.ParentEnded(Child, "organizations/a", "7"), "freed-FZTPZ6DR9M8BTS0XBTH0NE5F84" },
            { EventIds.ParentEnded(Child, "organizations/a", null), "freed-GT3P3PN1HZEATJDGWMQJJ6A1B2" },
            { EventIds.MadeFromChanged(Connection, "c1", "event-1"), "own-3AF5KZKQKAA5GPY42EX9BB6DRC" },
            { EventIds.Reversed(Connection, "41", "42"), "reversed-AJGJKBC305SJDCH8YWHX2EF5R3" },
            { EventIds.InvoiceLinked(Connection, "41", "7", Some.Now), "linked-53HST4FR7D08TWT4ZT45A5EXPH" },
        };

    [Theory]
    [MemberData(nameof(Known))]
    public void A_known_cause_has_a_known_id(string made, string expected) => Assert.Equal(expected, made);

    [Fact]
    public void What_a_person_asks_for_is_an_event_of_its_own_each_time()
    {
        var ids = new CountingIds();
        Assert.Equal(["person-id-000001", "person-id-000002"], [EventIds.Asked(ids), EventIds.Asked(ids)]);
        Assert.Equal(
            "poll:harbor:organizations:id-000003",
            EventIds.PollAsked(Connection, ZuperFlows.Organizations, ids)
        );
    }

    [Fact]
    public void A_parent_is_wanted_once_a_minute()
    {
        Assert.Equal(
            EventIds.ParentWanted(Organization, Some.Now),
            EventIds.ParentWanted(Organization, Some.Now.AddSeconds(59))
        );
        Assert.NotEqual(
            EventIds.ParentWanted(Organization, Some.Now),
            EventIds.ParentWanted(Organization, Some.Now.AddSeconds(60))
        );
    }

    [Fact]
    public void A_deletion_is_known_by_its_event()
    {
        Assert.True(EventIds.IsDeletion(EventIds.Deletion(Organization, "2026-03-02")));
        Assert.False(EventIds.IsDeletion(EventIds.Listed(Organization, Some.Now, [])));
    }
}
