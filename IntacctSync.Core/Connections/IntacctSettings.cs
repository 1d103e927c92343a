namespace IntacctSync.Core.Connections;

/// <summary>
/// The Intacct company, and the user that signs in there. The two passwords are secrets and kept elsewhere.
/// </summary>
public sealed record IntacctSettings
{
    public string SenderId { get; init; } = "";

    public string CompanyId { get; init; } = "";

    public string UserId { get; init; } = "";

    /// <summary>The entity of a multi-entity company; null for the top level.</summary>
    public string? EntityId { get; init; }

    /// <summary>
    /// How many transactions of Intacct's API a month the company's contract includes; what was used is held against
    /// it. Sage's smallest tier includes 100,000 (developer.sage.com, Performance Tiers).
    /// </summary>
    public int MonthlyTransactions { get; init; } = 100_000;
}
