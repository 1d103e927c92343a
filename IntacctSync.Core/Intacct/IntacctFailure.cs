namespace IntacctSync.Core.Intacct;

/// <summary>The kind of a failure, which says what can be done about it.</summary>
public enum IntacctFailure
{
    /// <summary>Unknown: none of the others. It counts as permanent until a person has looked at it.</summary>
    Unknown,

    /// <summary>No connection could be made; nothing was sent.</summary>
    Unreachable,

    /// <summary>The request went out and no answer came that says what became of it.</summary>
    OutcomeUnknown,

    /// <summary>Too many requests at once: wait, then send again.</summary>
    Throttled,

    /// <summary>The answer to a request that only reads is larger than what is read.</summary>
    TooLarge,

    /// <summary>Refused for now, and certainly not executed: the same request may succeed later.</summary>
    Transient,

    /// <summary>The sender id or its password is wrong.</summary>
    SenderRejected,

    /// <summary>The company has not authorised the sender. The company's administrator must do that.</summary>
    SenderNotAuthorized,

    /// <summary>The company, user or user password is wrong. Repeating it can lock the user out.</summary>
    LoginRejected,

    /// <summary>A session was opened for another company than was asked for; nothing was done in it.</summary>
    OtherCompany,

    /// <summary>The session ended, and a new one was refused as well.</summary>
    SessionInvalid,

    /// <summary>The user's role does not allow it.</summary>
    PermissionDenied,

    /// <summary>The user's role may not see the audit history; all else goes on without it.</summary>
    AuditDenied,

    /// <summary>Something with that key, name or number exists already.</summary>
    Duplicate,

    /// <summary>The record does not exist.</summary>
    NotFound,

    /// <summary>Intacct's rules refuse the data; a person must change it.</summary>
    InvalidData,

    /// <summary>The request itself is wrong: a mistake of this program.</summary>
    Malformed,

    /// <summary>A demo company has reached its end.</summary>
    CompanyExpired,

    /// <summary>A function with this control id was executed before.</summary>
    ReplayRefused,

    /// <summary>An endpoint outside the allowed hosts; nothing was sent there.</summary>
    ForbiddenEndpoint,
}
