using System.Buffers.Text;
using System.Globalization;

namespace IntacctSync.Core.Storage;

/// <summary>Refuses what Azure Tables would refuse, so that every implementation takes the same writes.</summary>
/// <remarks>
/// Keys, property names, types and sizes as learn.microsoft.com, "Understanding the Table service data model", gives
/// them.
/// </remarks>
internal static class TableRules
{
    private const int MaxNameCharacters = 255;

    /// <summary>More bytes than the headers of one part of a batch take.</summary>
    private const int SentHeaders = 800;

    /// <summary>Bytes that one property needs beside its value and its name, which is sent twice.</summary>
    private const int SentName = 40;

    /// <summary>A character as <c>\u0022</c>.</summary>
    private const long SentEscape = 6;

    /// <summary>Azure Tables keeps no time before this one.</summary>
    private static readonly DateTimeOffset Earliest = new(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <exception cref="ArgumentException">A limit is passed; the message names what was found and what is
    /// allowed.</exception>
    public static void Check(TableWrite write)
    {
        CheckKey(write.Row.PartitionKey);
        CheckKey(write.Row.RowKey);
        if (write.Kind is TableWriteKind.Replace or TableWriteKind.Delete)
            CheckETag(write);
        if (write.Row.Properties.Count > TableLimits.Properties)
            throw Refusal(
                write,
                $"has {write.Row.Properties.Count} properties; at most {TableLimits.Properties} are allowed"
            );
        foreach (var (name, value) in write.Row.Properties)
        {
            CheckName(write, name);
            CheckValue(write, name, value);
        }

        if (SizeOf(write.Row) is > TableLimits.RowBytes and var bytes)
            throw Refusal(write, $"holds {bytes} bytes; at most {TableLimits.RowBytes} are allowed");
    }

    /// <exception cref="ArgumentException">The writes are no batch: too many, too large, of two partitions, or two of
    /// one row.</exception>
    public static void CheckBatch(IReadOnlyList<TableWrite> writes)
    {
        if (writes.Count > TableLimits.BatchRows)
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"A batch of {writes.Count} rows; at most {TableLimits.BatchRows} are allowed."
                ),
                nameof(writes)
            );
        var bytes = 0L;
        var rows = new HashSet<string>(StringComparer.Ordinal);
        foreach (var write in writes)
        {
            Check(write);
            bytes += SentSizeOf(write.Row);
            if (write.Row.PartitionKey != writes[0].Row.PartitionKey)
            {
                throw Refusal(
                    write,
                    $"is of partition '{write.Row.PartitionKey}'; all of this batch must be of "
                        + $"'{writes[0].Row.PartitionKey}'"
                );
            }

            if (!rows.Add(write.Row.RowKey))
                throw Refusal(write, $"is in the batch twice; a batch may name each row once");
        }

        if (bytes > TableLimits.BatchBytes)
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"A batch of {bytes} bytes; at most {TableLimits.BatchBytes} are allowed."
                ),
                nameof(writes)
            );
    }

    /// <exception cref="ArgumentException">No storage key.</exception>
    public static void CheckKey(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Length > TableLimits.KeyCharacters)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"A key of {key.Length} characters ('{key[..40]}...'); at most {TableLimits.KeyCharacters} "
                        + $"are allowed."
                ),
                nameof(key)
            );
        }

        if (key.AsSpan().ContainsAnyExceptInRange(' ', '~') || key.AsSpan().ContainsAny("/\\#?"))
        {
            throw new ArgumentException(
                $"'{key}' is no storage key: printable ASCII without / \\ # and ? is allowed. Make keys with "
                    + $"{nameof(TableKey)}.",
                nameof(key)
            );
        }
    }

    /// <summary>What Azure Tables counts for a row.</summary>
    public static long SizeOf(TableRow row) =>
        4
        + ((row.PartitionKey.Length + row.RowKey.Length) * 2L)
        + row.Properties.Where(p => p.Value is not null).Sum(p => 8 + (p.Key.Length * 2L) + SizeOf(p.Value!));

    /// <summary>
    /// How many bytes a row takes at most within a batch as it is sent: JSON, in which bytes are Base64 and six bytes
    /// stand for each character that is escaped, and the headers of its part.
    /// </summary>
    public static long SentSizeOf(TableRow row) =>
        SentHeaders
        + ((row.PartitionKey.Length + row.RowKey.Length) * SentEscape)
        + row.Properties.Where(p => p.Value is not null)
            .Sum(p => SentName + (p.Key.Length * 2L) + SentSizeOf(p.Value!));

    private static long SentSizeOf(object value) =>
        value switch
        {
            string text => text.Length
                + (text.Count(c => !char.IsAsciiLetterOrDigit(c) && c != ' ') * (SentEscape - 1)),
            byte[] bytes => Base64.GetMaxEncodedToUtf8Length(bytes.Length),
            _ => SentName,
        };

    private static long SizeOf(object value) =>
        value switch
        {
            string text => (text.Length * 2L) + 4,
            byte[] bytes => bytes.Length + 4L,
            bool => 1,
            int => 4,
            _ => 8,
        };

    private static void CheckETag(TableWrite write)
    {
        if (write.ETag is null or "" or "*")
            throw Refusal(write, $"is to be changed on the ETag '{write.ETag}'; give the ETag that it was read with");
    }

    private static void CheckName(TableWrite write, string name)
    {
        if (
            name.Length is 0 or > MaxNameCharacters
            || !char.IsAsciiLetter(name[0])
            || !name.All(char.IsAsciiLetterOrDigit)
        )
            throw Refusal(
                write,
                $"has a property '{name}'; a name is a letter and up to {MaxNameCharacters - 1} letters and digits"
            );
        if (name is nameof(TableRow.PartitionKey) or nameof(TableRow.RowKey) or "Timestamp")
            throw Refusal(write, $"has a property '{name}'; PartitionKey, RowKey and Timestamp are the store's own");
    }

    private static void CheckValue(TableWrite write, string name, object? value)
    {
        switch (value)
        {
            case null or bool or int or long or double:
                break;
            case string text when text.Length > TableLimits.TextCharacters:
                throw Refusal(
                    write,
                    $"has {text.Length} characters in '{name}'; at most {TableLimits.TextCharacters} are allowed"
                );
            case string text when HasHalfACharacter(text):
                throw Refusal(write, $"has half of a surrogate pair in '{name}'; cut text between whole characters");
            case string:
                break;
            case byte[] { Length: > TableLimits.BlobBytes } bytes:
                throw Refusal(
                    write,
                    $"has {bytes.Length} bytes in '{name}'; at most {TableLimits.BlobBytes} are allowed"
                );
            case byte[]:
                break;
            case DateTimeOffset time when time < Earliest:
                throw Refusal(write, $"has the time {time:O} in '{name}'; the earliest is {Earliest:O}");
            case DateTimeOffset:
                break;
            default:
                throw Refusal(
                    write,
                    $"has a {value.GetType().Name} in '{name}'; allowed are string, bool, int, long, double, "
                        + $"DateTimeOffset and byte[]"
                );
        }
    }

    private static bool HasHalfACharacter(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
            return false;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return true;
            i++;
        }

        return false;
    }

    private static ArgumentException Refusal(TableWrite write, string what) =>
        new($"Row '{write.Row.RowKey}' of partition '{write.Row.PartitionKey}' {what}.", nameof(write));
}
