using IntacctSync.Core.Domain;

namespace IntacctSync.Core.KeyMap;

/// <summary>How many records are in each state, and since when the oldest pending one waits.</summary>
public sealed record RecordCounts(IReadOnlyDictionary<RecordState, int> ByState, DateTimeOffset? OldestPendingAt)
{
    public int Of(RecordState state) => ByState.GetValueOrDefault(state);

    public int Total => ByState.Values.Sum();
}
