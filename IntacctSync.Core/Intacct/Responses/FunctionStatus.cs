namespace IntacctSync.Core.Intacct.Responses;

/// <summary>What became of one function.</summary>
public enum FunctionStatus
{
    /// <summary>
    /// The answer does not say: no result, no status, or one that contradicts itself. Never to be taken for success.
    /// </summary>
    Unknown,

    /// <summary>Executed; nothing else is.</summary>
    Success,

    /// <summary>Refused. A function with several objects may have kept some of them; its records show which.</summary>
    Failure,

    /// <summary>Rolled back.</summary>
    Aborted,
}
