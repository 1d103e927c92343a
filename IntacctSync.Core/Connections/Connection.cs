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

    /// <summary>
    /// When shadow mode began, as long as what changed since then is not carried over; null otherwise.
    /// </summary>
    public DateTimeOffset? ShadowSince { get; init; }

    /// <summary>The flows for which a backfill since then has been started.</summary>
    public IReadOnlyList<string> ShadowPaid { get; init; } = [];

    /// <summary>
    /// When flows that were off were switched on, by their names; none of a flow that has been on from the beginning.
    /// </summary>
    public IReadOnlyDictionary<string, DateTimeOffset> SwitchedOn { get; init; } = NeverSwitched;

    internal static readonly IReadOnlyDictionary<string, DateTimeOffset> NeverSwitched = new Dictionary<
        string,
        DateTimeOffset
    >(StringComparer.Ordinal);

    /// <summary>When a flow was switched on, if it has not been on from the beginning.</summary>
    public DateTimeOffset? SwitchedOnAt(FlowName flow) => SwitchedOn.TryGetValue(flow.Value, out var at) ? at : null;

    /// <summary>
    /// Of flows that were switched on, by their names: when that was, once what they missed is being read.
    /// </summary>
    public IReadOnlyDictionary<string, DateTimeOffset> CaughtUp { get; init; } = NeverSwitched;

    /// <summary>Whether a flow was switched on and what it missed is not being read yet.</summary>
    public bool OwesCatchUp(FlowName flow) =>
        Settings.Syncs(flow)
        && SwitchedOnAt(flow) is { } on
        && !(CaughtUp.TryGetValue(flow.Value, out var done) && done == on);

    /// <summary>
    /// Which account of the app the records are linked in, as the app itself says; null where it has not said yet.
    /// </summary>
    public string? AccountIdentity { get; init; }

    /// <summary>
    /// Names the key that was last found to be one of the account that the records are linked in, without showing it.
    /// </summary>
    public string? ProvenKey { get; init; }

    /// <summary>Set while a sign-in is refused. Only a probe is sent then, from time to time.</summary>
    public ConnectionStop? Stop { get; init; }

    /// <summary>
    /// Grows with each change of the settings or a secret, so that what was learned under old ones is forgotten.
    /// </summary>
    public int Revision { get; init; } = 1;

    /// <summary>
    /// Names new secrets that count and are not under their own names yet; see <see cref="ConnectionPut"/>.
    /// </summary>
    public string? SecretsEntry { get; init; }

    /// <summary>Which put moves that entry's secrets under their own names; null where none does.</summary>
    public string? SecretsMover { get; init; }

    /// <summary>Until when no other put may move them.</summary>
    public DateTimeOffset? SecretsMoverUntil { get; init; }

    /// <summary>Until when the webhook secret that was replaced is taken as well.</summary>
    public DateTimeOffset? ReplacedUntil { get; init; }

    /// <summary>Intacct companies that it had before the one that it has.</summary>
    public IReadOnlyList<string> FormerCompanies { get; init; } = [];

    public string ETag { get; init; } = "";

    /// <summary>
    /// The connection as it counts now. A time that lies ahead was noted by a clock that was set back since: a
    /// connection made or deactivated then counts as made or deactivated now, and a shadow mode that began then counts
    /// from the connection's beginning. Pure.
    /// </summary>
    public Connection HeldAgainst(DateTimeOffset now)
    {
        var createdAt = NotedTimes.LiesAhead(CreatedAt, now) ? now : CreatedAt;
        var deactivatedAt = DeactivatedAt is { } off && NotedTimes.LiesAhead(off, now) ? now : DeactivatedAt;
        var shadowSince = ShadowSince is { } owed && NotedTimes.LiesAhead(owed, now) ? createdAt : ShadowSince;
        var stop = Stop?.HeldAgainst(now);
        var switched = SwitchedOn.Values.Any(at => NotedTimes.LiesAhead(at, now))
            ? SwitchedOn.ToDictionary(
                s => s.Key,
                s => NotedTimes.LiesAhead(s.Value, now) ? now : s.Value,
                StringComparer.Ordinal
            )
            : SwitchedOn;
        return
            (createdAt, deactivatedAt, shadowSince, stop) == (CreatedAt, DeactivatedAt, ShadowSince, Stop)
            && ReferenceEquals(switched, SwitchedOn)
            ? this
            : this with
            {
                CreatedAt = createdAt,
                DeactivatedAt = deactivatedAt,
                ShadowSince = shadowSince,
                Stop = stop,
                SwitchedOn = switched,
            };
    }

    public CompanyId Company => new(Settings.Intacct.CompanyId);
}
