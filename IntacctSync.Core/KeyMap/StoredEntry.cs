namespace IntacctSync.Core.KeyMap;

/// <summary>What the stored row of an entry said that its index rows were made of.</summary>
public sealed record StoredEntry(string ETag, string? TargetId, string? Title, IReadOnlyList<string> Waits, string? WaitsFor, bool NeedsPerson);
