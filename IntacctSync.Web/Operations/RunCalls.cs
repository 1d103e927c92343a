using IntacctSync.Web.Description;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Operations;

/// <summary>What callers must know of the calls about runs.</summary>
internal static class RunCalls
{
    public static readonly CallDescription Start = new("startRun", "Looks for changes of a flow now.")
    {
        Details =
            "Without a body, or with none of its members, what changed since the last read is looked for. With since "
            + "or full, a record's own date does not matter, its counterpart is looked at as well, and deletions in "
            + "Intacct are read since then. With first, what is dated before the connection's start is left out. While "
            + "the connection is stopped the run waits: the answer then has its stop, as the status does.",
        Body = new CallBody(
            Required: false,
            new BodyMember("since", "Look for what changed since then.", MemberKind.Time),
            new BodyMember("full", "true looks at everything. Not beside since.", MemberKind.Flag),
            new BodyMember(
                "first",
                "true looks at everything, as a first sync and as a preview without members. Not beside the others.",
                MemberKind.Flag
            )
        ),
        Replies =
        [
            new(StatusCodes.Status202Accepted, "It has begun.", typeof(RunStarted))
            {
                Headers = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["Location"] = "The address of the run.",
                },
            },
            new(StatusCodes.Status404NotFound, "There is no such connection, or no such flow."),
            new(StatusCodes.Status409Conflict, "The connection is deactivated, or the flow is off."),
        ],
    };

    public static readonly CallDescription List = new("listRuns", "The runs of a connection.")
    {
        Replies =
        [
            new(StatusCodes.Status200OK, "Its runs.", typeof(IReadOnlyList<RunView>)),
            ConnectionCalls.NoConnection,
        ],
    };

    public static readonly CallDescription Get = new("getRun", "One run.")
    {
        Replies = [new(StatusCodes.Status200OK, "How far it has come.", typeof(RunView)), NoRun],
    };

    public static readonly CallDescription Cancel = new("cancelRun", "Ends a run early.")
    {
        Details = "Nothing more is looked for; what was found is carried over. A run that has ended stays as it is.",
        Replies = [new(StatusCodes.Status202Accepted, "The run as it is now.", typeof(RunView)), NoRun],
    };

    private static Reply NoRun => new(StatusCodes.Status404NotFound, "There is no such connection, or no such run.");
}
