namespace IntacctSync.Core.Domain;

/// <summary>A failure, classified.</summary>
/// <param name="Class">Its kind.</param>
/// <param name="Problem">What to tell a person.</param>
/// <param name="RetryAfter">How long the other side asked to wait, or when an outcome can be looked up; null where
/// nothing was said.</param>
/// <param name="System">The system that refused a sign-in, or that may refuse every call and not only this one, such as
/// <c>intacct</c>.</param>
public sealed record Failure(FailureClass Class, Problem Problem, TimeSpan? RetryAfter = null, string? System = null)
{
    /// <summary>
    /// Of a <see cref="FailureClass.Data"/>: whether the answer may be a passing one, such as a record that is not
    /// found. It is then tried a few times before a person is asked.
    /// </summary>
    public bool MayPass { get; init; }

    /// <summary>
    /// Of an <see cref="FailureClass.InDoubt"/>: whether it has lasted so long that a person is told. The write is as
    /// much in doubt as before, so nothing else of the record is written until it is looked up.
    /// </summary>
    public bool AsksPerson { get; init; }

    /// <summary>
    /// Of a <see cref="FailureClass.Throttled"/>: whether a system takes no calls just now, so that nothing could be
    /// learned of the record. Else it is the record that waits, for another one or until it is shown.
    /// </summary>
    public bool NotNow { get; init; }

    /// <summary>
    /// Whether its source did not show the record itself. Its events then do not count as handled, so that it is taken
    /// up again when it is shown.
    /// </summary>
    public bool NotShown { get; init; }
}

/// <summary>What kind of failure it was. Each kind is handled in its own way.</summary>
public enum FailureClass
{
    /// <summary>It may pass by itself: tried again after a growing delay, for three days.</summary>
    Transient,

    /// <summary>A limit of the other side: waited for without counting as a failure.</summary>
    Throttled,

    /// <summary>
    /// Nothing is known of the outcome of a write: put off until it can be looked up, without counting as a failure.
    /// </summary>
    InDoubt,

    /// <summary>The record, or a setting, is not acceptable: a person is needed.</summary>
    Data,

    /// <summary>A sign-in is refused: the connection stops.</summary>
    Authentication,

    /// <summary>Nobody knows: five tries, then given up.</summary>
    Unknown,
}
