using System.Net;

namespace IntacctSync.Core.Remote;

/// <summary>
/// An exchange that ended without an answer to judge. Only the clients of the systems see it: each says it in its own
/// words.
/// </summary>
/// <param name="fault">What happened.</param>
/// <param name="message">The same in words, without the host's name.</param>
/// <param name="retryAfter">Of a call that was not let through: when it may come again.</param>
/// <param name="inner">What was thrown below.</param>
internal sealed class ExchangeException(
    ExchangeFault fault,
    string message,
    TimeSpan? retryAfter = null,
    Exception? inner = null
) : Exception(message, inner)
{
    public ExchangeFault Fault { get; } = fault;

    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>True when the time-out ended it.</summary>
    public bool TimedOut { get; init; }

    /// <summary>Of an answer that is too long.</summary>
    public HttpStatusCode? Status { get; init; }
}

/// <summary>Why an exchange brought no answer to judge.</summary>
internal enum ExchangeFault
{
    /// <summary>The address is not among the allowed hosts; nothing was sent.</summary>
    ForbiddenHost,

    /// <summary>The account's budget is used up, or its circuit is open; nothing was sent.</summary>
    NotAdmitted,

    /// <summary>No connection could be made, so that nothing of the request can have been carried out.</summary>
    NotSent,

    /// <summary>The request may have arrived, and no whole answer came.</summary>
    NoAnswer,

    /// <summary>The answer is longer than what is read.</summary>
    TooLong,
}
