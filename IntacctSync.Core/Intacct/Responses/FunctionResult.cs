using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Errors;

namespace IntacctSync.Core.Intacct.Responses;

/// <summary>The result of one function that was sent.</summary>
public sealed record FunctionResult(ControlId ControlId, string Function, FunctionStatus Status)
{
    /// <summary>
    /// What legacy creates and updates answer: a RECORDNO, or the document id of an Order Entry document.
    /// </summary>
    public string? Key { get; init; }

    /// <summary>
    /// The records of a read, or the RECORDNO and name field of each object that was written; with a failure, what was
    /// kept.
    /// </summary>
    public IReadOnlyList<IntacctRecord> Records { get; init; } = [];

    /// <summary>
    /// True when the answer, complete otherwise, has a result for this very function that lacks its status: the shape
    /// in which a replay was seen to be refused (github.com/Intacct/intacct-sdk-js, issue 70).
    /// </summary>
    public bool WithoutStatus { get; init; }

    /// <summary>How many records the query has in all, when the answer says so.</summary>
    public long? TotalCount { get; init; }

    /// <summary>How many records are left after this page, when the answer says so.</summary>
    public long? NumRemaining { get; init; }

    public IntacctErrorChain Errors { get; init; } = IntacctErrorChain.Empty;

    /// <summary>
    /// Null for a success. Without a status it is in doubt, unless the error says that the control id was used before.
    /// </summary>
    public IntacctFailure? Failure =>
        Status switch
        {
            FunctionStatus.Success => null,
            FunctionStatus.Unknown => Errors.Failure is IntacctFailure.ReplayRefused
                ? IntacctFailure.ReplayRefused
                : IntacctFailure.OutcomeUnknown,
            _ => Errors.Failure,
        };

    /// <summary>
    /// The RECORDNO of the one object that was written, of whichever shape; null when the answer names none.
    /// </summary>
    public string? RecordNo => Records is [var only] ? only["RECORDNO"] ?? Key : Key;
}
