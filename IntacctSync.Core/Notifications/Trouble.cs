using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Notifications;

/// <summary>A failure with all that is told of it.</summary>
/// <param name="Notice">Which it is.</param>
/// <param name="Title">What a person calls the record; null where it has no name yet.</param>
/// <param name="Problem">Why it is not synced, and what to do.</param>
public sealed record Trouble(Notice Notice, string? Title, Problem Problem);
