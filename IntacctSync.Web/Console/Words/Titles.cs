using IntacctSync.Core.KeyMap;

namespace IntacctSync.Web.Console.Words;

/// <summary>What a person calls a record.</summary>
internal static class Titles
{
    /// <summary>Its name or number; where none was seen yet, the end of its id.</summary>
    public static string Of(KeyMapEntry entry) => Of(entry.Title, entry.Key.SourceId);

    public static string Of(string? title, string sourceId) =>
        string.IsNullOrWhiteSpace(title) ? Nameless(sourceId) : InOrder(title);

    /// <summary>
    /// Without the characters that turn the order of what follows them: a name must not have the amount behind it read
    /// backwards.
    /// </summary>
    public static string InOrder(string text) => text.Any(Turns) ? string.Concat(text.Where(c => !Turns(c))) : text;

    private static bool Turns(char c) => c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    /// <summary>The counterpart's id where a person can read it: one that only a program reads says nothing.</summary>
    public static string Counterpart(KeyMapEntry entry) =>
        entry.TargetId is not { } id ? ""
        : !Guid.TryParse(id, out _) ? id
        : $"…{id[^6..]}";

    /// <summary>One of which no name was seen yet, by the end of its id.</summary>
    public static string Nameless(string sourceId) =>
        sourceId.Length <= 12 ? sourceId : $"not read yet (…{sourceId[^6..]})";
}
