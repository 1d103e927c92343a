using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;

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
    IReadOnlyList<TimelineEntry> Timeline
)
{
    public static RecordStory Of(KeyMapEntry entry) =>
        new(
            entry.Key.Flow.Value,
            entry.Key.SourceId,
            entry.Title,
            entry.TargetId,
            entry.State,
            entry.Ignored,
            entry.Problem,
            entry.Timeline
        );
}
