using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Flows;

/// <summary>
/// What is believed of a record that one side does not show. The one rule for all kinds of records, and for
/// counterparts as well: not to be shown is no proof of a deletion. An answer may be passing, a new record may not be
/// visible yet, a user may see less than before, and a key may belong to another account.
/// </summary>
internal abstract record AbsenceVerdict
{
    /// <summary>How far apart two looks must lie that find something missing.</summary>
    public static readonly TimeSpan Apart = TimeSpan.FromMinutes(5);

    /// <summary>How long a record is looked for before it is left out, or a person is asked.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);

    /// <summary>
    /// How far apart two looks lie at most that follow one another as planned. Beyond that nobody looked meanwhile, or
    /// the clock was set ahead: how long something was missing is then not known.
    /// </summary>
    private static readonly TimeSpan LongestGap = 2 * LongestPause;

    private AbsenceVerdict() { }

    /// <summary>It is taken for deleted.</summary>
    public sealed record Deleted : AbsenceVerdict;

    /// <summary>Nothing is concluded yet.</summary>
    /// <param name="After">When it is looked for again.</param>
    public sealed record LookAgain(TimeSpan After) : AbsenceVerdict;

    /// <summary>A person is asked.</summary>
    public sealed record Ask : AbsenceVerdict;

    /// <summary>It is left out until it is shown: there is nothing to take back, and nobody has asked for it.</summary>
    public sealed record Skip : AbsenceVerdict;

    /// <summary>
    /// Pure. Of a record whose source says itself that it was deleted (a flag, a list of deleted records, an audit
    /// history) this is not asked.
    /// </summary>
    /// <param name="linked">Whether the record has a counterpart, or may have one, to which a deletion would do
    /// something.</param>
    /// <param name="wanted">Whether a person asked for the record, or it needed one: it is then never left out.</param>
    /// <param name="missingFor">How long ago it was first found missing, and at no look since was it there; zero at the
    /// first such look.</param>
    /// <param name="othersShown">Whether the same look, or one just after it, shows a record that is known to be there,
    /// and that is not shown without this one being shown.</param>
    public static AbsenceVerdict For(bool linked, bool wanted, TimeSpan missingFor, bool othersShown) =>
        linked switch
        {
            true when missingFor < Apart => new LookAgain(Apart - missingFor),
            true when othersShown => new Deleted(),
            _ when missingFor < Patience => new LookAgain(Pause(missingFor)),
            false when othersShown && !wanted => new Skip(),
            _ => new Ask(),
        };

    /// <summary>Whether it matters now if others are shown. Pure.</summary>
    public static bool NeedsOthers(bool linked, TimeSpan missingFor) => missingFor >= (linked ? Apart : Patience);

    /// <summary>Since when something counts as missing that is found missing now. Pure.</summary>
    /// <param name="since">As noted before; null where it was not missing.</param>
    /// <param name="lookedAt">When it was last looked for.</param>
    /// <param name="now">The time.</param>
    public static DateTimeOffset Since(DateTimeOffset? since, DateTimeOffset? lookedAt, DateTimeOffset now) =>
        since is { } first && lookedAt is { } last && first <= last && last <= now && now - last <= LongestGap
            ? first
            : now;

    /// <summary>Whether two rows say the same of what is missing, and of the events that were handled.</summary>
    public static bool IsNotedAlike(KeyMapEntry one, KeyMapEntry other) =>
        one.MissingSince == other.MissingSince
        && one.MissedAt == other.MissedAt
        && one.TargetMissingSince == other.TargetMissingSince
        && one.TargetMissedAt == other.TargetMissedAt
        && one.EventIds.Count == other.EventIds.Count;

    /// <summary>As long as it has been missing: so the pauses double.</summary>
    private static TimeSpan Pause(TimeSpan missingFor) =>
        missingFor < ShortestPause ? ShortestPause
        : missingFor > LongestPause ? LongestPause
        : missingFor;
}
