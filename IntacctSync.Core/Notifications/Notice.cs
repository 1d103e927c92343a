namespace IntacctSync.Core.Notifications;

/// <summary>
/// That a person is to be told of a failure. Of a record it says no more than which: the rest is read from its row when
/// it is told.
/// </summary>
/// <param name="Cause">Its flow and problem code.</param>
/// <param name="SourceId">The record; null where a whole feed failed.</param>
/// <param name="At">When it failed.</param>
/// <param name="Reason">What was found, where there is no record whose row tells.</param>
/// <param name="Fix">What to do about it, likewise.</param>
/// <param name="ETag">Of its row.</param>
public sealed record Notice(
    Cause Cause,
    string? SourceId,
    DateTimeOffset At,
    string? Reason = null,
    string? Fix = null,
    string ETag = ""
);

/// <summary>What failures have in common, so that a person mends them together.</summary>
/// <param name="Flow">The flow's public name.</param>
/// <param name="Code">The code of the problem.</param>
public readonly record struct Cause(string Flow, string Code);
