namespace IntacctSync.Core.Flows.Zuper;

/// <summary>The customers that a look-up found for a record.</summary>
/// <param name="SourceId">The record.</param>
/// <param name="Kind">What it was looked up by.</param>
/// <param name="Value">The id, name or e-mail address.</param>
/// <param name="Found">Those that have it.</param>
internal sealed record Candidates(string SourceId, MatchKind Kind, string Value, IReadOnlyList<FoundCustomer> Found);
