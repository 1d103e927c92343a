namespace IntacctSync.Core.Zuper.Client;

/// <summary>Why a call to Zuper gave nothing to work with.</summary>
public enum ZuperFailure
{
    /// <summary>The host could not be reached, or a call that only reads got no whole answer.</summary>
    Unreachable,

    /// <summary>A call that writes was sent and got no whole answer: it may have been carried out.</summary>
    OutcomeUnknown,

    /// <summary>The account's request budget is spent, by our own count or by Zuper's (429, 529).</summary>
    Throttled,

    /// <summary>Zuper or what stands before it failed (5xx, also as HTML; 408, 425).</summary>
    Transient,

    /// <summary>The API key is missing or wrong (401).</summary>
    KeyRejected,

    /// <summary>The key is known, but its user may not do this (403).</summary>
    NotPermitted,

    /// <summary>Zuper knows no such record or company.</summary>
    NotFound,

    /// <summary>Zuper understood the call and refused it.</summary>
    Rejected,

    /// <summary>What answered is no Zuper API: a wrong address, or a proxy.</summary>
    NotZuper,

    /// <summary>The address is not among the allowed hosts; nothing was sent.</summary>
    ForbiddenHost,

    /// <summary>The answer is cut off, or not of the documented shape.</summary>
    Unreadable,

    /// <summary>The answer to a call that only reads is larger than what is read.</summary>
    TooLarge,
}
