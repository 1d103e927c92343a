namespace IntacctSync.Simulators.Intacct.Records;

/// <summary>Who changes something, when, and what follows from the switches.</summary>
/// <param name="At">To the second.</param>
/// <param name="UserId">Login id.</param>
/// <param name="UserNo">RECORDNO of the user.</param>
/// <param name="Entity">The entity that the user is signed in to; empty = top level.</param>
/// <param name="Source">As in AUDITHISTORY: <c>api</c>, <c>ui</c>.</param>
/// <param name="NullWhenModified">New records get no WHENMODIFIED.</param>
/// <param name="KeepsPrevious">Changes are seen late, so that the version before is still wanted.</param>
internal sealed record Stamp(
    DateTimeOffset At,
    string UserId,
    int UserNo,
    string Entity,
    string Source,
    bool NullWhenModified,
    bool KeepsPrevious
);
