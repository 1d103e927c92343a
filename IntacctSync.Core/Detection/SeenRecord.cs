namespace IntacctSync.Core.Detection;

/// <summary>A record as a list showed it.</summary>
internal sealed record SeenRecord(string Uid, DateTimeOffset? UpdatedAt);
