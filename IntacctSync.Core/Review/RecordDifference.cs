namespace IntacctSync.Core.Review;

/// <summary>One difference that a comparison found: a line of its report.</summary>
/// <param name="Flow">The flow.</param>
/// <param name="SourceId">The record's id at its source.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="TargetId">Its counterpart; null where it has none.</param>
/// <param name="Date">Its own date; null for master data.</param>
/// <param name="Field">The field that differs; null where a whole side is missing.</param>
/// <param name="Source">What the source says, in the target's words.</param>
/// <param name="Target">What the target says.</param>
/// <param name="Cause">A stable word.</param>
/// <param name="Why">The same in words.</param>
/// <param name="Repair">What is proposed.</param>
public sealed record RecordDifference(
    string Flow,
    string SourceId,
    string? Title,
    string? TargetId,
    DateOnly? Date,
    string? Field,
    string? Source,
    string? Target,
    string Cause,
    string Why,
    string Repair
);
