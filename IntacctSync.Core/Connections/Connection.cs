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

    /// <summary>
    /// Which account of the app the records are linked in, as the app itself says; null where it has not said yet.
    /// </summary>
    public string? AccountIdentity { get; init; }

    /// <summary>Set while a sign-in is refused: nothing is sent but a probe from time to time.</summary>
    public ConnectionStop? Stop { get; init; }

    /// <summary>
    /// Grows with each change of the settings or a secret, so that what was learned under old ones is forgotten.
    /// </summary>
    public int Revision { get; init; } = 1;

    public string ETag { get; init; } = "";

    /// <summary>
    /// The connection as it counts now: what lies ahead was noted by a clock that was set back since. It was made, and
    /// deactivated, now; what is owed is owed from its beginning. Pure.
    /// </summary>
    public Connection HeldAgainst(DateTimeOffset now)
    {
        var createdAt = NotedTimes.LiesAhead(CreatedAt, now) ? now : CreatedAt;
        var deactivatedAt = DeactivatedAt is { } off && NotedTimes.LiesAhead(off, now) ? now : DeactivatedAt;
        var shadowSince = ShadowSince is { } owed && NotedTimes.LiesAhead(owed, now) ? createdAt : ShadowSince;
        var stop = Stop?.HeldAgainst(now);
        return (createdAt, deactivatedAt, shadowSince, stop) == (CreatedAt, DeactivatedAt, ShadowSince, Stop)
            ? this
            : this with
            {
                CreatedAt = createdAt,
                DeactivatedAt = deactivatedAt,
                ShadowSince = shadowSince,
                Stop = stop,
            };
    }

    public CompanyId Company => new(Settings.Intacct.CompanyId);
}
