using IntacctSync.Core.Domain;
using IntacctSync.Core.Upflow.Client;

namespace IntacctSync.Core.Upflow;

/// <summary>What each kind of refusal by Upflow means for a record, and what a person can do about it. Pure.</summary>
public static class UpflowFailures
{
    private const string System = "upflow";

    /// <summary>
    /// What a call means for its record. A refusal that may be one of all calls, and not of this one only, names the
    /// system.
    /// </summary>
    public static Failure Of(UpflowException exception)
    {
        var kind = exception is { Failure: UpflowFailure.NotUpflow, OutcomeUnknown: true }
            ? UpflowFailure.OutcomeUnknown
            : exception.Failure;
        return Of(kind, exception.Message) with
        {
            RetryAfter = exception.RetryAfter,

            // A record is not found until it can be seen.
            MayPass = kind == UpflowFailure.NotFound,
        };
    }

    /// <summary>What a call means that any pair of keys may make: where that is refused, all is.</summary>
    public static Failure OfProbe(UpflowException exception) =>
        exception.Failure switch
        {
            UpflowFailure.NotUpflow or UpflowFailure.NotFound => Stop(
                "upflow-wrong-address",
                exception.Message,
                "Check upflow.apiUrl: it is https://api.upflow.io/v1, or https://api.sandbox.upflow.io/v1 for the "
                    + "sandbox."
            ),
            UpflowFailure.NotPermitted => Stop(
                "upflow-key-rejected",
                exception.Message,
                "Make a new pair of keys under Settings > API in Upflow and put both."
            ),
            _ => Of(exception),
        };

    private static Failure Of(UpflowFailure failure, string text) =>
        failure switch
        {
            UpflowFailure.Throttled => new Failure(
                FailureClass.Throttled,
                new Problem("upflow-throttled", text, "Nothing: it is tried again by itself.")
            )
            {
                NotNow = true,
            },
            UpflowFailure.Unreachable => new Failure(
                FailureClass.Transient,
                new Problem(
                    "upflow-unreachable",
                    text,
                    "Check the network and upflow.apiUrl; it is tried again by itself."
                )
            ),
            UpflowFailure.Transient or UpflowFailure.OutcomeUnknown or UpflowFailure.Unreadable => new Failure(
                FailureClass.Transient,
                new Problem("upflow-transient", text, "Nothing: it is tried again by itself.")
            ),
            UpflowFailure.TooLarge => new Failure(
                FailureClass.Data,
                new Problem(
                    "upflow-too-large",
                    text,
                    "Make the record smaller in Upflow: divide it into several, or shorten its texts; then retry."
                )
            ),
            UpflowFailure.KeyRejected => Stop(
                "upflow-key-rejected",
                text,
                "Make a new pair of keys under Settings > API in Upflow and put them as upflow.apiKey and "
                    + "upflow.apiSecret."
            ),
            UpflowFailure.NotPermitted => new Failure(
                FailureClass.Data,
                new Problem(
                    "upflow-permission",
                    text,
                    "Ask Upflow to open this part of the API to the organisation, then retry all with this cause."
                ),
                System: System
            ),
            UpflowFailure.NotUpflow => new Failure(
                FailureClass.Data,
                new Problem(
                    "upflow-refused",
                    text,
                    "Upflow does not offer this to the organisation: look at its plan and its address, then retry."
                ),
                System: System
            ),
            UpflowFailure.ForbiddenHost => Stop(
                "upflow-host-forbidden",
                text,
                "If the address is Upflow's own, add its host to Apps:AllowedHosts."
            ),
            UpflowFailure.NotFound => new Failure(
                FailureClass.Data,
                new Problem(
                    "upflow-not-found",
                    text,
                    "Something that the record refers to is gone from Upflow: retry the record that it belongs to, "
                        + "then this one."
                )
            ),
            _ => new Failure(
                FailureClass.Data,
                new Problem("upflow-refused", text, "Correct what Upflow names, then retry.")
            ),
        };

    private static Failure Stop(string code, string text, string fix) =>
        new(FailureClass.Authentication, new Problem(code, text, fix), System: System);
}
