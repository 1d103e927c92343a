namespace IntacctSync.Core.Domain;

/// <summary>Where a record stands, as the operations API shows it.</summary>
public enum RecordState
{
    /// <summary>A change is known and not yet carried over.</summary>
    Pending,

    /// <summary>Both sides were equal when last looked at.</summary>
    Synced,

    /// <summary>Nothing was to be done, or a rule leaves the record out; the timeline says which.</summary>
    Skipped,

    /// <summary>A write got no answer; whether it landed is being looked up.</summary>
    InDoubt,

    /// <summary>A person must change something; the problem's fix says what.</summary>
    NeedsAction,

    /// <summary>Given up; it can be retried by hand.</summary>
    Dead,
}
