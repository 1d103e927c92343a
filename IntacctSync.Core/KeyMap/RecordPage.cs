namespace IntacctSync.Core.KeyMap;

/// <summary>Some records, and the continuation of the next page; null when there is none. A page may hold fewer than asked for.</summary>
public sealed record RecordPage(IReadOnlyList<KeyMapEntry> Items, string? Next);
