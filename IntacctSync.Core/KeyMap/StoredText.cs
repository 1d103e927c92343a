using IntacctSync.Core.Storage;

namespace IntacctSync.Core.KeyMap;

/// <summary>A text of any length, in as many properties as it needs.</summary>
internal static class StoredText
{
    public static void Put(Dictionary<string, object?> properties, string name, string text)
    {
        for (var i = 0; i == 0 || text.Length > 0; i++)
        {
            var length = Math.Min(text.Length, TableLimits.TextCharacters);
            if (length < text.Length && char.IsHighSurrogate(text[length - 1]))
                length--;
            properties[StoredFunction.Numbered(name, i)] = text[..length];
            text = text[length..];
        }
    }

    public static string Read(TableRow row, string name)
    {
        var text = row.Text(name)!;
        for (var i = 1; row.Text(StoredFunction.Numbered(name, i)) is { } more; i++)
            text += more;
        return text;
    }
}
