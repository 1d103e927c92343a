using System.Text;

namespace IntacctSync.Core.Storage.Sqlite;

/// <summary>
/// The properties of a row as bytes: a format number, then for each its name, the letter of its type, and its value.
/// </summary>
internal static class RowCodec
{
    private const byte Format = 1;

    public static byte[] Write(IReadOnlyDictionary<string, object?> properties)
    {
        using var bytes = new MemoryStream();
        var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(Format);
        foreach (var (name, value) in properties)
        {
            if (value is null)
                continue;
            writer.Write(name);
            WriteValue(writer, value);
        }

        writer.Flush();
        return bytes.ToArray();
    }

    /// <exception cref="InvalidDataException">These bytes were not written here.</exception>
    public static Dictionary<string, object?> Read(byte[] body)
    {
        using var bytes = new MemoryStream(body, writable: false);
        using var reader = new BinaryReader(bytes, Encoding.UTF8);
        if (body.Length == 0 || reader.ReadByte() != Format)
            throw new InvalidDataException(
                "A row of another format: the file was written by a newer program. Run that, or restore a backup."
            );
        var properties = new Dictionary<string, object?>(StringComparer.Ordinal);
        while (bytes.Position < bytes.Length)
            properties.Add(reader.ReadString(), ReadValue(reader));
        return properties;
    }

    private static void WriteValue(BinaryWriter writer, object value)
    {
        switch (value)
        {
            case string text:
                writer.Write((byte)'s');
                writer.Write(text);
                break;
            case bool flag:
                writer.Write((byte)(flag ? 't' : 'f'));
                break;
            case int number:
                writer.Write((byte)'i');
                writer.Write7BitEncodedInt(number);
                break;
            case long number:
                writer.Write((byte)'l');
                writer.Write7BitEncodedInt64(number);
                break;
            case double number:
                writer.Write((byte)'d');
                writer.Write(number);
                break;
            case DateTimeOffset time:
                writer.Write((byte)'z');
                writer.Write(time.UtcTicks);
                break;
            case byte[] blob:
                writer.Write((byte)'b');
                writer.Write7BitEncodedInt(blob.Length);
                writer.Write(blob);
                break;
            default:
                throw new ArgumentException($"A {value.GetType().Name} can't be stored.", nameof(value));
        }
    }

    private static object ReadValue(BinaryReader reader) =>
        reader.ReadByte() switch
        {
            (byte)'s' => reader.ReadString(),
            (byte)'t' => true,
            (byte)'f' => false,
            (byte)'i' => reader.Read7BitEncodedInt(),
            (byte)'l' => reader.Read7BitEncodedInt64(),
            (byte)'d' => reader.ReadDouble(),
            (byte)'z' => new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero),
            (byte)'b' => reader.ReadBytes(reader.Read7BitEncodedInt()),
            var unknown => throw new InvalidDataException(
                $"A value of the unknown type {unknown}: the row is damaged. Restore a backup."
            ),
        };
}
