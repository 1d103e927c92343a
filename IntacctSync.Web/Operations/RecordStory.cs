using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Review;

namespace IntacctSync.Web.Operations;

/// <summary>A record with its story, oldest first.</summary>
internal sealed record RecordStory(
    string Flow,
    string SourceId,
    string? Title,
    string? TargetId,
    RecordState State,
    bool Ignored,
    Problem? Error,
    IReadOnlyList<TimelineEntry> Timeline,
    string? Customer,
    decimal? Amount,
    string? Currency,
    DateOnly? Date,
    SentRequest? LastRequest
)
{
    public static RecordStory Of(KeyMapEntry entry, string? customer) =>
        new(
            entry.Key.Flow.Value,
            entry.Key.SourceId,
            entry.Title,
            entry.TargetId,
            entry.State,
            entry.Ignored,
            entry.Problem,
            entry.Timeline,
            customer,
            entry.Facts?.Amount,
            entry.Facts?.Currency,
            entry.Facts?.Date,
            SentRequest.Of(entry)
        );
}
