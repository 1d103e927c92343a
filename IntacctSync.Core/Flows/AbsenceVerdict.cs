namespace IntacctSync.Core.Flows;

/// <summary>
/// What is believed of a record that its source does not show. The one rule for all kinds of records: not to be shown
/// is no proof of a deletion. An answer may be passing, a new record may not be visible yet, and a key may belong to
/// another account.
/// </summary>
internal abstract record AbsenceVerdict
{
    /// <summary>How far apart two looks must lie that find a record with a counterpart missing.</summary>
    public static readonly TimeSpan Apart = TimeSpan.FromMinutes(5);

    /// <summary>How long a record is looked for before it is taken for deleted, or a person is asked.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);

    private AbsenceVerdict() { }

    /// <summary>It is taken for deleted.</summary>
    public sealed record Deleted : AbsenceVerdict;

    /// <summary>Nothing is concluded yet.</summary>
    /// <param name="After">When it is looked for again.</param>
    public sealed record LookAgain(TimeSpan After) : AbsenceVerdict;

    /// <summary>A person is asked: the source shows nothing that is known to be there.</summary>
    public sealed record Ask : AbsenceVerdict;

    /// <summary>
    /// Pure. Of a record whose source says itself that it was deleted (a flag, a list of deleted records, an audit
    /// history) this is not asked.
    /// </summary>
    /// <param name="linked">Whether the record has a counterpart, to which a deletion would do something.</param>
    /// <param name="missingFor">How long ago it was first found missing, and at no look since was it there; zero at the
    /// first such look.</param>
    /// <param name="othersShown">Whether the same look, or one just after it, shows a record that is known to be
    /// there.</param>
    public static AbsenceVerdict For(bool linked, TimeSpan missingFor, bool othersShown) =>
        linked switch
        {
            true when missingFor < Apart => new LookAgain(Apart - missingFor),
            true when othersShown => new Deleted(),
            _ when missingFor < Patience => new LookAgain(Pause(missingFor)),
            true => new Ask(),
            false => new Deleted(),
        };

    /// <summary>As long as it has been missing: so the pauses double.</summary>
    private static TimeSpan Pause(TimeSpan missingFor) =>
        missingFor < ShortestPause ? ShortestPause
        : missingFor > LongestPause ? LongestPause
        : missingFor;
}
