using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Errors;
using IntacctSync.Core.Remote;

namespace IntacctSync.Core.Intacct;

/// <summary>
/// A request that brought no result for its functions: transport, control or authentication failed; or a read that was
/// refused.
/// </summary>
public sealed class IntacctException(
    IntacctFailure failure,
    string message,
    IntacctErrorChain? errors = null,
    bool outcomeUnknown = false,
    TimeSpan? retryAfter = null,
    Exception? innerException = null
) : RemoteException(message, outcomeUnknown, retryAfter, innerException)
{
    public IntacctFailure Failure { get; } = failure;

    /// <summary>What Intacct said; empty when it said nothing.</summary>
    public IntacctErrorChain Errors { get; } = errors ?? IntacctErrorChain.Empty;

    public override Failure Classified => IntacctFailures.Of(this);

    internal override bool MayPassSoon =>
        Failure is IntacctFailure.Unreachable or IntacctFailure.OutcomeUnknown or IntacctFailure.Transient
        && InnerException is not BodyTooLongException;

    /// <summary>
    /// True where the functions certainly did not go out: no session could be opened for them, the call was not
    /// admitted, or nothing could be reached.
    /// </summary>
    internal bool IsUnsent { get; init; }

    /// <summary>
    /// The same failure, for a request that is made before the functions are sent. So none of them was executed.
    /// </summary>
    internal IntacctException BeforeAnyFunction() =>
        new(
            OutcomeUnknown ? IntacctFailure.Transient : Failure,
            OutcomeUnknown ? $"Opening a session failed, so nothing was executed. {Message}" : Message,
            Errors,
            false,
            RetryAfter,
            this
        )
        {
            IsUnsent = true,
        };
}
