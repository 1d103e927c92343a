using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Recoverability;

/// <summary>A failure, classified.</summary>
/// <param name="Class">Its kind.</param>
/// <param name="Problem">What to tell a person.</param>
/// <param name="RetryAfter">How long the other side asked to wait, or when an outcome can be looked up; null where nothing was said.</param>
/// <param name="System">Which side refused a sign-in, or may refuse everything and not only this: <c>intacct</c> or <c>zuper</c>.</param>
public sealed record Failure(FailureClass Class, Problem Problem, TimeSpan? RetryAfter = null, string? System = null);
