using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace IntacctSync.Core.Storage.AzureTables;

/// <summary>A row as the table service writes it in JSON, and back.</summary>
/// <remarks>
/// Types as learn.microsoft.com, "Payload format for Table service operations", gives them for minimal metadata.
/// </remarks>
internal static class EntityJson
{
    /// <summary>
    /// Names the write that made the row. No property of a row can have this name, since theirs are letters and digits.
    /// </summary>
    private const string MarkName = "Write_id";
    private const string TypeSuffix = "@odata.type";
    private const int MarkBytes = 128;
    private const int MaxProperties = 252;

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether a row has room for the mark; all but the very largest have.</summary>
    public static bool CanMark(TableRow row) =>
        row.Properties.Count < MaxProperties && TableRules.SizeOf(row) + MarkBytes <= TableLimits.RowBytes;

    public static ReadOnlyMemory<byte> Write(TableRow row, string? mark)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Compact))
        {
            json.WriteStartObject();
            json.WriteString("PartitionKey", row.PartitionKey);
            json.WriteString("RowKey", row.RowKey);
            if (mark is not null)
                json.WriteString(MarkName, mark);
            foreach (var (name, value) in row.Properties)
                WriteValue(json, name, value);
            json.WriteEndObject();
        }

        return bytes.WrittenMemory;
    }

    public static StoredRow Read(JsonElement entity)
    {
        var properties = new Dictionary<string, object?>(StringComparer.Ordinal);
        string partition = "",
            row = "",
            etag = "";
        string? mark = null;
        foreach (var property in entity.EnumerateObject())
        {
            switch (property.Name)
            {
                case "PartitionKey":
                    partition = property.Value.GetString()!;
                    break;
                case "RowKey":
                    row = property.Value.GetString()!;
                    break;
                case "odata.etag":
                    etag = property.Value.GetString()!;
                    break;
                case MarkName:
                    mark = property.Value.GetString();
                    break;
                case "Timestamp":
                    break;
                case var name when name.Contains('.', StringComparison.Ordinal):
                    break;
                default:
                    properties.Add(property.Name, ReadValue(property.Value, TypeOf(entity, property.Name)));
                    break;
            }
        }

        return new StoredRow(new TableRow(partition, row, properties, etag), mark);
    }

    private static void WriteValue(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null:
                break;
            case string text:
                json.WriteString(name, text);
                break;
            case bool flag:
                json.WriteBoolean(name, flag);
                break;
            case int number:
                json.WriteNumber(name, number);
                break;
            case long number:
                WriteTyped(json, name, "Edm.Int64", number.ToString(CultureInfo.InvariantCulture));
                break;
            case double number when !double.IsFinite(number):
                WriteTyped(json, name, "Edm.Double", number.ToString(CultureInfo.InvariantCulture));
                break;
            case double number:
                json.WriteString(name + TypeSuffix, "Edm.Double");
                json.WriteNumber(name, number);
                break;
            case DateTimeOffset time:
                WriteTyped(
                    json,
                    name,
                    "Edm.DateTime",
                    time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture)
                );
                break;
            case byte[] blob:
                WriteTyped(json, name, "Edm.Binary", Convert.ToBase64String(blob));
                break;
            default:
                throw new ArgumentException($"A {value.GetType().Name} can't be stored.", nameof(value));
        }
    }

    private static void WriteTyped(Utf8JsonWriter json, string name, string type, string text)
    {
        json.WriteString(name + TypeSuffix, type);
        json.WriteString(name, text);
    }

    private static string? TypeOf(JsonElement entity, string name) =>
        entity.TryGetProperty(name + TypeSuffix, out var type) ? type.GetString() : null;

    private static object ReadValue(JsonElement value, string? type) =>
        (type, value.ValueKind) switch
        {
            ("Edm.Int64", JsonValueKind.String) => long.Parse(value.GetString()!, CultureInfo.InvariantCulture),
            ("Edm.Int64", _) => value.GetInt64(),
            ("Edm.Double", JsonValueKind.String) => double.Parse(value.GetString()!, CultureInfo.InvariantCulture),
            ("Edm.Double", _) => value.GetDouble(),
            ("Edm.DateTime", _) => DateTimeOffset.Parse(
                value.GetString()!,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal
            ),
            ("Edm.Binary", _) => Convert.FromBase64String(value.GetString()!),
            (_, JsonValueKind.String) => value.GetString()!,
            (_, JsonValueKind.True or JsonValueKind.False) => value.GetBoolean(),
            // A whole number without a type is Edm.Int32; the service writes a double with a point or an exponent.
            (_, JsonValueKind.Number) => value.TryGetInt32(out var number) ? (object)number : value.GetDouble(),
            _ => throw new InvalidDataException(
                $"A value of the unknown type {type ?? value.ValueKind.ToString()}: the row was not written by "
                    + $"this program."
            ),
        };
}
