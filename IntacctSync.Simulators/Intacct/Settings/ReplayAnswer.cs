namespace IntacctSync.Simulators.Intacct.Settings;

/// <summary>How a function whose control id was executed before is refused.</summary>
public enum ReplayAnswer
{
    /// <summary>A result block without a status, as seen in issue 70 of Intacct's JavaScript SDK.</summary>
    WithoutStatus,

    /// <summary>A failure whose text says so; number and text are [assumed].</summary>
    Error,
}
