using System.Net;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Remote;

namespace IntacctSync.Core.Zuper.Client;

/// <summary>
/// A call to Zuper failed. The message names what was found and what to do, and never holds the API key.
/// </summary>
public class ZuperException : RemoteException
{
    public ZuperException(ZuperFailure failure, string message, Exception? inner = null)
        : base(message, inner: inner) => Failure = failure;

    public ZuperFailure Failure { get; }

    /// <summary>Null when there was no answer.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>Zuper's own words, cleaned and cut; empty when it said nothing.</summary>
    public string Said { get; init; } = "";

    public override Failure Classified => ZuperFailures.Of(this);

    internal override bool MayPassSoon => Failure is ZuperFailure.Unreachable or ZuperFailure.Transient;
}
