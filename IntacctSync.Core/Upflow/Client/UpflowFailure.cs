namespace IntacctSync.Core.Upflow.Client;

/// <summary>Why a call to Upflow gave nothing to work with.</summary>
public enum UpflowFailure
{
    /// <summary>The host could not be reached, or a call that only reads got no whole answer.</summary>
    Unreachable,

    /// <summary>A call that writes was sent and got no whole answer: it may have been carried out.</summary>
    OutcomeUnknown,

    /// <summary>The organisation's requests are used up, by our own count or by Upflow's (429).</summary>
    Throttled,

    /// <summary>Upflow or what stands before it failed (5xx, 408, 425).</summary>
    Transient,

    /// <summary>The key or its secret is missing or wrong (401).</summary>
    KeyRejected,

    /// <summary>The keys are known and may not do this (403).</summary>
    NotPermitted,

    /// <summary>Upflow knows no such record.</summary>
    NotFound,

    /// <summary>Upflow understood the call and refused it.</summary>
    Rejected,

    /// <summary>What answered is not Upflow's API: a wrong address, or a proxy.</summary>
    NotUpflow,

    /// <summary>The address is not among the allowed hosts; nothing was sent.</summary>
    ForbiddenHost,

    /// <summary>The answer is cut off, or not of the expected shape.</summary>
    Unreadable,

    /// <summary>The answer to a call that only reads is larger than what is read.</summary>
    TooLarge,
}
