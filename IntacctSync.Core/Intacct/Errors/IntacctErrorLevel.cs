namespace IntacctSync.Core.Intacct.Errors;

/// <summary>Where in an answer a failure stands; the first level that failed decides.</summary>
public enum IntacctErrorLevel
{
    /// <summary>The HTTP status, or no answer at all.</summary>
    Transport,

    /// <summary>The request as a whole: its form, and its sender.</summary>
    Control,

    /// <summary>The login or session; no function was executed.</summary>
    Authentication,

    /// <summary>One function.</summary>
    Result,
}
