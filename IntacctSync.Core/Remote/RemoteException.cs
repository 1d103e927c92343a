using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Remote;

/// <summary>
/// A call to another system without a usable answer. Each system has its own kind of exception, which says what it
/// means for the record that the call was made for.
/// </summary>
/// <remarks>Its message holds no secret. It may hold names and addresses, so no log holds the message.</remarks>
public abstract class RemoteException(
    string message,
    bool outcomeUnknown = false,
    TimeSpan? retryAfter = null,
    Exception? inner = null
) : Exception(message, inner), ILogText
{
    /// <summary>The cause alone: the message may quote what the other system said of people.</summary>
    public string LogText => Classified.Problem.Code;

    /// <summary>What it means for the record, and what a person can do about it.</summary>
    public abstract Failure Classified { get; }

    /// <summary>True: what was asked for may have been carried out. False: it certainly was not.</summary>
    public bool OutcomeUnknown { get; init; } = outcomeUnknown;

    /// <summary>How long to wait before another try has a chance, where that is known; at most 15 minutes.</summary>
    public TimeSpan? RetryAfter { get; init; } = retryAfter;

    /// <summary>
    /// True when the same call may succeed a second later: the remote, or the way to it, failed for the moment.
    /// </summary>
    internal abstract bool MayPassSoon { get; }
}
