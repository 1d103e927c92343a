namespace IntacctSync.Core.Notifications;

/// <summary>
/// A failure that a person must be told of. For a record it holds the id only; title, reason and fix are read from the
/// record's row when the e-mail is written.
/// </summary>
/// <param name="Cause">Its flow and problem code.</param>
/// <param name="SourceId">The record; null where a whole feed failed.</param>
/// <param name="At">When it failed.</param>
/// <param name="Reason">What was found, for a feed; null for a record.</param>
/// <param name="Fix">What to do about it, for a feed; null for a record.</param>
/// <param name="ETag">Of its row.</param>
/// <param name="RunId">The run that it tells of; null where it tells of none.</param>
public sealed record Notice(
    Cause Cause,
    string? SourceId,
    DateTimeOffset At,
    string? Reason = null,
    string? Fix = null,
    string ETag = "",
    string? RunId = null
);

/// <summary>What failures have in common, so that a person mends them together.</summary>
/// <param name="Flow">The flow's public name.</param>
/// <param name="Code">The code of the problem.</param>
public readonly record struct Cause(string Flow, string Code);
