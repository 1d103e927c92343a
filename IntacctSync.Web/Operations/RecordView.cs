using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Web.Operations;

/// <summary>A record as a list shows it.</summary>
/// <param name="Flow">Its flow.</param>
/// <param name="SourceId">Its id on the side that it is read from.</param>
/// <param name="Title">What a person calls it: a name or a number.</param>
/// <param name="TargetId">Its counterpart.</param>
/// <param name="State">How far it has come.</param>
/// <param name="Error">Why a person is needed.</param>
/// <param name="ChangedAt">When something last happened to it.</param>
/// <param name="Customer">The name of the customer whom it concerns.</param>
/// <param name="Amount">What it comes to; null for master data.</param>
/// <param name="Currency">ISO 4217; null for the company's own.</param>
/// <param name="Date">Its own date.</param>
internal sealed record RecordView(
    string Flow,
    string SourceId,
    string? Title,
    string? TargetId,
    RecordState State,
    Problem? Error,
    DateTimeOffset? ChangedAt,
    string? Customer,
    decimal? Amount,
    string? Currency,
    DateOnly? Date
)
{
    public static RecordView Of(KeyMapEntry entry, string? customer) =>
        new(
            entry.Key.Flow.Value,
            entry.Key.SourceId,
            entry.Title,
            entry.TargetId,
            entry.State,
            entry.Problem,
            entry.Timeline is [.., var last] ? last.At : null,
            customer,
            entry.Facts?.Amount,
            entry.Facts?.Currency,
            entry.Facts?.Date
        );
}

/// <summary>A page of records.</summary>
/// <param name="Items">The records.</param>
/// <param name="Next">What the next page is asked for with, as <c>after</c>; null on the last one.</param>
internal sealed record RecordList(IReadOnlyList<RecordView> Items, string? Next);

/// <summary>The answer to a retry of many records.</summary>
/// <param name="Count">How many records.</param>
internal sealed record RetriedRecords(int Count);
