using static IntacctSync.Core.Intacct.Errors.IntacctErrorLevel;
using static IntacctSync.Core.Intacct.IntacctFailure;

namespace IntacctSync.Core.Intacct.Errors;

/// <summary>
/// The one table that says what an error means. The first line that matches the chain's cause decides.
/// </summary>
/// <remarks>
/// Numbers alone say little: XL03000006 has five meanings, told apart by level and text. What people named their
/// records is taken out of the text before: a customer may be called "Not Found". If no line matches, the failure is
/// <see cref="IntacctFailure.Unknown"/>, and the request is not repeated. Numbers and texts: developer.intacct.com,
/// Error handling and FAQ, and answers of live companies. <para> A line chooses what a person is told, and whether it
/// may pass. Whether a record exists is never concluded from it: that is read by the record's key. </para>
/// </remarks>
public static class IntacctErrors
{
    /// <summary>"Could not do it": each layer above the one that failed says so.</summary>
    public const string Wrapper = "BL01001973";

    /// <summary>"The entire transaction has been rolled back".</summary>
    public const string RolledBack = "XL03000009";

    private static readonly ErrorRule[] Table =
    [
        // The gateway, before Intacct itself.
        new(Throttled, null, "GW-0010"),
        new(SenderRejected, null, "GW-0011"),
        new(SenderRejected, null, "XMLGW_JPP0002"),
        // The request as a whole.
        new(Malformed, Control, "XL03000003"),
        new(SenderRejected, Control, "XL03000006", "Partner ID or password"),
        new(Malformed, Control, null, "transport policy"),
        new(CompanyExpired, null, "PL04000055"),
        new(Throttled, Control, null, "too many requests"),
        // The login. An unknown error there counts as a refusal, since further tries could lock the user out.
        new(SessionInvalid, Authentication, "XL03000006", "Invalid session"),
        new(SenderNotAuthorized, Authentication, "XL03000006", "Invalid Web Services Authorization"),
        new(SenderNotAuthorized, Authentication, null, "sender ID", "not authorized"),
        new(LoginRejected, null, "DL03000006"),
        new(Transient, Authentication, null, "try again later"),
        new(LoginRejected, Authentication, null),
        // A control id that was used before. Sage publishes neither number nor text, so any wording that names the id
        // is taken.
        new(ReplayRefused, Result, null, "control id", "already"),
        new(ReplayRefused, Result, null, "controlid", "already"),
        new(ReplayRefused, Result, null, "control id", "duplicate"),
        new(ReplayRefused, Result, null, "controlid", "duplicate"),
        new(ReplayRefused, Result, null, "control id", "unique"),
        // Numbers with one meaning.
        new(Malformed, null, "XL03000003"),
        new(Malformed, null, "XL03000010"),
        new(PermissionDenied, null, "PL04000005"),
        new(Duplicate, null, "BL34000061"),
        new(Duplicate, null, "BL03002185"),
        new(Duplicate, null, "PL05000104"),
        new(Duplicate, null, "BL03000130"),
        new(Duplicate, null, "GL-0493"),
        new(InvalidData, null, "PL01000127"),
        new(InvalidData, null, "BL03000018"),
        new(InvalidData, null, "BL03000025"),
        new(InvalidData, null, "BL03002101"),
        new(InvalidData, null, "BL03002128"),
        // Texts, whatever their number.
        new(Malformed, null, null, "Object definition"),
        new(Malformed, null, null, "Invalid fields list"),
        new(Malformed, null, null, "Field requested is not valid"),
        new(AuditDenied, null, null, "permission", "audit history"),
        new(PermissionDenied, null, null, "do not have permission"),
        new(PermissionDenied, null, null, "don't have permission"),
        new(Transient, null, null, "try again later"),
        new(Duplicate, null, null, "already exists"),
        new(Duplicate, null, null, "IA.DUPLICATE"),
        new(Duplicate, null, null, "Duplicate"),
        new(InvalidData, null, null, "is not valid"),
        new(InvalidData, null, null, "Illegal format"),
        new(InvalidData, null, null, "requires a"),
        new(InvalidData, null, null, "missing the", "dimension"),
        new(InvalidData, null, null, "restricted by"),
        new(InvalidData, null, null, "cannot be earlier"),
        new(InvalidData, null, null, "period", "closed"),
        new(InvalidData, null, null, "must be on or after"),
        new(InvalidData, null, null, "errors or inconsistencies"),
        // Only what names the record's own key: "not found" stands in many texts about other things. The misspelling
        // is Intacct's (github.com/Intacct/intacct-sdk-net, issue 21).
        new(NotFound, null, null, "No record exits for the recordkey"),
        new(NotFound, null, null, "No record exists for the recordkey"),
        new(NotFound, null, null, "Cannot find", "with key"),
        // The database failed to answer a read; the same read may succeed later.
        new(Transient, null, "DL02000001"),
    ];

    public static bool IsConsequence(IntacctError error) => error.Number is Wrapper or RolledBack;

    /// <summary>What the chain means. An empty chain is <see cref="IntacctFailure.Unknown"/>.</summary>
    public static IntacctFailure Classify(IntacctErrorChain chain)
    {
        if (chain.Cause is not { } cause)
            return Unknown;
        if (!IsConsequence(cause))
            return Look(chain.Level, cause) is var found and not Unknown ? found : AskedToRetry(chain);
        if (IsDocumentHiccup(chain))
            return Transient;
        return chain.Select(e => Look(chain.Level, e)).FirstOrDefault(f => f != Unknown);
    }

    private static IntacctFailure Look(IntacctErrorLevel level, IntacctError error) =>
        Array.Find(Table, rule => rule.Matches(level, error))?.Failure ?? Unknown;

    private static IntacctFailure AskedToRetry(IntacctErrorChain chain) =>
        chain.Any(e => e.Correction.ContainsIgnoringCase("try again later")) ? Transient : Unknown;

    /// <summary>
    /// Order Entry rolls a document back now and then without a cause; the same document goes through the next time.
    /// </summary>
    private static bool IsDocumentHiccup(IntacctErrorChain chain) =>
        chain.All(IsConsequence)
        && chain.Any(e => e.Number == RolledBack)
        && chain.Any(e => e.Number == Wrapper)
        && chain
            .Where(e => e.Number == Wrapper)
            .All(e => e.ComparableText.ContainsIgnoringCase("Could not create Document record"));
}

/// <summary>
/// One line of the classification table. A part that is null matches anything; the texts must all be found, in any
/// case.
/// </summary>
internal sealed record ErrorRule(
    IntacctFailure Failure,
    IntacctErrorLevel? Level,
    string? Number,
    params string[] Texts
)
{
    public bool Matches(IntacctErrorLevel level, IntacctError error) =>
        (Level is null || Level == level)
        && (
            Number is null
            || string.Equals(Number, error.Number, StringComparison.OrdinalIgnoreCase)
            || string.Equals(Number, error.ErrorId, StringComparison.OrdinalIgnoreCase)
        )
        && (
            Texts.Length == 0
            || Texts.All($"{error.Number} {error.TextWithoutNames} {error.MessageId}".ContainsIgnoringCase)
        );
}

/// <summary>How texts of errors are compared.</summary>
internal static class ErrorText
{
    public static bool ContainsIgnoringCase(this string text, string part) =>
        text.Contains(part, StringComparison.OrdinalIgnoreCase);
}
