using IntacctSync.Core.Domain;
using IntacctSync.Core.Zuper;

namespace IntacctSync.Core.Recoverability;

/// <summary>What each kind of refusal by Zuper means for a record, and what a person can do about it. Pure.</summary>
public static class ZuperFailures
{
    private const string System = "zuper";

    public static Failure Of(ZuperException exception) => Of(exception.Failure, exception.Message) with { RetryAfter = exception.RetryAfter };

    private static Failure Of(ZuperFailure failure, string text) => failure switch
    {
        ZuperFailure.Throttled => new Failure(
            FailureClass.Throttled, new Problem("zuper-throttled", text, "Nothing: it is tried again by itself.")),
        ZuperFailure.Unreachable => new Failure(
            FailureClass.Transient, new Problem("zuper-unreachable", text, "Check the network and zuper.apiUrl; it is tried again by itself.")),
        ZuperFailure.Transient or ZuperFailure.OutcomeUnknown or ZuperFailure.Unreadable => new Failure(
            FailureClass.Transient, new Problem("zuper-transient", text, "Nothing: it is tried again by itself.")),
        ZuperFailure.KeyRejected => Stop(
            "zuper-key-rejected", text, "Make a new key under Settings > Account Settings > API Keys in Zuper and put it as zuper.apiKey."),
        ZuperFailure.NotZuper => Stop(
            "zuper-wrong-address", text, "Check zuper.apiUrl: it is the account's dc_api_url, without /api. Or give zuper.companyName instead."),
        ZuperFailure.ForbiddenHost => Stop("zuper-host-forbidden", text, "If the address is Zuper's own, add its host to Apps:AllowedHosts."),
        ZuperFailure.NotFound => new Failure(
            FailureClass.Data, new Problem("zuper-not-found", text, "The record is gone from Zuper: ignore it, or restore it there and retry.")),
        _ => new Failure(FailureClass.Data, new Problem("zuper-refused", text, "Correct what Zuper names, then retry.")),
    };

    private static Failure Stop(string code, string text, string fix) =>
        new(FailureClass.Authentication, new Problem(code, text, fix), System: System);
}
