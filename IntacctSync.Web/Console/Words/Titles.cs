using IntacctSync.Core.KeyMap;

namespace IntacctSync.Web.Console.Words;

/// <summary>What a person calls a record.</summary>
internal static class Titles
{
    /// <summary>Its name or number; where none was seen yet, the end of its id.</summary>
    public static string Of(KeyMapEntry entry) =>
        string.IsNullOrWhiteSpace(entry.Title) ? Nameless(entry.Key.SourceId) : entry.Title;

    /// <summary>The counterpart's id where a person can read it: one that only a program reads says nothing.</summary>
    public static string Counterpart(KeyMapEntry entry) =>
        entry.TargetId is not { } id ? ""
        : !Guid.TryParse(id, out _) ? id
        : $"…{id[^6..]}";

    /// <summary>One of which no name was seen yet, by the end of its id.</summary>
    public static string Nameless(string sourceId) =>
        sourceId.Length <= 12 ? sourceId : $"not read yet (…{sourceId[^6..]})";
}
