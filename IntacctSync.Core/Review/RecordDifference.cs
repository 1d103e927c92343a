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
/// <param name="UnderWay">Whether the record is on its way, or people were told that it needs one of them.</param>
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
    string Repair,
    bool UnderWay = false
)
{
    /// <summary>
    /// Whether people are told of it by mail after a comparison at night. What is on its way is carried over by itself;
    /// whom a record needs was told when it came to need them; an adopted counterpart stays as it was on purpose.
    /// </summary>
    internal bool IsTold =>
        Cause switch
        {
            DifferenceCause.AsFound => false,
            DifferenceCause.Waiting or DifferenceCause.NeedsPerson => !UnderWay,
            _ => true,
        };
}
