using System.Net;

namespace IntacctSync.Core.Zuper.Client;

/// <summary>
/// A call to Zuper failed. The message names what was found and what to do, and never holds the API key.
/// </summary>
public class ZuperException : Exception
{
    public ZuperException(ZuperFailure failure, string message, Exception? inner = null)
        : base(message, inner) => Failure = failure;

    public ZuperFailure Failure { get; }

    /// <summary>Null when there was no answer.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>Zuper's own words, cleaned and cut; empty when it said nothing.</summary>
    public string Said { get; init; } = "";

    /// <summary>
    /// How long to wait before another try has a chance, where that is known. Different for each of many waiters.
    /// </summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>True when the call would have changed something and may have done so.</summary>
    public bool OutcomeUnknown { get; init; }
}
