using System.Text.Json;
using IntacctSync.Core.Domain;
using IntacctSync.Web.Description;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Operations;

/// <summary>What callers must know of the calls about records.</summary>
internal static class RecordCalls
{
    public static readonly CallDescription List = new("listRecords", "The records of a connection, by pages.")
    {
        Query =
        [
            new("flow", "Only this flow's."),
            new(
                "state",
                "Only those in this state.",
                [.. Enum.GetNames<RecordState>().Select(JsonNamingPolicy.CamelCase.ConvertName)]
            ),
            new("q", "Only those whose source id, target id or title begins so."),
            new("after", "The next of the page before. Without it, the first page."),
            new("pageSize", "How many at most: 1 to 200; 50 without it."),
        ],
        Replies = [new(StatusCodes.Status200OK, "A page.", typeof(RecordList)), ConnectionCalls.NoConnection],
    };

    public static readonly CallDescription Get = new("getRecord", "One record, and what happened to it.")
    {
        Replies = [new(StatusCodes.Status200OK, "The record.", typeof(RecordStory)), NoRecord],
    };

    public static readonly CallDescription Retry = new("retryRecord", "Tries a record again.")
    {
        Details =
            "Its own date does not matter from then on, until both sides are equal or it is ignored. Its "
            + "counterpart is "
            + "looked at, even where nothing has changed.",
        Replies = [new(StatusCodes.Status202Accepted, "It will be tried."), NoRecord],
    };

    public static readonly CallDescription Link = new("linkRecord", "Says which record is its counterpart.")
    {
        Body = new CallBody(
            Required: true,
            new BodyMember("targetId", "The id of the counterpart.", MemberKind.Text, Required: true)
        ),
        Replies =
        [
            new(StatusCodes.Status202Accepted, "They are linked; the record will be tried."),
            NoRecord,
            new(
                StatusCodes.Status409Conflict,
                "The counterpart is linked to another record, is not there, or does not fit; or a write is in doubt."
            ),
        ],
    };

    public static readonly CallDescription Ignore = new("ignoreRecord", "Never syncs a record.")
    {
        Details = "A retry takes it back.",
        Body = new CallBody(Required: false, new BodyMember("reason", "Why, for its timeline.", MemberKind.Text)),
        Replies = [new(StatusCodes.Status204NoContent, "It is ignored."), NoRecord],
    };

    public static readonly CallDescription RetryAll = new("retryRecords", "Tries again everything that failed.")
    {
        Details = "These are the records that need a person, and those that were given up.",
        Body = new CallBody(
            Required: false,
            new BodyMember("flow", "Only this flow's.", MemberKind.Text),
            new BodyMember("code", "Only those that failed for this cause: the code of their error.", MemberKind.Text)
        ),
        Replies =
        [
            new(StatusCodes.Status202Accepted, "How many will be tried.", typeof(RetriedRecords)),
            ConnectionCalls.NoConnection,
        ],
    };

    private static Reply NoRecord =>
        new(StatusCodes.Status404NotFound, "There is no such connection, no such flow, or no such record.");
}
