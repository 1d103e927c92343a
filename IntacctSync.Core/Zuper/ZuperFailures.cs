using System.Net;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Zuper.Client;

namespace IntacctSync.Core.Zuper;

/// <summary>What each kind of refusal by Zuper means for a record, and what a person can do about it. Pure.</summary>
public static class ZuperFailures
{
    private const string System = "zuper";

    /// <summary>
    /// What a call means for its record. A refusal that may be one of all calls, and not of this one only, names the
    /// system.
    /// </summary>
    public static Failure Of(ZuperException exception)
    {
        var kind = exception is { Failure: ZuperFailure.NotZuper, OutcomeUnknown: true }
            ? ZuperFailure.OutcomeUnknown
            : exception.Failure;
        return Of(kind, exception.Message) with { RetryAfter = exception.RetryAfter, MayPass = IsPassing(exception) };
    }

    /// <summary>What a call means that any key of the account may make: where that is refused, all is.</summary>
    public static Failure OfProbe(ZuperException exception) =>
        exception.Failure switch
        {
            ZuperFailure.NotZuper => Stop(
                "zuper-wrong-address",
                exception.Message,
                "Check zuper.apiUrl: it is the address of the account's region, without /api. Or give "
                    + "zuper.companyName instead."
            ),
            ZuperFailure.NotPermitted => Stop(
                "zuper-key-rejected",
                exception.Message,
                "Give the user that made the API key the rights of an administrator in Zuper, or put the key "
                    + "of one as zuper.apiKey."
            ),
            _ => Of(exception),
        };

    /// <summary>
    /// Whether the same call may succeed in a moment: a record is not found until it can be seen, and an error under
    /// the status of a success was seen to pass.
    /// </summary>
    private static bool IsPassing(ZuperException exception) =>
        exception.Failure switch
        {
            ZuperFailure.NotFound => true,
            ZuperFailure.Rejected => exception
                is { Status: >= HttpStatusCode.OK and < HttpStatusCode.Ambiguous, Said.Length: > 0 },
            _ => false,
        };

    private static Failure Of(ZuperFailure failure, string text) =>
        failure switch
        {
            ZuperFailure.Throttled => new Failure(
                FailureClass.Throttled,
                new Problem("zuper-throttled", text, "Nothing: it is tried again by itself.")
            )
            {
                NotNow = true,
            },
            ZuperFailure.Unreachable => new Failure(
                FailureClass.Transient,
                new Problem(
                    "zuper-unreachable",
                    text,
                    "Check the network and zuper.apiUrl; it is tried again by itself."
                )
            ),
            ZuperFailure.Transient or ZuperFailure.OutcomeUnknown or ZuperFailure.Unreadable => new Failure(
                FailureClass.Transient,
                new Problem("zuper-transient", text, "Nothing: it is tried again by itself.")
            ),
            ZuperFailure.TooLarge => new Failure(
                FailureClass.Data,
                new Problem(
                    "zuper-too-large",
                    text,
                    "Make the record smaller in Zuper: divide it into several, or shorten its texts; then retry."
                )
            ),
            ZuperFailure.KeyRejected => Stop(
                "zuper-key-rejected",
                text,
                "Make a new key under Settings > Account Settings > API Keys in Zuper and put it as zuper.apiKey."
            ),
            ZuperFailure.NotPermitted => new Failure(
                FailureClass.Data,
                new Problem(
                    "zuper-permission",
                    text,
                    "In Zuper, give the user that made the API key the right to this, then retry all with this cause."
                ),
                System: System
            ),
            ZuperFailure.NotZuper => new Failure(
                FailureClass.Data,
                new Problem(
                    "zuper-refused",
                    text,
                    "Zuper does not offer this to the account: look at the account's plan and rights, then retry."
                ),
                System: System
            ),
            ZuperFailure.ForbiddenHost => Stop(
                "zuper-host-forbidden",
                text,
                "If the address is Zuper's own, add its host to Apps:AllowedHosts."
            ),
            ZuperFailure.NotFound => new Failure(
                FailureClass.Data,
                new Problem(
                    "zuper-not-found",
                    text,
                    "The record is gone from Zuper: ignore it, or restore it there and retry."
                )
            ),
            _ => new Failure(
                FailureClass.Data,
                new Problem("zuper-refused", text, "Correct what Zuper names, then retry.")
            ),
        };

    private static Failure Stop(string code, string text, string fix) =>
        new(FailureClass.Authentication, new Problem(code, text, fix), System: System);
}
