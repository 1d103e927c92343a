using System.Text.RegularExpressions;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Intacct.Errors;

/// <summary>What each kind of refusal by Intacct means for a record, and what a person can do about it. Pure.</summary>
public static partial class IntacctFailures
{
    /// <summary>The code of a problem where the user's role lacks a permission.</summary>
    public const string PermissionCode = "intacct-permission";

    private const string System = "intacct";

    public static Failure Of(IntacctException exception) =>
        exception.OutcomeUnknown && exception.Failure is not IntacctFailure.Throttled
            ? new Failure(
                FailureClass.Transient,
                new Problem("intacct-no-answer", exception.Message, "Nothing: it is tried again by itself."),
                exception.RetryAfter
            )
            : Of(exception.Failure, exception.Message, exception.Errors) with
            {
                RetryAfter = exception.RetryAfter,
            };

    /// <summary>As the method below, but a known cause gets a code and a fix of its own.</summary>
    /// <param name="failure">How the client classified it.</param>
    /// <param name="text">Intacct's own words, cause first.</param>
    /// <param name="errors">What Intacct said.</param>
    public static Failure Of(IntacctFailure failure, string text, IntacctErrorChain errors) =>
        failure
            is IntacctFailure.Duplicate
                or IntacctFailure.InvalidData
                or IntacctFailure.NotFound
                or IntacctFailure.Unknown
        && IntacctCauses.CodeOf(errors) is { } code
            ? Data(code, text, IntacctFixes.Of(code))
            : Of(failure, text);

    /// <param name="failure">How the client classified it.</param>
    /// <param name="text">Intacct's own words, cause first.</param>
    public static Failure Of(IntacctFailure failure, string text) =>
        failure switch
        {
            IntacctFailure.Unreachable => new Failure(
                FailureClass.Transient,
                new Problem(
                    "intacct-unreachable",
                    text,
                    "Check the network and Intacct:Endpoint; it is tried again by itself."
                )
            ),
            IntacctFailure.Throttled => new Failure(
                FailureClass.Throttled,
                new Problem(
                    "intacct-throttled",
                    text,
                    "Nothing: it is tried again by itself. If it lasts, other integrations use up the "
                        + "company's requests."
                )
            )
            {
                NotNow = true,
            },
            IntacctFailure.Transient or IntacctFailure.OutcomeUnknown or IntacctFailure.SessionInvalid => new Failure(
                FailureClass.Transient,
                new Problem("intacct-transient", text, "Nothing: it is tried again by itself.")
            ),
            IntacctFailure.TooLarge => Data(
                "intacct-too-large",
                text,
                "Make the record smaller in Intacct: divide it into several, or shorten its texts; then retry."
            ),
            IntacctFailure.SenderRejected => Stop(
                "intacct-sender-rejected",
                text,
                "Check intacct.senderId and intacct.senderPassword with whoever gave you the Web Services sender."
            ),
            IntacctFailure.SenderNotAuthorized => Stop(
                "intacct-sender-not-authorized",
                text,
                "In Intacct, under Company > Setup > Company > Security > Web Services authorizations, add the "
                    + "sender ID."
            ),
            IntacctFailure.LoginRejected => Stop(
                "intacct-login-rejected",
                text,
                "Check intacct.companyId, intacct.userId and intacct.userPassword, and that the user is not locked."
            ),
            IntacctFailure.OtherCompany => Stop(
                "intacct-other-account",
                text,
                "Check intacct.companyId: the records of a connection are linked in one company. For another one, make "
                    + "a connection of its own."
            ),
            IntacctFailure.CompanyExpired => Stop(
                "intacct-company-expired",
                text,
                "Ask Sage to renew the company, or connect another one."
            ),
            IntacctFailure.ForbiddenEndpoint => Stop(
                "intacct-endpoint-forbidden",
                text,
                "If the address is Intacct's own, add its host to Intacct:AllowedHosts."
            ),
            IntacctFailure.PermissionDenied => Data(
                PermissionCode,
                text,
                "Give the Web Services user's role this permission in Intacct, under Company > Admin > Roles, then "
                    + "retry."
            ),
            IntacctFailure.AuditDenied => Data(
                "intacct-audit-permission",
                text,
                "Let the Web Services user's role list the audit trail in Intacct, so that deletions are seen."
            ),
            IntacctFailure.Duplicate => Data(
                "intacct-duplicate",
                text,
                "Find the record that has the value in Intacct, then link it, or change it and retry."
            ),
            IntacctFailure.NotFound => Data(
                "intacct-not-found",
                text,
                "Look in Intacct whether the record that it names is still there. If it is gone, link this record to "
                    + "another one, or ignore it; if not, retry."
            ),
            IntacctFailure.InvalidData => Data(
                "intacct-refused",
                text,
                "Correct the value in the app, or the set-up in Intacct that forbids it, then retry."
            ),
            IntacctFailure.Malformed => Data(
                "intacct-malformed",
                text,
                "This is a fault of IntacctSync: report it with this text."
            ),
            IntacctFailure.ReplayRefused => Data(
                "intacct-replay",
                text,
                "Look in Intacct whether the write was kept, then link or retry."
            ),
            _ => Data(
                "intacct-unknown",
                text,
                "IntacctSync does not know this text of Intacct: look at the reason that it gives, mend it, then retry."
            ),
        };

    /// <summary>
    /// The object that the user's role does not let it read or write, in upper case, such as <c>CUSTOMER</c>; null for
    /// any other problem, and where Intacct does not name it. Sage publishes no text; this is what companies were
    /// answered.
    /// </summary>
    public static string? DeniedObject(Problem problem) =>
        problem.Code == PermissionCode && Denied().Match(problem.Message) is { Success: true } denied
            ? denied.Groups["object"].Value.ToUpperInvariant()
            : null;

    [GeneratedRegex("API operation \\w+ on objects of type (?<object>\\w+)", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Denied();

    private static Failure Stop(string code, string text, string fix) =>
        new(FailureClass.Authentication, new Problem(code, text, fix), System: System);

    private static Failure Data(string code, string text, string fix) =>
        new(FailureClass.Data, new Problem(code, text, fix));
}
