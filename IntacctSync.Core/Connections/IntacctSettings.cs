namespace IntacctSync.Core.Connections;

/// <summary>Which Intacct company, as whom. The two passwords are secrets and kept elsewhere.</summary>
public sealed record IntacctSettings
{
    public string SenderId { get; init; } = "";

    public string CompanyId { get; init; } = "";

    public string UserId { get; init; } = "";

    /// <summary>The entity of a multi-entity company; null for the top level.</summary>
    public string? EntityId { get; init; }
}
