using System.Globalization;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Runs;
using IntacctSync.Web.Access;
using IntacctSync.Web.Answers;
using IntacctSync.Web.Console.Access;
using IntacctSync.Web.Console.Pages;
using IntacctSync.Web.Console.Words;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Console.Runs;

/// <summary>The runs of a connection: look for changes now, carry over what was there before, cancel.</summary>
internal sealed class RunPages(
    FrameReader frames,
    ConnectionStore connections,
    RunStore runs,
    Poller poller,
    Backfill backfill,
    TimeProvider time
)
{
    /// <summary>What a form asks for that wants everything that the start date lets in, as a first sync does.</summary>
    public const string First = "first";

    private const int Shown = 50;

    public async Task<IResult> ListAsync(string id, CancellationToken cancellationToken)
    {
        var frame = await frames.ReadAsync(id, cancellationToken);
        var all = await runs.ListAsync(frame.Connection.Id, cancellationToken);
        return PageResult.Of<RunsPage>(
            $"Runs · {frame.Connection.Id}",
            new RunsModel(frame, [.. all.Take(Shown)], all.Count)
        );
    }

    /// <summary>
    /// Starts one run for each flow that was chosen, in the order of the app, where parents come before what refers to
    /// them. What comes first waits for nothing; what refers to it waits by itself.
    /// </summary>
    public async Task<IResult> StartAsync(HttpContext http, string id, CancellationToken cancellationToken)
    {
        var connection = await connections.FindAsync(id, cancellationToken);
        var form = await Form.ReadAsync(http, cancellationToken);
        if (!connection.Active)
            return PageResult.Refused(
                StatusCodes.Status409Conflict,
                "The connection is deactivated: activate it first."
            );
        var chosen = form.All("flow").ToHashSet(StringComparer.Ordinal);
        List<FlowName> flows =
        [
            .. connection
                .Settings.Profile.Flows.Select(f => f.Name)
                .Where(f => chosen.Contains(f.Value) && connection.Settings.Syncs(f)),
        ];
        if (flows.Count == 0)
            throw RefusedException.Invalid("flow", "No flow was chosen that is on: choose at least one.");
        var what = form["what"];
        DateTimeOffset? since = what == "since" ? Since(form["since"]) : null;
        http.Note($"{what}: {string.Join(", ", flows)}");
        foreach (var flow in flows)
        {
            if (what is "since" or "full" or First)
                await backfill.StartAsync(connection, flow, since, requested: what != First, cancellationToken);
            else
                await poller.RunAsync(connection, flow, cancellationToken);
        }

        return new SeeOther($"{Paths.Of(connection.Id)}/runs?done={DoneWords.Started}&live=1");
    }

    public async Task<IResult> CancelAsync(string id, string runId, CancellationToken cancellationToken)
    {
        var connection = await connections.FindAsync(id, cancellationToken);
        var now = time.GetUtcNow();
        _ =
            await runs.ChangeAsync(
                connection.Id,
                runId,
                r => r.State == RunState.Running ? r with { State = RunState.Cancelled, EndedAt = now } : r,
                cancellationToken
            ) ?? throw RefusedException.NotFound("The connection has no such run.");
        return new SeeOther($"{Paths.Of(connection.Id)}/runs?done={DoneWords.Cancelled}");
    }

    private static DateTimeOffset Since(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero)
            : throw RefusedException.Invalid("since", "No date was given: give one such as 2026-01-31.");
}

/// <summary>What the page of the runs shows.</summary>
public sealed record RunsModel(Frame Frame, IReadOnlyList<Run> Runs, int All);
