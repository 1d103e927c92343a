using IntacctSync.Core.Review;
using IntacctSync.Web.Description;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Operations;

/// <summary>What callers must know of the calls that look at both sides.</summary>
internal static class ReviewCalls
{
    public static readonly CallDescription Explain = new(
        "explainRecord",
        "What a sync would do with a record, and why."
    )
    {
        Details =
            "Reads both sides now and rehearses the record. Writes nothing in either system and changes no row. "
            + "request is the text that would be sent, without secrets.",
        Replies =
        [
            new(
                StatusCodes.Status200OK,
                "Both sides, what differs, and what would be done.",
                typeof(RecordExplanation)
            ),
            new(StatusCodes.Status404NotFound, "There is no such connection, flow or record."),
            new(
                StatusCodes.Status409Conflict,
                "A person must mend something first, such as a permission, a sign-in or a secret; detail says what."
            ),
            Reply.Later(
                StatusCodes.Status503ServiceUnavailable,
                "The sync is at the company just now, or a system does not answer: ask again."
            ),
        ],
    };

    public static readonly CallDescription Preview = new("previewSync", "What a first sync would do, without writing.")
    {
        Details =
            "Rehearses the flows that are on, parents first. The run's report has the counts and the first 100 of "
            + "each: create, adopt, change, skip, ask, wait, failed. Nothing is written in either system, and no "
            + "row changes.",
        Body = new CallBody(
            Required: false,
            new BodyMember("since", "Only what changed since then, whatever its own date.", MemberKind.Time),
            new BodyMember("full", "true looks at records of any date. Not beside since.", MemberKind.Flag),
            new BodyMember(
                "first",
                "true looks as a first sync does, which is the same as no member. Not beside since or full.",
                MemberKind.Flag
            ),
            new BodyMember("flow", "Only this flow; without it all that are on.", MemberKind.Text)
        ),
        Replies = [Begun, NoConnection, UnderWay],
    };

    public static readonly CallDescription Reconcile = new("reconcile", "Compares both sides, and changes nothing.")
    {
        Details =
            "Records with a date are those of the days from since to until; master data is compared as a whole. The "
            + "run's report has the counts, why records are left out, and the sums by currency and day; each "
            + "difference, with its cause and a proposed repair, is in its report call. A flow that is off is refused.",
        Body = new CallBody(
            Required: false,
            new BodyMember("since", "The first day; without it there is no beginning.", MemberKind.Time),
            new BodyMember("until", "The last day; without it there is no end.", MemberKind.Time),
            new BodyMember("flows", "Only these flows; without it all that are on.", MemberKind.Texts)
        ),
        Replies =
        [
            Begun,
            NoConnection,
            new(StatusCodes.Status409Conflict, "One is under way, or a flow is off, so that nothing can be compared."),
        ],
    };

    public static readonly CallDescription Rebuild = new("rebuildKeyMap", "Makes the key map anew from both systems.")
    {
        Details =
            "For a store that was lost. A record that shows the id of its other half is linked to it, where the two "
            + "are surely one; the report names those that were left. Neither system is changed.",
        Body = new CallBody(
            Required: false,
            new BodyMember("replace", "true replaces the links that there are.", MemberKind.Flag)
        ),
        Replies =
        [
            Begun,
            NoConnection,
            new(StatusCodes.Status409Conflict, "Records are linked already, or a rebuild is under way."),
        ],
    };

    public static readonly CallDescription Report = new("getReport", "The report of a comparison.")
    {
        Query =
        [
            new(
                "format",
                "json, or csv: a line for each of what of names, differences field by field. Without it json.",
                "json",
                "csv"
            ),
            new(
                "of",
                "What the csv has; json has all. Without it differences.",
                "differences",
                "leftOut",
                "onlyAtTarget",
                "sums"
            ),
        ],
        Replies =
        [
            new(StatusCodes.Status200OK, "Every difference.", typeof(ReconcileReport)),
            new(StatusCodes.Status404NotFound, "There is no such connection, or no such run with a report."),
        ],
    };

    private static Reply Begun =>
        new(StatusCodes.Status202Accepted, "It has begun.", typeof(RunStarted))
        {
            Headers = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Location"] = "The address of the run.",
            },
        };

    private static Reply NoConnection => new(StatusCodes.Status404NotFound, "There is no such connection.");

    private static Reply UnderWay => new(StatusCodes.Status409Conflict, "One of its kind is under way.");
}
