using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Connections;

/// <summary>A stored connection: its settings, whether it is at work, and why it is stopped if it is.</summary>
public sealed record Connection
{
    public required ConnectionId Id { get; init; }

    public required ConnectionSettings Settings { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public bool Active { get; init; } = true;

    /// <summary>When it was last deactivated; activation sweeps from here.</summary>
    public DateTimeOffset? DeactivatedAt { get; init; }

    /// <summary>Since when nothing may have been written that is owed since; null where nothing is.</summary>
    public DateTimeOffset? ShadowSince { get; init; }

    /// <summary>The flows for which that has been made good.</summary>
    public IReadOnlyList<string> ShadowPaid { get; init; } = [];

    /// <summary>Set while a sign-in is refused: nothing is sent but a probe from time to time.</summary>
    public ConnectionStop? Stop { get; init; }

    /// <summary>
    /// Grows with each change of the settings or a secret, so that what was learned under old ones is forgotten.
    /// </summary>
    public int Revision { get; init; } = 1;

    public string ETag { get; init; } = "";

    public CompanyId Company => new(Settings.Intacct.CompanyId);
}
