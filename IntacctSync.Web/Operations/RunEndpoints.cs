using System.Globalization;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Runs;
using IntacctSync.Web.Answers;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Operations;

/// <summary>Detections that a person asks for.</summary>
internal sealed class RunEndpoints(
    ConnectionStore connections,
    RunStore runs,
    Poller poller,
    Backfill backfill,
    RunReports reports,
    TimeProvider time
)
{
    /// <summary>
    /// Starts a run. Without members in the body it looks for what changed since the last reading. With <c>full</c> it
    /// looks for everything, with <c>first</c> for everything that the start date lets in, with <c>since</c> for what
    /// changed since then. On a connection that stands still the run waits until that is mended; the answer says so.
    /// </summary>
    public async Task<IResult> StartAsync(HttpContext http, string id, string flow, CancellationToken cancellationToken)
    {
        var connection = await connections.FindAsync(id, cancellationToken);
        var name = RouteValues.Flow(connection, flow);
        var body = new BodyFields(
            await JsonBody.ReadOptionalAsync(http.Request, cancellationToken),
            RunCalls.Start.BodyNames
        );
        var (since, full, first) = Reach(body);
        if (Objection(connection, name) is { } objection)
            return Problems.Of(StatusCodes.Status409Conflict, objection);

        var run =
            since is not null || full || first
                ? await backfill.StartAsync(connection, name, since, requested: !first, cancellationToken)
                : await poller.RunAsync(connection, name, cancellationToken);
        return Started(http, connection, new RunStarted(run.RunId, StopStatus.Of(connection)));
    }

    /// <summary>The answer of a run that has begun, with the address of the run.</summary>
    internal static IResult Started(HttpContext http, Connection connection, RunStarted run)
    {
        http.Response.Headers.Location =
            $"{http.Request.PathBase}/api/connections/{connection.Id}/runs/{Uri.EscapeDataString(run.RunId)}";
        return Json.Of(StatusCodes.Status202Accepted, run);
    }

    public async Task<IResult> ListAsync(string id, CancellationToken cancellationToken)
    {
        var connection = await connections.FindAsync(id, cancellationToken);
        return Json.Ok((await runs.ListAsync(connection.Id, cancellationToken)).Select(RunView.Of));
    }

    public async Task<IResult> GetAsync(string id, string runId, CancellationToken cancellationToken)
    {
        var connection = await connections.FindAsync(id, cancellationToken);
        var run = await runs.GetAsync(connection.Id, runId, cancellationToken) ?? throw NoRun();
        return Json.Ok(await RunView.WithRecordsAsync(run, reports, connection.Id, cancellationToken));
    }

    /// <summary>
    /// Cancels a run: no more records are looked for, and those that were found are carried over. A run that has ended
    /// stays as it is.
    /// </summary>
    public async Task<IResult> CancelAsync(string id, string runId, CancellationToken cancellationToken)
    {
        var connection = await connections.FindAsync(id, cancellationToken);
        var now = time.GetUtcNow();
        var run =
            await runs.ChangeAsync(
                connection.Id,
                runId,
                r => r.State == RunState.Running ? r with { State = RunState.Cancelled, EndedAt = now } : r,
                cancellationToken
            ) ?? throw NoRun();
        return Json.Of(StatusCodes.Status202Accepted, RunView.Of(run));
    }

    /// <summary>How far back is looked, by the members of a body.</summary>
    /// <exception cref="RefusedException">400: two of them are given.</exception>
    internal static (DateTimeOffset? Since, bool Full, bool First) Reach(BodyFields body)
    {
        var (since, full, first) = (Since(body.Text("since")), body.Flag("full"), body.Flag("first"));
        if (since is not null && full)
            throw RefusedException.Invalid("full", "full is true beside since; give one of the two.");
        return first && (since is not null || full)
            ? throw RefusedException.Invalid("first", "first is true beside since or full; give one of them.")
            : (since, full, first);
    }

    private static string? Objection(Connection connection, FlowName flow) =>
        connection switch
        {
            { Active: false } => $"The connection '{connection.Id}' is deactivated: activate it first.",
            _ when !connection.Settings.Syncs(flow) =>
                $"The flow {flow} is off in the connection '{connection.Id}': switch it on in its document first.",
            _ => null,
        };

    /// <exception cref="RefusedException">400: it is no time.</exception>
    internal static DateTimeOffset? Since(string? text, string field = "since")
    {
        if (text is null)
            return null;
        return DateTimeOffset.TryParseExact(
            text,
            ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-ddTHH:mmK"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var since
        )
            ? since
            : throw RefusedException.Invalid(field, $"{field} is '{text}'; give a time such as 2026-01-31T08:00:00Z.");
    }

    private static RefusedException NoRun() => RefusedException.NotFound("The connection has no such run.");
}
