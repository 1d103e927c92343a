using System.IO.Compression;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Storage;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Contracts;

/// <summary>What the key map keeps of large writes, whatever table it stands on.</summary>
public abstract class LargeIntentContract : IAsyncLifetime
{
    /// <summary>
    /// Sizes of a compressed function: within one property, several, further rows, all that there may be.
    /// </summary>
    public static TheoryData<int> Sizes => [1_000, 70_000, 500_000, 700_000, 1_400_000, 1_900_000];

    private ITable Table { get; set; } = null!;

    private KeyMapStore Store => new(Table);

    public async Task InitializeAsync() => Table = await OpenAsync();

    public virtual Task DisposeAsync() => Task.CompletedTask;

    /// <summary>An empty table.</summary>
    protected abstract Task<ITable> OpenAsync();

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task A_function_of_any_size_is_kept_beside_others_and_leaves_nothing_behind(int size)
    {
        var large = Some.Entry("large").Open(Large(1, size));
        var saved = await SaveAsync(Some.Entry("a"), large, Some.Entry("b"));
        Assert.Equal(3, saved.Count);
        Assert.Equal(large.Intent, (await GetAsync("large")).Intent);

        // Stored again with the same intent, as before a second sending.
        var again = (await GetAsync("large")) with
        {
            Intent = large.Intent! with { Sent = 1 },
        };
        again = (await SaveAsync(again))["large"];
        Assert.Equal(again.Intent, (await GetAsync("large")).Intent);

        await SaveAsync(again.Close(Some.Now, "Done."));
        Assert.Null((await GetAsync("large")).Intent);
        var rows = await Table.QueryAsync(
            new TableRange(KeyMapRow.Partition(Some.ConnectionId, ZuperFlows.Organizations)),
            null,
            100,
            CancellationToken.None
        );
        Assert.DoesNotContain(
            rows.Rows,
            row => row.RowKey.StartsWith(StoredFunction.RowPrefix, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Large_functions_of_several_records_are_kept_at_once_and_read_by_every_way()
    {
        KeyMapEntry[] entries =
        [
            .. Enumerable.Range(0, 5).Select(i => Some.Entry($"o{i}").Open(Large(1, 900_000 + i))),
        ];
        Assert.Equal(5, (await SaveAsync(entries)).Count);
        var intents = entries.Select(e => e.Intent);
        var many = await Store.GetManyAsync(
            Some.ConnectionId,
            ZuperFlows.Organizations,
            [.. entries.Select(e => e.Key.SourceId)],
            CancellationToken.None
        );
        Assert.Equal(intents, entries.Select(e => many[e.Key.SourceId].Intent));
        var listed = new List<KeyMapEntry>();
        string? after = null;
        do
        {
            var page = await new RecordQuery(Table, Store).ListAsync(
                Some.ConnectionId,
                ZuperFlows.Organizations,
                null,
                null,
                after,
                2,
                CancellationToken.None
            );
            listed.AddRange(page.Items);
            after = page.Next;
        } while (after is not null);
        Assert.Equal(intents, listed.Select(e => e.Intent));
    }

    [Fact]
    public async Task The_next_intent_takes_the_place_of_a_large_one()
    {
        var first = (await SaveAsync(Some.Entry("a").Open(Large(1, 900_000))))["a"];
        var second = (await SaveAsync(first.Close(Some.Now, "Done.").Open(Large(2, 800_000))))["a"];
        Assert.Equal(second.Intent, (await GetAsync("a")).Intent);
        Assert.Empty(await SaveAsync(first.Close(Some.Now, "Done.")));
        Assert.Equal(second.Intent, (await GetAsync("a")).Intent);
    }

    [Fact]
    public async Task Many_fingerprints_are_stored_with_the_story_and_too_many_are_refused()
    {
        var many = new string('x', 70_000);
        var entry = Some.Entry("a") with { Fingerprints = many };
        for (var i = 0; i < 10; i++)
            entry = entry.Note(Some.Now, "updated", $"{i}");
        entry = entry.Open(Large(1, 900_000) with { Fingerprints = many });
        KeyMapStore.CheckSize(entry);
        await SaveAsync(entry);
        var read = (await GetAsync("a"))!;
        Assert.Equal((many, many, 10), (read.Fingerprints, read.Intent!.Fingerprints, read.Timeline.Count));

        entry = entry with { Fingerprints = many + many };
        var refused = Assert.Throws<IntentTooLargeException>(() => KeyMapStore.CheckSize(entry));
        Assert.Contains("150000", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_that_is_too_large_is_refused_with_both_sizes()
    {
        var entry = Some.Entry("a").Open(Large(1, 3_000_000));
        var refused = Assert.Throws<IntentTooLargeException>(() => KeyMapStore.CheckSize(entry));
        Assert.Contains("1966080", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<IntentTooLargeException>(() => SaveAsync(entry));
        KeyMapStore.CheckSize(Some.Entry("a").Open(Large(1, 1_900_000)));
    }

    [Fact]
    public async Task An_entry_whose_text_is_long_is_kept_whole()
    {
        var parts = "x" + string.Concat(Enumerable.Repeat("\"\U0001F6E0", 20_000));
        await SaveAsync(Some.Entry("a"), Some.Entry("b") with { Parts = parts });
        Assert.Equal(parts, (await GetAsync("b")).Parts);
    }

    [Fact]
    public async Task A_row_that_was_written_when_there_was_one_property_for_each_is_read_and_written_on()
    {
        // As it was laid out before anything was divided: one property for the entry, one for the function.
        using var compressed = new MemoryStream();
        await using (var brotli = new BrotliStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            await brotli.WriteAsync("<create>ä</create>"u8.ToArray());
        var row = new TableRow(
            Partition,
            "r|old",
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["State"] = "InDoubt",
                ["PendingSince"] = Some.Now,
                ["Entry"] = """
                {"sourceId":"old","state":3,"targetId":null,"naturalKey":"Harbor (Z-1)","intents":4,
                "intent":{"controlId":"is-old","counter":4,"operation":"create","functionName":"create",
                "hash":"hash","naturalKey":"Harbor (Z-1)","at":"2026-03-02T09:00:00+00:00"}}
                """,
                ["Function"] = compressed.ToArray(),
            }
        );
        await Table.WriteAsync(TableWrite.Insert(row), CancellationToken.None);

        var read = await GetAsync("old");
        Assert.Equal(RecordState.InDoubt, read.State);
        var expected = new Intent(
            new ControlId("is-old"),
            4,
            Intent.Create,
            "create",
            "<create>ä</create>",
            "hash",
            "Harbor (Z-1)",
            Some.Now
        );
        Assert.Equal(expected, read.Intent);
        var next = (await SaveAsync(read.Close(Some.Now, "Done.").Open(Large(5, 900_000))))["old"];
        Assert.Equal(next.Intent, (await GetAsync("old")).Intent);
    }

    [Fact]
    public async Task A_small_function_is_one_property_of_one_row()
    {
        await SaveAsync(Some.Entry("a").Open(Large(1, 1_000)));
        var row = (await Table.GetAsync(Partition, KeyMapRow.EntryKey("a"), CancellationToken.None))!;
        Assert.Equal(["Entry", "Function", "PendingSince", "State"], row.Properties.Keys.Order(StringComparer.Ordinal));
    }

    private static string Partition => KeyMapRow.Partition(Some.ConnectionId, ZuperFlows.Organizations);

    /// <summary>A function that takes about so many bytes when it is compressed.</summary>
    private static Intent Large(long counter, int size) =>
        new(
            new ControlId($"is-{counter}"),
            counter,
            Intent.Create,
            "create",
            $"<create>{Some.Noise(size * 4 / 3, (int)counter)}</create>",
            "hash",
            "key",
            Some.Now
        );

    private Task<IReadOnlyDictionary<string, KeyMapEntry>> SaveAsync(params KeyMapEntry[] entries) =>
        Store.SaveAsync(entries, CancellationToken.None);

    private async Task<KeyMapEntry> GetAsync(string sourceId) =>
        (await Store.GetAsync(Some.Key(sourceId), CancellationToken.None))!;
}
