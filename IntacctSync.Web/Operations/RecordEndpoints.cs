using System.Globalization;
using System.Text.Json;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Review;
using IntacctSync.Web.Access;
using IntacctSync.Web.Answers;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Operations;

/// <summary>Records: list, read, and what a person decides about them.</summary>
internal sealed class RecordEndpoints(
    ConnectionStore connections,
    KeyMapStore keyMap,
    KnownSources sources,
    RecordListing listing,
    PartyNames parties,
    PersonRequests requests,
    RecordLinks links
)
{
    private const int DefaultPage = 50;
    private const int LargestPage = 200;

    public async Task<IResult> ListAsync(HttpContext http, string id, CancellationToken cancellationToken)
    {
        var connection = await connections.FindAsync(id, cancellationToken);
        var query = http.Request.Query;
        var (items, next) = await listing.PageAsync(
            connection,
            Given(query["flow"]) is { } flow ? RouteValues.Flow(connection, flow, "flow") : null,
            State(Given(query["state"])),
            Given(query["q"]),
            Given(query["after"]),
            PageSize(Given(query["pageSize"])),
            cancellationToken
        );
        var customers = await parties.NamesAsync(connection.Id, items, cancellationToken);
        return Json.Ok(
            new RecordList([.. items.Select(e => RecordView.Of(e, customers.GetValueOrDefault(e.Key)))], next)
        );
    }

    public async Task<IResult> GetAsync(
        HttpContext http,
        string id,
        string flow,
        string sourceId,
        CancellationToken cancellationToken
    )
    {
        var (connection, name, source) = await ReadAsync(http, id, flow, sourceId, cancellationToken);
        var entry =
            await keyMap.GetAsync(new SyncKey(connection.Id, name, source), cancellationToken) ?? throw NoRecord();
        var customers = await parties.NamesAsync(connection.Id, [entry], cancellationToken);
        return Json.Ok(RecordStory.Of(entry, customers.GetValueOrDefault(entry.Key)));
    }

    public async Task<IResult> RetryAsync(
        HttpContext http,
        string id,
        string flow,
        string sourceId,
        CancellationToken cancellationToken
    )
    {
        var (connection, name, source) = await ReadAsync(http, id, flow, sourceId, cancellationToken);
        return await requests.RetryAsync(connection, name, source, cancellationToken)
            ? TypedResults.StatusCode(StatusCodes.Status202Accepted)
            : throw NoRecord();
    }

    public async Task<IResult> LinkAsync(
        HttpContext http,
        string id,
        string flow,
        string sourceId,
        CancellationToken cancellationToken
    )
    {
        var (connection, name, source) = await ReadAsync(http, id, flow, sourceId, cancellationToken);
        var body = new BodyFields(
            await JsonBody.ReadAsync(http.Request, cancellationToken),
            RecordCalls.Link.BodyNames
        );
        if (body.Text("targetId") is not { } targetId)
            return Problems.Invalid("targetId", "targetId is missing; give the id of the counterpart.");
        http.NoteForTimeline($"to {targetId}");
        var outcome = await links.LinkAsync(connection, name, source, targetId, cancellationToken);
        return outcome.Taken
            ? TypedResults.StatusCode(StatusCodes.Status202Accepted)
            : Problems.Of(StatusCodes.Status409Conflict, outcome.Why(targetId, outcome.Owner));
    }

    public async Task<IResult> IgnoreAsync(
        HttpContext http,
        string id,
        string flow,
        string sourceId,
        CancellationToken cancellationToken
    )
    {
        var (connection, name, source) = await ReadAsync(http, id, flow, sourceId, cancellationToken);
        var body = new BodyFields(
            await JsonBody.ReadOptionalAsync(http.Request, cancellationToken),
            RecordCalls.Ignore.BodyNames
        );
        return await requests.IgnoreAsync(connection, name, source, body.Text("reason"), cancellationToken)
            ? TypedResults.NoContent()
            : throw NoRecord();
    }

    /// <summary>Everything that needs a person or was given up, for a cause or for all.</summary>
    public async Task<IResult> RetryAllAsync(HttpContext http, string id, CancellationToken cancellationToken)
    {
        var connection = await connections.FindAsync(id, cancellationToken);
        var body = new BodyFields(
            await JsonBody.ReadOptionalAsync(http.Request, cancellationToken),
            RecordCalls.RetryAll.BodyNames
        );
        FlowName? flow = body.Text("flow") is { } text ? RouteValues.Flow(connection, text, "flow") : null;
        var count = await requests.RetryAllAsync(connection, flow, body.Text("code"), cancellationToken);
        return Json.Of(StatusCodes.Status202Accepted, new RetriedRecords(count));
    }

    private async Task<(Connection Connection, FlowName Flow, string SourceId)> ReadAsync(
        HttpContext http,
        string id,
        string flow,
        string sourceId,
        CancellationToken cancellationToken
    )
    {
        var connection = await connections.FindAsync(id, cancellationToken);
        var name = RouteValues.Flow(connection, flow);
        var given = RouteValues.SourceId(http, sourceId);
        var source = await sources.FindAsync(connection, name, given, cancellationToken);
        return (connection, name, source);
    }

    private static RecordState? State(string? text)
    {
        if (text is null)
            return null;
        foreach (var state in Enum.GetValues<RecordState>())
        {
            if (Name(state) == text)
                return state;
        }

        throw RefusedException.Invalid(
            "state",
            $"state is '{text}'; give one of {string.Join(", ", Enum.GetValues<RecordState>().Select(Name))}."
        );
    }

    private static string Name(RecordState state) => JsonNamingPolicy.CamelCase.ConvertName(state.ToString());

    private static int PageSize(string? text)
    {
        if (text is null)
            return DefaultPage;
        return
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            && size is >= 1 and <= LargestPage
            ? size
            : throw RefusedException.Invalid(
                "pageSize",
                string.Create(CultureInfo.InvariantCulture, $"pageSize is '{text}'; give 1 to {LargestPage}.")
            );
    }

    private static string? Given(string? value) => string.IsNullOrEmpty(value) ? null : value;

    private static RefusedException NoRecord() => RefusedException.NotFound("No such record of this flow is known.");
}
