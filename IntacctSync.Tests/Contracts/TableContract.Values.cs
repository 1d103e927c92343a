using IntacctSync.Core.Storage;

namespace IntacctSync.Tests.Contracts;

public abstract partial class TableContract
{
    public static TheoryData<object> Values =>
        [
            "",
            " ",
            "plain",
            "Ünïcödé 日本 😀",
            "line\r\nbreak\ttab",
            "<&>\"'",
            new string('x', TableLimits.TextCharacters),
            "2026-03-02T09:00:00Z",
            "12",
            "true",
            true,
            false,
            0,
            1,
            -1,
            int.MinValue,
            int.MaxValue,
            0L,
            1L,
            -1L,
            (long)int.MaxValue,
            long.MinValue,
            long.MaxValue,
            0.0,
            1.0,
            0.1,
            -2.5e-300,
            double.MinValue,
            double.MaxValue,
            double.Epsilon,
            new DateTimeOffset(1601, 1, 1, 0, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero).AddTicks(1),
            DateTimeOffset.MaxValue,
            Array.Empty<byte>(),
            new byte[] { 0 },
            new byte[] { 0, 255, 1, 254 },
            Enumerable.Range(0, TableLimits.BlobBytes).Select(i => (byte)(i % 256)).ToArray(),
        ];

    [Theory]
    [MemberData(nameof(Values), DisableDiscoveryEnumeration = true)]
    public async Task A_value_comes_back_as_it_was_with_its_type(object value)
    {
        await Table.WriteAsync(TableWrite.Insert(RowWith("a", ("Value", value))), CancellationToken.None);
        var read = (await GetAsync("a"))!.Properties["Value"];
        Assert.Equal(value.GetType(), read!.GetType());
        Assert.Equal(value, read);
    }

    [Fact]
    public async Task A_time_of_another_offset_comes_back_in_UTC()
    {
        var time = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(-6)).AddTicks(1234567);
        await Table.WriteAsync(TableWrite.Insert(RowWith("a", ("Time", time))), CancellationToken.None);
        var read = (await GetAsync("a"))!.Time("Time")!.Value;
        Assert.Equal((time.UtcTicks, TimeSpan.Zero), (read.UtcTicks, read.Offset));
    }

    [Fact]
    public async Task Values_that_are_null_are_not_stored()
    {
        await Table.WriteAsync(
            TableWrite.Insert(RowWith("a", ("Nothing", null), ("Something", 1))),
            CancellationToken.None
        );
        Assert.Equal(["Something"], (await GetAsync("a"))!.Properties.Keys);
    }

    [Fact]
    public async Task A_row_may_have_no_properties()
    {
        await Table.WriteAsync(TableWrite.Insert(RowWith("a")), CancellationToken.None);
        Assert.Empty((await GetAsync("a"))!.Properties);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("a/b\\c#d?e%f'g+h|i~j k")]
    [InlineData("Ünïcödé 日本 😀\u0001\u007f")]
    [InlineData("\ud800 alone")]
    [InlineData("<&>\"")]
    public async Task A_key_made_of_any_text_finds_its_row(string text)
    {
        var key = TableKey.Join("org", text, new string('x', 300));
        var row = new TableRow(
            TableKey.Join(text),
            key,
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["Text"] = "found" }
        );
        var etag = await Table.WriteAsync(TableWrite.Insert(row), CancellationToken.None);
        Assert.Equal("found", (await Table.GetAsync(TableKey.Join(text), key, CancellationToken.None))!.Text("Text"));
        Assert.Equal([key], await KeysAsync(TableRange.Prefix(TableKey.Join(text), TableKey.Join("org", text))));
        Assert.Equal([key], (await Table.GetManyAsync(TableKey.Join(text), [key], CancellationToken.None)).Keys);
        await Table.WriteAsync(TableWrite.Replace(row, etag), CancellationToken.None);
    }

    [Theory]
    [InlineData("slash/")]
    [InlineData("back\\slash")]
    [InlineData("number#")]
    [InlineData("question?")]
    [InlineData("tab\t")]
    [InlineData("é")]
    public async Task A_key_that_was_not_made_by_TableKey_is_refused(string key)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => InsertAsync(key));
        await Assert.ThrowsAsync<ArgumentException>(() => GetAsync(key));
        await Assert.ThrowsAsync<ArgumentException>(() => Table.GetManyAsync(Partition, [key], CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentException>(() => Table.GetAsync(key, "a", CancellationToken.None));
    }

    public static TheoryData<string, object?, string, string> TooMuch =>
        new()
        {
            { "Text", new string('x', TableLimits.TextCharacters + 1), "32769", "32768" },
            { "Blob", new byte[TableLimits.BlobBytes + 1], "65537", "65536" },
            { "Time", new DateTimeOffset(1600, 12, 31, 0, 0, 0, TimeSpan.Zero), "1600", "1601" },
            { "Decimal", 1.5m, "Decimal", "allowed" },
            { "Half", "half \ud83d", "surrogate", "Half" },
            { "two words", "x", "two words", "letters and digits" },
            { "1st", "x", "1st", "a letter" },
            { "RowKey", "x", "RowKey", "the store's own" },
            { new string('n', 256), "x", "nnn", "letters and digits" },
        };

    [Theory]
    [MemberData(nameof(TooMuch), DisableDiscoveryEnumeration = true)]
    public async Task A_value_or_name_beyond_the_limits_is_refused_with_what_was_found_and_what_is_allowed(
        string name,
        object? value,
        string found,
        string allowed
    )
    {
        var refused = await Assert.ThrowsAsync<ArgumentException>(() =>
            Table.WriteAsync(TableWrite.Upsert(RowWith("a", (name, value))), CancellationToken.None)
        );
        Assert.Contains(found, refused.Message, StringComparison.Ordinal);
        Assert.Contains(allowed, refused.Message, StringComparison.Ordinal);
        Assert.Null(await GetAsync("a"));
    }

    [Fact]
    public async Task A_row_of_more_than_1_MiB_is_refused_and_one_just_below_is_taken()
    {
        (string, object?)[] blobs =
        [
            .. Enumerable.Range(0, 15).Select(i => ($"Blob{i}", (object?)new byte[TableLimits.BlobBytes])),
        ];
        await Table.WriteAsync(TableWrite.Insert(RowWith("a", blobs)), CancellationToken.None);
        var refused = await Assert.ThrowsAsync<ArgumentException>(() =>
            Table.WriteAsync(
                TableWrite.Insert(RowWith("b", [.. blobs, ("Blob15", new byte[TableLimits.BlobBytes])])),
                CancellationToken.None
            )
        );
        Assert.Contains("1048576", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_may_have_512_characters_and_no_more()
    {
        await InsertAsync(new string('k', TableLimits.KeyCharacters));
        var refused = await Assert.ThrowsAsync<ArgumentException>(() =>
            InsertAsync(new string('k', TableLimits.KeyCharacters + 1))
        );
        Assert.Contains("513", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_has_252_properties_and_no_more()
    {
        (string, object?)[] properties = [.. Enumerable.Range(0, 252).Select(i => ($"P{i}", (object?)i))];
        await Table.WriteAsync(TableWrite.Insert(RowWith("a", properties)), CancellationToken.None);
        Assert.Equal(252, (await GetAsync("a"))!.Properties.Count);
        await Assert.ThrowsAsync<ArgumentException>(() =>
            Table.WriteAsync(TableWrite.Insert(RowWith("b", [.. properties, ("More", 1)])), CancellationToken.None)
        );
    }
}
