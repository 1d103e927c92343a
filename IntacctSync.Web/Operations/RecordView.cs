using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Web.Operations;

/// <summary>A record as a list shows it.</summary>
internal sealed record RecordView(
    string Flow,
    string SourceId,
    string? Title,
    string? TargetId,
    RecordState State,
    Problem? Error,
    DateTimeOffset? ChangedAt
)
{
    public static RecordView Of(KeyMapEntry entry) =>
        new(
            entry.Key.Flow.Value,
            entry.Key.SourceId,
            entry.Title,
            entry.TargetId,
            entry.State,
            entry.Problem,
            entry.Timeline is [.., var last] ? last.At : null
        );
}

/// <summary>A page of records.</summary>
/// <param name="Items">The records.</param>
/// <param name="Next">What the next page is asked for with, as <c>after</c>; null on the last one.</param>
internal sealed record RecordList(IReadOnlyList<RecordView> Items, string? Next);

/// <summary>The answer to a retry of many records.</summary>
/// <param name="Count">How many records.</param>
internal sealed record RetriedRecords(int Count);
