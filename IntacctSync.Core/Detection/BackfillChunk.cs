namespace IntacctSync.Core.Detection;

/// <summary>What one step of a backfill found, and the bookmark of the next step; null at the end.</summary>
internal sealed record BackfillChunk(IReadOnlyList<SeenRecord> Seen, string? Next);
