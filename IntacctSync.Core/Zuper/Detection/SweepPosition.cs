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
);
