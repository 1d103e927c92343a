using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Review;
using IntacctSync.Web.Access;
using IntacctSync.Web.Answers;
using IntacctSync.Web.Console.Access;
using IntacctSync.Web.Console.Pages;
using IntacctSync.Web.Console.Words;
using IntacctSync.Web.Operations;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Console.Records;

/// <summary>What a person decides about a record: try again, this is its counterpart, never sync it.</summary>
internal sealed class RecordForms(
    ConnectionStore connections,
    KnownSources sources,
    PersonRequests requests,
    RecordLinks links,
    RecordCounting counting
)
{
    /// <summary>What a form says that stands on the page of the causes and leads back there.</summary>
    public const string ToCauses = "causes";

    public async Task<IResult> RetryAsync(
        HttpContext http,
        string id,
        string flow,
        string sourceId,
        CancellationToken cancellationToken
    )
    {
        var (connection, name, source) = await FindAsync(http, id, flow, sourceId, cancellationToken);
        return await requests.RetryAsync(connection, name, source, cancellationToken)
            ? Back(connection, name, source, DoneWords.Retried)
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
        var (connection, name, source) = await FindAsync(http, id, flow, sourceId, cancellationToken);
        var target =
            Short((await Form.ReadAsync(http, cancellationToken))["targetId"])
            ?? throw RefusedException.Invalid("targetId", "No counterpart was named: give its id or number.");
        http.NoteForTimeline($"to {target}");
        var outcome = await links.LinkAsync(connection, name, source, target, cancellationToken);
        return outcome.Taken
            ? Back(connection, name, source, DoneWords.Linked)
            : PageResult.Refused(StatusCodes.Status409Conflict, outcome.Why(target, owner: null));
    }

    public async Task<IResult> IgnoreAsync(
        HttpContext http,
        string id,
        string flow,
        string sourceId,
        CancellationToken cancellationToken
    )
    {
        var (connection, name, source) = await FindAsync(http, id, flow, sourceId, cancellationToken);
        var form = await Form.ReadAsync(http, cancellationToken);
        if (!await requests.IgnoreAsync(connection, name, source, Short(form["reason"]), cancellationToken))
            throw NoRecord();
        var record = Back(connection, name, source, DoneWords.Ignored);
        return form["back"] == ToCauses
            ? new SeeOther($"{Paths.Of(connection.Id)}/causes?done={DoneWords.Ignored}")
            : record;
    }

    private async Task<(Connection Connection, FlowName Flow, string SourceId)> FindAsync(
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
        return (connection, name, await sources.FindAsync(connection, name, given, cancellationToken));
    }

    private SeeOther Back(Connection connection, FlowName flow, string sourceId, string done)
    {
        counting.Forget(connection.Id);
        return new SeeOther($"{Paths.Of(connection.Id, flow, sourceId)}?done={done}");
    }

    private static string? Short(string? text) =>
        text is { Length: > BodyFields.LongestText }
            ? throw RefusedException.Invalid("", "The text is too long: 400 characters are taken at most.")
            : text;

    private static RefusedException NoRecord() => RefusedException.NotFound("No such record of this flow is known.");
}
