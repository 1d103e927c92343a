namespace IntacctSync.Core.Storage;

/// <summary>A row as it was read or is to be written.</summary>
/// <param name="PartitionKey">Made by <see cref="TableKey"/>.</param>
/// <param name="RowKey">Made by <see cref="TableKey"/>.</param>
/// <param name="Properties"> Values of the types string, bool, int, long, double, DateTimeOffset (UTC, to 100 ns) and
/// byte[]; null values are not stored. Names are letters and digits. A string holds up to 32 Ki characters, a byte[] 64
/// KiB, a row 1 MiB in all.
/// </param>
/// <param name="ETag">Of the row as read; empty on a row that was not read.</param>
public sealed record TableRow(
    string PartitionKey,
    string RowKey,
    IReadOnlyDictionary<string, object?> Properties,
    string ETag = ""
)
{
    public string? Text(string name) => Properties.GetValueOrDefault(name) as string;

    public long? Integer(string name) =>
        Properties.GetValueOrDefault(name) switch
        {
            long value => value,
            int value => value,
            _ => null,
        };

    public bool? Flag(string name) => Properties.GetValueOrDefault(name) as bool?;

    public DateTimeOffset? Time(string name) => Properties.GetValueOrDefault(name) as DateTimeOffset?;

    public byte[]? Bytes(string name) => Properties.GetValueOrDefault(name) as byte[];
}
