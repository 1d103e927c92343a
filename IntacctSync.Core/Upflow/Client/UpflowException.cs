using System.Net;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Remote;

namespace IntacctSync.Core.Upflow.Client;

/// <summary>
/// A call to Upflow failed. The message names what was found and what to do, and never holds a key.
/// </summary>
public sealed class UpflowException : RemoteException
{
    public UpflowException(UpflowFailure failure, string message, Exception? inner = null)
        : base(message, inner: inner) => Failure = failure;

    public UpflowFailure Failure { get; }

    /// <summary>Null when there was no answer.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>Upflow's own words, cleaned and cut; empty when it said nothing.</summary>
    public string Said { get; init; } = "";

    public override Failure Classified => UpflowFailures.Of(this);

    internal override bool MayPassSoon => Failure is UpflowFailure.Unreachable or UpflowFailure.Transient;
}
