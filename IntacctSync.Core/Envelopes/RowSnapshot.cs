using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using IntacctSync.Core.Intacct.Responses;

namespace IntacctSync.Core.Envelopes;

/// <summary>A row of a query as text. It travels in an envelope, and shows whether a row has changed.</summary>
public static class RowSnapshot
{
    /// <summary>The most that an envelope carries.</summary>
    public const int MaxBytes = 32 * 1024;

    /// <summary>The name under which a row keeps of which objects all rows that belong to it were read.</summary>
    private const string ReadAlong = "+";

    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The same text for the same content. Rows of queries are flat, so nested records are left out.</summary>
    public static string Write(IntacctRecord row) =>
        JsonSerializer.Serialize(row.Fields.Where(f => f.Nested is null).Select(f => new[] { f.Name, f.Value }), Json);

    /// <summary>A row, and rows of other objects that belong to it: one line of text for each.</summary>
    /// <param name="row">The row.</param>
    /// <param name="others">The rows of other objects.</param>
    /// <param name="objects">Of which objects all rows that belong to it were read, where that is to be known: there
    /// may be none of them among the others.</param>
    /// <remarks>Of those others, empty fields are left out, as they are read as empty.</remarks>
    public static string Write(
        IntacctRecord row,
        IEnumerable<IntacctRecord> others,
        IReadOnlyCollection<string>? objects = null
    ) =>
        string.Join(
            '\n',
            others
                .Select(o => Write(new IntacctRecord(o.Name, [.. o.Fields.Where(f => f.Value is { Length: > 0 })])))
                .Prepend(
                    Write(
                        objects is not { Count: > 0 }
                            ? row
                            : new IntacctRecord(
                                row.Name,
                                [.. row.Fields, new IntacctField(ReadAlong, string.Join(' ', objects))]
                            )
                    )
                )
        );

    /// <summary>Whether a row says that all rows of another object that belong to it were read with it.</summary>
    public static bool HoldsAllOf(IntacctRecord row, string objectName) =>
        row[ReadAlong]?.Split(' ').Contains(objectName, StringComparer.Ordinal) ?? false;

    /// <summary>The text when it fits into an envelope, else null.</summary>
    public static string? Fitting(string text) => Encoding.UTF8.GetByteCount(text) <= MaxBytes ? text : null;

    /// <summary>The row, and the rows that belong to it, as they were written together.</summary>
    /// <exception cref="JsonException">The text is no snapshot.</exception>
    public static (IntacctRecord Row, IReadOnlyList<IntacctRecord> Others) Read(
        string objectName,
        string othersName,
        string text
    )
    {
        var lines = text.Split('\n');
        return (Read(objectName, lines[0]), [.. lines.Skip(1).Select(l => Read(othersName, l))]);
    }

    /// <exception cref="JsonException">The text is no snapshot.</exception>
    public static IntacctRecord Read(string objectName, string text) =>
        new(
            objectName,
            [.. JsonSerializer.Deserialize<string[][]>(text, Json)!.Select(f => new IntacctField(f[0], f[1]))]
        );
}
