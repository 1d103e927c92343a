using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Zuper.Detection;

/// <summary>How far a module of Zuper has been swept.</summary>
/// <param name="UpTo">Every change before it has been seen.</param>
/// <param name="LookedBackAt">When the second, wider pass was last made.</param>
/// <param name="StartedAt">When the sweep that is under way began.</param>
/// <param name="List">Its place; null when none is under way.</param>
internal sealed record SweepPosition(
    DateTimeOffset UpTo,
    DateTimeOffset? LookedBackAt = null,
    DateTimeOffset? StartedAt = null,
    ListPosition? List = null
)
{
    /// <summary>
    /// The position as it counts now. Up to when was really seen can't be told of a time that lies ahead, noted by a
    /// clock that was set back since: everything since <paramref name="createdAt"/> is seen once more, and a sweep that
    /// began ahead is begun anew. What is known already costs a page of a list and no more. Pure.
    /// </summary>
    public SweepPosition HeldAgainst(DateTimeOffset createdAt, DateTimeOffset now)
    {
        var upTo = NotedTimes.LiesAhead(UpTo, now) ? createdAt : UpTo;
        var lookedBackAt = LookedBackAt is { } at && NotedTimes.LiesAhead(at, now) ? null : LookedBackAt;
        var begunAhead = StartedAt is { } started && NotedTimes.LiesAhead(started, now);
        return new SweepPosition(upTo, lookedBackAt, begunAhead ? null : StartedAt, begunAhead ? null : List);
    }
}
