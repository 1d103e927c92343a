namespace IntacctSync.Core.Recoverability;

/// <summary>What kind of failure it was; each kind has its own way.</summary>
public enum FailureClass
{
    /// <summary>It may pass by itself: tried again after a growing delay, for three days.</summary>
    Transient,

    /// <summary>A limit of the other side: waited for without counting as a failure.</summary>
    Throttled,

    /// <summary>Nothing is known of the outcome of a write: put off until it can be looked up, without counting as a failure.</summary>
    InDoubt,

    /// <summary>The record, or a setting, is not acceptable: a person is needed.</summary>
    Data,

    /// <summary>A sign-in is refused: the connection stops.</summary>
    Authentication,

    /// <summary>Nobody knows: five tries, then given up.</summary>
    Unknown,
}
