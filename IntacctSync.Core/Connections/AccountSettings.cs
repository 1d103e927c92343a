namespace IntacctSync.Core.Connections;

/// <summary>A GL account or an account label; at most one is set.</summary>
public sealed record AccountSettings
{
    public string? GlAccountNo { get; init; }

    public string? AccountLabel { get; init; }
}
