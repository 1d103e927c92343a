using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Recoverability;
using IntacctSync.Core.Review;
using IntacctSync.Core.Runs;
using IntacctSync.Web.Answers;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Operations;

/// <summary>Looking at both sides without changing either: explanation, preview, comparison; and the rebuild.</summary>
internal sealed class ReviewEndpoints(
    ConnectionStore connections,
    KnownSources sources,
    Explainer explainer,
    Preview preview,
    Reconciliation reconciliation,
    Rebuild rebuild
)
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(5);

    public async Task<IResult> ExplainAsync(
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
        try
        {
            return await explainer.ExplainAsync(connection, name, source, cancellationToken) is { } explained
                ? Json.Ok(explained)
                : throw RefusedException.NotFound($"Neither the key map nor the source of {name} knows such a record.");
        }
        catch (CompanyBusyException e)
        {
            return Problems.Later(http, AskAgain, e.Message);
        }
        catch (Exception e) when (e is not (OperationCanceledException or RefusedException or OutOfMemoryException))
        {
            // What the other system said, in the words that the record's own story would have.
            var failure = Failures.Of(e);
            var problem = failure.Problem.WhereAsked().Naming(connection.Settings.Profile.Title);
            var told = $"{problem.Message} {problem.Fix}";
            return failure switch
            {
                { Problem.Code: Failures.Unexpected } => throw new InvalidOperationException(
                    "The record could not be explained.",
                    e
                ),
                // Waiting mends neither: a person must.
                { Class: FailureClass.Data or FailureClass.Authentication } => Problems.Of(
                    StatusCodes.Status409Conflict,
                    told
                ),
                _ => Problems.Later(http, failure.RetryAfter ?? AskAgain, told),
            };
        }
    }

    public async Task<IResult> PreviewAsync(HttpContext http, string id, CancellationToken cancellationToken)
    {
        var connection = await connections.FindAsync(id, cancellationToken);
        var body = new BodyFields(
            await JsonBody.ReadOptionalAsync(http.Request, cancellationToken),
            ReviewCalls.Preview.BodyNames
        );
        var (since, full, _) = RunEndpoints.Reach(body);
        FlowName? flow = body.Text("flow") is { } text ? RouteValues.Flow(connection, text, "flow") : null;
        var (run, underWay) = await preview.StartAsync(
            connection,
            flow,
            since,
            requested: since is not null || full,
            cancellationToken
        );
        return Started(http, connection, run, underWay);
    }

    public async Task<IResult> ReconcileAsync(HttpContext http, string id, CancellationToken cancellationToken)
    {
        var connection = await connections.FindAsync(id, cancellationToken);
        var body = new BodyFields(
            await JsonBody.ReadOptionalAsync(http.Request, cancellationToken),
            ReviewCalls.Reconcile.BodyNames
        );
        var (since, until) = (Day("since", body.Text("since")), Day("until", body.Text("until")));
        if (until < since)
            return Problems.Invalid("until", $"until is {until:yyyy-MM-dd}, before since; give a later day.");
        var flows = body.Texts("flows")?.Select(f => RouteValues.Flow(connection, f, "flows")).ToList();
        if (flows is [])
            return Problems.Invalid("flows", "flows is empty; name one or more, or leave it out for all that are on.");
        if (reconciliation.WhyNot(connection, flows) is { } objection)
            return Problems.Of(StatusCodes.Status409Conflict, objection);
        var (run, underWay) = await reconciliation.StartAsync(
            connection,
            since,
            until,
            flows,
            tells: false,
            cancellationToken
        );
        return Started(http, connection, run, underWay);
    }

    public async Task<IResult> RebuildAsync(HttpContext http, string id, CancellationToken cancellationToken)
    {
        var connection = await connections.FindAsync(id, cancellationToken);
        var body = new BodyFields(
            await JsonBody.ReadOptionalAsync(http.Request, cancellationToken),
            ReviewCalls.Rebuild.BodyNames
        );
        if (!body.Flag("replace") && await rebuild.WouldReplaceAsync(connection, cancellationToken))
            return Problems.Of(
                StatusCodes.Status409Conflict,
                $"Records of the connection '{connection.Id}' are linked already. To have their links made anew by "
                    + "what both systems show, give replace as true: intacctsync rebuild --replace"
            );
        var (run, underWay) = await rebuild.StartAsync(connection, cancellationToken);
        return Started(http, connection, run, underWay);
    }

    private static IResult Started(HttpContext http, Connection connection, Run run, bool underWay)
    {
        if (underWay)
            return Problems.Of(
                StatusCodes.Status409Conflict,
                $"A run of kind {run.Kind} is under way: {run.RunId}. Wait for it, or cancel it."
            );
        return RunEndpoints.Started(http, connection, new RunStarted(run.RunId));
    }

    private static DateOnly? Day(string field, string? text) =>
        RunEndpoints.Since(text, field) is { } at ? DateOnly.FromDateTime(at.UtcDateTime) : null;
}
