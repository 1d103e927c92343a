using System.Globalization;

namespace IntacctSync.Simulators.Intacct.Records;

/// <summary>
/// Reads fields from text, one a line: <c>NAME type [length] [ro] [req] [label=code|label=code]</c>, for example
/// <c>STATUS enum active=T|inactive=F</c>.
/// </summary>
internal static class FieldTable
{
    public static IReadOnlyList<FieldDefinition> Parse(string table) =>
        [.. table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Line)];

    private static FieldDefinition Line(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var field = new FieldDefinition(words[0], TypeOf(words[1]));
        foreach (var word in words[2..])
            field = word switch
            {
                "ro" => field with { ReadOnly = true },
                "req" => field with { Required = true },
                _ when char.IsAsciiDigit(word[0]) => field with
                {
                    MaxLength = int.Parse(word, CultureInfo.InvariantCulture),
                },
                _ => field with { Values = [.. word.Replace('_', ' ').Split('|').Select(Value)] },
            };
        return field;
    }

    private static (string Label, string Code) Value(string value) =>
        value.Split('=') is [var label, var code] ? (label, code) : (value, value);

    private static FieldType TypeOf(string word) =>
        word switch
        {
            "text" => FieldType.Text,
            "int" => FieldType.Integer,
            "dec" => FieldType.Decimal,
            "bool" => FieldType.Boolean,
            "enum" => FieldType.Enum,
            "date" => FieldType.Date,
            "time" => FieldType.Timestamp,
            "gmt" => FieldType.GmtTimestamp,
            _ => throw new ArgumentException($"No field type is written '{word}'.", nameof(word)),
        };
}
