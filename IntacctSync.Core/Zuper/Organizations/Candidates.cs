namespace IntacctSync.Core.Zuper.Organizations;

/// <summary>The customers that a look-up found for a record.</summary>
/// <param name="SourceId">The record.</param>
/// <param name="Kind">What it was looked up by.</param>
/// <param name="Value">The id, name or e-mail address.</param>
/// <param name="Found">The customers that have it.</param>
/// <param name="Original">The older record in Zuper that has the same Sage id; null where there is none, or where it
/// was looked up by something else.</param>
internal sealed record Candidates(
    string SourceId,
    MatchKind Kind,
    string Value,
    IReadOnlyList<FoundCustomer> Found,
    string? Original = null
)
{
    /// <summary>Other records in Zuper that are as like the customer as this one, by their source ids.</summary>
    public IReadOnlyList<string> Namesakes { get; init; } = [];
}

/// <summary>An Intacct customer as a look-up finds it.</summary>
internal sealed record FoundCustomer(string CustomerId, string Name, string? ContactName, string? Email);

internal enum MatchKind
{
    SageId,
    Name,
    Email,
}
