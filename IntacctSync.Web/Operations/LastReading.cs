using IntacctSync.Core.Cursors;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Runs;

namespace IntacctSync.Web.Operations;

/// <summary>
/// When a flow was last looked at for changes: by its sweep, or by a backfill of everything, which sees all that a
/// sweep would. Pure.
/// </summary>
/// <param name="RunAt">When the last reading began; null where there was none.</param>
/// <param name="SuccessAt">Up to when everything was read; null where that never was so.</param>
internal sealed record LastReading(DateTimeOffset? RunAt, DateTimeOffset? SuccessAt)
{
    /// <param name="cursor">How far the flow's sweep is.</param>
    /// <param name="runs">The runs of the connection.</param>
    /// <param name="flow">The flow.</param>
    public static LastReading Of(Cursor cursor, IReadOnlyList<Run> runs, FlowName flow)
    {
        var whole = runs.Where(r => r is { Kind: RunKinds.Backfill, Full: true } && r.Flow == flow).ToList();
        return new LastReading(
            Later(cursor.LastRunAt, whole.Max(r => (DateTimeOffset?)r.StartedAt)),
            Later(cursor.LastSuccessAt, whole.Where(r => r.Detected).Max(r => (DateTimeOffset?)r.StartedAt))
        );
    }

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other > one ? other : one;
}
