using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.KeyMap;

public sealed class KeyMapStoreTests : IAsyncLifetime
{
    private readonly StoreStand _stand = new();

    private KeyMapStore Store => new(_stand.Table);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _stand.DisposeAsync();

    [Theory]
    [InlineData("created", "51 (control id is-1)", "51")]
    [InlineData("created", "51", "51")]
    [InlineData("created", "512", null)]
    [InlineData("adopted", "51: its id stood in Zuper.", null)]
    public async Task Who_made_the_counterpart_of_a_row_of_a_former_program_is_told_by_its_story(
        string what,
        string detail,
        string? made
    )
    {
        var entry = (Some.Entry() with { TargetId = "51", Hash = "hash" }).Sync(Some.Now, what, detail);
        await Store.SaveAsync([entry], CancellationToken.None);
        Assert.Null((await Store.GetAsync(entry.Key, CancellationToken.None))!.Made);
        Assert.Equal(made, (await FormerAsync(entry)).Made);
        await Store.SaveAsync([await FormerAsync(entry) with { Adopted = true }], CancellationToken.None);
        Assert.Null((await FormerAsync(entry)).Made);
    }

    /// <summary>The entry as a program stored it that did not keep who made its counterpart.</summary>
    private async Task<KeyMapEntry> FormerAsync(KeyMapEntry entry)
    {
        var row = await _stand.Table.GetAsync(
            KeyMapRow.Partition(entry.Key.Connection, entry.Key.Flow),
            KeyMapRow.EntryKey(entry.Key.SourceId),
            CancellationToken.None
        );
        var properties = row!.Properties.ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal);
        var json = System.Text.Json.Nodes.JsonNode.Parse((string)properties["Entry"]!)!.AsObject();
        json.Remove("made");
        properties["Entry"] = json.ToJsonString();
        return KeyMapRow.Read(entry.Key.Connection, entry.Key.Flow, row with { Properties = properties }, []);
    }

    [Fact]
    public async Task Every_field_of_an_entry_is_kept()
    {
        var entry = Some.Entry() with
        {
            State = RecordState.NeedsAction,
            TargetId = "C-1",
            NaturalKey = "Harbor (Z-1)",
            Title = "Häfen \U0001F6E0 & <Söhne>",
            Hash = "hash",
            Fingerprints = "NAME=0A1B2C",
            Version = Some.Now.AddTicks(1),
            WriteBack = WriteBack.Due,
            WrittenBack = 2,
            WrittenBackAt = [Some.Now, Some.Now.AddHours(1)],
            Adopted = true,
            Made = "C-1",
            AttachedTo = "C-9",
            Unanswered = 3,
            UnansweredSince = Some.Now.AddHours(-3),
            Revision = 2,
            Parts = """{"a":1}""",
            Waits = ["5150", "INV-1"],
            Intents = 7,
            Problem = Some.Problem(),
            WaitsFor = "organizations/org-9",
            Ignored = true,
            Requested = true,
            MissingSince = Some.Now,
            MissedAt = Some.Now.AddMinutes(5),
            TargetMissingSince = Some.Now.AddHours(1),
            TargetMissedAt = Some.Now.AddHours(2),
            PendingSince = Some.Now,
            Facts = new RecordFacts(64.99m, "USD", new DateOnly(2026, 2, 3), "C-1", "organizations/org-9"),
            EventIds = ["e1", "e2"],
            Timeline = [new TimelineEntry(Some.Now, "created", "C-1 \"quoted\" \\")],
            Intent = new Intent(
                new ControlId("is-1"),
                7,
                Intent.Create,
                "create",
                "<create>ä</create>",
                "hash",
                "Harbor (Z-1)",
                Some.Now,
                2
            )
            {
                Fingerprints = "NAME=3D4E5F",
            },
        };
        entry = entry with { LastRequest = LastRequest.Of(entry.Intent!, "It was refused: \"ä\".", Some.Now) };
        await SaveAsync(entry);
        var read = await GetAsync("org-1");
        Assert.Equal("<create>ä</create>", read.LastRequest!.Text);
        Assert.Equal(entry.LastRequest, read.LastRequest with { Packed = entry.LastRequest.Packed });
        Assert.Equal(entry.EventIds, read.EventIds);
        Assert.Equal(entry.Timeline, read.Timeline);
        Assert.Equal(entry.Waits, read.Waits);
        Assert.Equal(entry.WrittenBackAt, read.WrittenBackAt);
        Assert.Equal(
            entry,
            read with
            {
                WrittenBackAt = entry.WrittenBackAt,
                EventIds = entry.EventIds,
                Timeline = entry.Timeline,
                Waits = entry.Waits,
                LastRequest = entry.LastRequest,
                Stored = null,
            }
        );
        Assert.All(
            typeof(KeyMapEntry).GetProperties().Where(p => p.Name != nameof(KeyMapEntry.Stored)),
            p => Assert.NotEqual(p.GetValue(Some.Entry("other")), p.GetValue(read))
        );
    }

    [Fact]
    public async Task An_entry_that_somebody_else_changed_is_left_out_and_the_others_are_saved()
    {
        var stale = await SaveAsync(Some.Entry("b"));
        await SaveAsync(stale with { Hash = "theirs" });
        var saved = await Store.SaveAsync(
            [Some.Entry("a"), stale with { Hash = "ours" }, Some.Entry("c")],
            CancellationToken.None
        );
        Assert.Equal(["a", "c"], saved.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("theirs", (await GetAsync("b")).Hash);
        Assert.Empty(await Store.SaveAsync([stale], CancellationToken.None));
    }

    [Fact]
    public async Task All_records_of_exactly_a_title_are_found()
    {
        foreach (var i in Enumerable.Range(0, 25))
            await SaveAsync(Some.Entry($"same-{i:D2}") with { Title = " Inv-1 " });
        await SaveAsync(Some.Entry("longer") with { Title = "INV-10" });
        var found = await Store.FindByTitleAsync(
            Some.ConnectionId,
            ZuperFlows.Organizations,
            "inv-1",
            CancellationToken.None
        );
        Assert.Equal(Enumerable.Range(0, 25).Select(i => $"same-{i:D2}"), found);
    }

    [Fact]
    public async Task Records_of_many_titles_are_found_by_each()
    {
        foreach (var i in Enumerable.Range(0, 40))
            await SaveAsync(Some.Entry($"s-{i:D2}") with { Title = $"Inv-{i / 2}" });
        var titles = Enumerable.Range(0, 21).Select(i => $"INV-{i}").ToList();
        var found = await Store.FindByTitlesAsync(
            Some.ConnectionId,
            ZuperFlows.Organizations,
            [.. titles, titles[0]],
            CancellationToken.None
        );
        Assert.Equal(titles, found.Keys);
        Assert.Equal(["s-38", "s-39"], found["INV-19"]);
        Assert.Empty(found["INV-20"]);
    }

    [Fact]
    public async Task What_waits_for_something_is_found_by_it_until_it_waits_no_more()
    {
        var entry = await SaveAsync(Some.Entry("a") with { Waits = ["5150", "Inv-1"] });
        await SaveAsync(Some.Entry("b") with { Waits = ["inv-10"] });
        Assert.Equal(["a"], await WaitingAsync("5150"));
        Assert.Equal(["a"], await WaitingAsync(" INV-1"));
        await SaveAsync(entry with { Waits = ["INV-1"] });
        Assert.Empty(await WaitingAsync("5150"));
        Assert.Equal(["a"], await WaitingAsync("INV-1"));
    }

    [Fact]
    public async Task More_may_be_waited_for_than_a_batch_holds()
    {
        var entry = await SaveAsync(
            Some.Entry("a") with
            {
                Waits = [.. Enumerable.Range(0, 250).Select(i => $"n{i}")],
            }
        );
        Assert.Equal(["a"], await WaitingAsync("n249"));
        await SaveAsync(entry with { Waits = ["n249"] });
        Assert.Empty(await WaitingAsync("n0"));
        Assert.Empty(await WaitingAsync("n248"));
        Assert.Equal(["a"], await WaitingAsync("n249"));
    }

    [Fact]
    public async Task Two_records_cannot_be_linked_to_one_counterpart()
    {
        await SaveAsync(Some.Entry("a") with { TargetId = "C-1" });
        Assert.Empty(await Store.SaveAsync([Some.Entry("b") with { TargetId = "c-1" }], CancellationToken.None));
        var together = await Store.SaveAsync(
            [Some.Entry("d") with { TargetId = "C-2" }, Some.Entry("e") with { TargetId = "c-2" }],
            CancellationToken.None
        );
        Assert.Equal(["d"], together.Keys);
        Assert.Equal(
            "a",
            await Store.FindByTargetAsync(Some.ConnectionId, ZuperFlows.Organizations, "c-1", CancellationToken.None)
        );
    }

    [Fact]
    public async Task A_counterpart_that_one_record_gives_up_is_free_for_another_in_the_same_save()
    {
        var first = await SaveAsync(Some.Entry("a") with { TargetId = "C-1" });
        var saved = await Store.SaveAsync(
            [first with { TargetId = null }, Some.Entry("b") with { TargetId = "C-1" }],
            CancellationToken.None
        );
        Assert.Equal(2, saved.Count);
        Assert.Equal(
            "b",
            await Store.FindByTargetAsync(Some.ConnectionId, ZuperFlows.Organizations, "C-1", CancellationToken.None)
        );
    }

    [Fact]
    public async Task A_title_or_a_target_may_change_its_case_only()
    {
        var entry = await SaveAsync(Some.Entry() with { TargetId = "c-1", Title = "harbor" });
        entry = await SaveAsync(entry with { TargetId = "C-1", Title = "Harbor " });
        Assert.Equal(("C-1", "Harbor "), (entry.TargetId, entry.Title));
        Assert.Equal(
            "org-1",
            (
                await Store.FindByTargetsAsync(
                    Some.ConnectionId,
                    ZuperFlows.Organizations,
                    ["c-1", "C-1", "C-9"],
                    CancellationToken.None
                )
            )["C-1"]
        );
    }

    [Fact]
    public async Task A_story_of_long_texts_is_stored_all_the_same()
    {
        var entry = Some.Entry();
        for (var i = 0; i < 25; i++)
            entry = entry.Note(Some.Now, $"w{i}", string.Concat(Enumerable.Repeat("\"界\U0001F6E0", 5000)));
        var long80 = new string('ä', 80_000);
        entry = entry
            .Need(Some.Now, new Problem("some-cause", long80, long80))
            .Handled(Enumerable.Range(0, 20).Select(i => $"wid-{new string('x', 60)}{i}"));
        await SaveAsync(entry);
        var read = await GetAsync("org-1");
        Assert.Equal(KeyMapEntry.KeptEventIds, read.EventIds.Count);
        Assert.InRange(read.Timeline.Count, 5, KeyMapEntry.KeptTimeline - 1);
        Assert.Equal("needsAction", read.Timeline[^1].What);
    }

    [Fact]
    public async Task A_thousand_entries_are_saved_and_read_at_once()
    {
        var entries = Enumerable
            .Range(0, 1000)
            .Select(i => Some.Entry($"o{i}") with { TargetId = $"C{i}", Title = $"T{i}" })
            .ToList();
        Assert.Equal(1000, (await Store.SaveAsync(entries, CancellationToken.None)).Count);
        var read = await Store.GetManyAsync(
            Some.ConnectionId,
            ZuperFlows.Organizations,
            [.. entries.Select(e => e.Key.SourceId), "none"],
            CancellationToken.None
        );
        Assert.Equal((1001, 1000), (read.Count, read.Values.Count(e => e.Stored is not null)));
    }

    private async Task<KeyMapEntry> SaveAsync(KeyMapEntry entry) =>
        (await Store.SaveAsync([entry], CancellationToken.None))[entry.Key.SourceId];

    private async Task<KeyMapEntry> GetAsync(string sourceId) =>
        (await Store.GetAsync(Some.Key(sourceId), CancellationToken.None))!;

    private Task<IReadOnlyList<string>> WaitingAsync(string name) =>
        Store.FindWaitingAsync(Some.ConnectionId, ZuperFlows.Organizations, name, CancellationToken.None);
}
