using System.Globalization;
using System.IO.Compression;
using System.Text;
using IntacctSync.Core.Storage;

namespace IntacctSync.Core.KeyMap;

/// <summary>
/// An intent's function as it is stored: compressed, and cut into pieces that a property holds. The first pieces are in
/// the entry's row; what is more is in further rows, which are written and removed in one batch with it.
/// </summary>
/// <remarks>
/// The key of a further row has the intent's counter in it, so such a row never changes. If an entry's further rows are
/// not found, the entry was replaced since it was read.
/// </remarks>
internal static class StoredFunction
{
    /// <summary>Of which kind a row key with this beginning is.</summary>
    public const string RowPrefix = "f|";

    private const string Name = "Function";
    private const string RowsName = "FunctionRows";
    private const string CounterName = "FunctionCounter";
    private const int PiecesInEntry = 8;

    /// <summary>So that a row stays under its megabyte in Base64 too: that is how Azurite counts it.</summary>
    private const int PiecesInRow = 11;

    private const int MostRows = 2;

    /// <summary>
    /// How large a function may be, in bytes of its compressed form: so that all of it fits into one batch, also in the
    /// longer form in which Azure Tables is sent bytes.
    /// </summary>
    public const int MostBytes = (PiecesInEntry + (MostRows * PiecesInRow)) * TableLimits.BlobBytes;

    /// <summary>Compressed, in pieces that a property holds.</summary>
    /// <exception cref="IntentTooLargeException">It is too large to be stored.</exception>
    public static IReadOnlyList<byte[]> Pieces(Intent? intent)
    {
        if (intent is null)
            return [];
        var bytes = Compress(intent.Function);
        return bytes.Length <= MostBytes
            ? [.. bytes.Chunk(TableLimits.BlobBytes)]
            : throw new IntentTooLargeException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The function '{intent.FunctionName}' has {bytes.Length} bytes when compressed; at most "
                        + $"{MostBytes} can be kept until its answer is known."
                )
            );
    }

    /// <summary>Puts into the entry's row what belongs there.</summary>
    public static void Put(Dictionary<string, object?> properties, Intent? intent, IReadOnlyList<byte[]> pieces)
    {
        PutPieces(properties, [.. pieces.Take(PiecesInEntry)]);
        if (intent is null || pieces.Count <= PiecesInEntry)
            return;
        properties[RowsName] = pieces.Skip(PiecesInEntry).Chunk(PiecesInRow).Count();
        properties[CounterName] = intent.Counter;
    }

    /// <summary>The further rows.</summary>
    public static IReadOnlyList<TableRow> Rows(TableRow entry, IReadOnlyList<byte[]> pieces)
    {
        var rows = Keys(entry).Zip(pieces.Skip(PiecesInEntry).Chunk(PiecesInRow));
        return [.. rows.Select(row => Row(row.First, row.Second))];

        TableRow Row(string key, byte[][] held)
        {
            var properties = new Dictionary<string, object?>(StringComparer.Ordinal);
            PutPieces(properties, held);
            return new TableRow(entry.PartitionKey, key, properties);
        }
    }

    /// <summary>The keys of the further rows that belong to an entry's row.</summary>
    /// <param name="entry">As it was read, or is to be written.</param>
    public static IReadOnlyList<string> Keys(TableRow entry)
    {
        var rows = entry.Integer(RowsName) ?? 0;
        var source = entry.RowKey[(entry.RowKey.IndexOf('|', StringComparison.Ordinal) + 1)..];
        return
        [
            .. Enumerable
                .Range(1, (int)rows)
                .Select(i =>
                    string.Create(CultureInfo.InvariantCulture, $"{RowPrefix}{source}|{entry.Integer(CounterName)}|{i}")
                ),
        ];
    }

    /// <param name="entry">The entry's row.</param>
    /// <param name="further">Its further rows, in the order of <see cref="Keys"/>.</param>
    /// <returns>The function; null where none is stored.</returns>
    public static string? Read(TableRow entry, IReadOnlyList<TableRow> further)
    {
        var pieces = further.Prepend(entry).SelectMany(PiecesOf).ToList();
        return pieces.Count == 0 ? null : Expand(pieces);
    }

    private static void PutPieces(Dictionary<string, object?> properties, IReadOnlyList<byte[]> pieces)
    {
        for (var i = 0; i < pieces.Count; i++)
            properties[Numbered(Name, i)] = pieces[i];
    }

    private static IEnumerable<byte[]> PiecesOf(TableRow row)
    {
        for (var i = 0; row.Bytes(Numbered(Name, i)) is { } piece; i++)
            yield return piece;
    }

    /// <summary>
    /// The first has the name without a number, as in rows that were stored before there were several.
    /// </summary>
    public static string Numbered(string name, int index) =>
        index == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}{index + 1}");

    private static byte[] Compress(string text)
    {
        using var buffer = new MemoryStream();
        using (var brotli = new BrotliStream(buffer, CompressionLevel.Fastest))
            brotli.Write(Encoding.UTF8.GetBytes(text));
        return buffer.ToArray();
    }

    private static string Expand(List<byte[]> pieces)
    {
        using var buffer = new MemoryStream(pieces.Count == 1 ? pieces[0] : [.. pieces.SelectMany(piece => piece)]);
        using var brotli = new BrotliStream(buffer, CompressionMode.Decompress);
        using var reader = new StreamReader(brotli, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}

/// <summary>A write is too large for its intent to be stored, so it must not be sent.</summary>
/// <param name="message">What was to be sent, its size and the most that can be stored.</param>
public sealed class IntentTooLargeException(string message) : Exception(message);
