namespace IntacctSync.Core.Runs;

/// <summary>What became of a purge.</summary>
public enum PurgeOutcome
{
    /// <summary>Nothing of the connection is left.</summary>
    Done,

    /// <summary>There is no such connection.</summary>
    Unknown,

    /// <summary>A worker is at the company: the connection is deactivated, and is to be purged again when the worker has ended.</summary>
    Busy,
}
