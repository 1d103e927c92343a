namespace IntacctSync.Core.Intacct.Responses;

/// <summary>What became of one function.</summary>
public enum FunctionStatus
{
    /// <summary>
    /// The answer does not say it: there is no result, no status, or a contradiction. This never counts as success.
    /// </summary>
    Unknown,

    /// <summary>The function was executed. No other status means that.</summary>
    Success,

    /// <summary>Refused. A function with several objects may have kept some of them; its records show which.</summary>
    Failure,

    /// <summary>The function was rolled back.</summary>
    Aborted,
}
