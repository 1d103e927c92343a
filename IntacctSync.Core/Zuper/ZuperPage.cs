namespace IntacctSync.Core.Zuper;

/// <summary>One page of a list.</summary>
/// <param name="Items">The records that could be read; empty on the page after the last.</param>
/// <param name="Number">From 1.</param>
/// <param name="TotalRecords">As Zuper counted them when it made this page, if it said.</param>
public sealed record ZuperPage<T>(IReadOnlyList<T> Items, int Number, long? TotalRecords);
