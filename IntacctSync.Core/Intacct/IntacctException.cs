using IntacctSync.Core.Intacct.Errors;

namespace IntacctSync.Core.Intacct;

/// <summary>
/// A request that brought no result for its functions: transport, control or authentication failed; or a read that was
/// refused.
/// </summary>
/// <remarks>Its message holds no secret.</remarks>
public sealed class IntacctException(
    IntacctFailure failure,
    string message,
    IntacctErrorChain? errors = null,
    bool outcomeUnknown = false,
    TimeSpan? retryAfter = null,
    Exception? innerException = null
) : Exception(message, innerException)
{
    public IntacctFailure Failure { get; } = failure;

    /// <summary>What Intacct said; empty when it said nothing.</summary>
    public IntacctErrorChain Errors { get; } = errors ?? IntacctErrorChain.Empty;

    /// <summary>True: the functions may have been executed. False: certainly none was.</summary>
    public bool OutcomeUnknown { get; } = outcomeUnknown;

    /// <summary>How long the answer asked to wait, when it did.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>
    /// The same failure of a request that went ahead of the functions, of which therefore none was executed.
    /// </summary>
    internal IntacctException BeforeAnyFunction() =>
        !OutcomeUnknown
            ? this
            : new IntacctException(
                IntacctFailure.Transient,
                $"Opening a session failed, so nothing was executed. {Message}",
                Errors,
                false,
                RetryAfter,
                this
            );
}
