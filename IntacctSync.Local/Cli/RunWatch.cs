using System.Text.Json.Nodes;
using Spectre.Console;

namespace IntacctSync.Local.Cli;

/// <summary>Waits for runs to end: with a bar for each in a terminal, in silence elsewhere.</summary>
internal static class RunWatch
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>Whether the connection stands still is looked at with the first look, and with each tenth.</summary>
    private const int LooksPerStop = 10;

    /// <summary>Where a run of the connection is read.</summary>
    public static string PathOf(string runId) => $"/runs/{Uri.EscapeDataString(runId)}";

    /// <summary>Three minutes.</summary>
    private const int MostStill = 360;

    private const string Kept = "What was asked for is kept, and goes on by itself";

    /// <returns>The runs as they ended, in their order.</returns>
    /// <exception cref="VerbFailedException">The connection stands still, so that they do not end before a person has
    /// mended that.</exception>
    public static async Task<IReadOnlyList<JsonNode>> UntilEndAsync(
        VerbCall call,
        IReadOnlyList<(string Name, string RunId)> runs,
        CancellationToken cancellationToken
    )
    {
        if (!call.Terminal.IsInteractive)
            return await LookAsync(call, runs, static (_, _) => { }, cancellationToken);
        IReadOnlyList<JsonNode> ended = [];
        await call
            .Terminal.Console.Progress()
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new SpinnerColumn()
            )
            .StartAsync(async context =>
            {
                var bars = runs.Select(r => context.AddTask(Markup.Escape(r.Name))).ToList();
                ended = await LookAsync(
                    call,
                    runs,
                    (i, run) =>
                    {
                        var bar = RunBar.Of(runs[i].Name, run);
                        bars[i].Description = Markup.Escape(bar.Text);
                        bars[i].IsIndeterminate = bar.Percent is null;
                        bars[i].Value = bar.Percent ?? 0;
                    },
                    cancellationToken
                );
            });
        return ended;
    }

    private static async Task<IReadOnlyList<JsonNode>> LookAsync(
        VerbCall call,
        IReadOnlyList<(string Name, string RunId)> runs,
        Action<int, JsonNode> show,
        CancellationToken cancellationToken
    )
    {
        var last = new JsonNode[runs.Count];
        var still = new StillRuns(MostStill);
        for (var look = 0; ; look++)
        {
            for (var i = 0; i < runs.Count; i++)
            {
                if (last[i]?["state"]?.ToString() is null or "running")
                    last[i] = await call.Host.OfConnectionAsync(PathOf(runs[i].RunId), cancellationToken);
                show(i, last[i]);
            }

            if (last.All(r => r["state"]!.ToString() != "running"))
                return last;
            if (look % LooksPerStop == 0 && last.Any(Waits))
                await RequireGoingAsync(call, cancellationToken);
            if (still.Look(last) && last.Any(Waits))
                throw new VerbFailedException(
                    ExitCodes.NeedsPerson,
                    $"Nothing of it has moved for three minutes: what is left waits for another record, which may need "
                        + "you (intacctsync records --needs-you), or for a system that takes no calls for the moment. "
                        + $"{Kept}. How it stands: intacctsync status"
                );
            await Task.Delay(LookEvery, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Whether a run passes by the queue, which a connection that stands still is given nothing of.</summary>
    private static bool Waits(JsonNode run) =>
        run["state"]!.ToString() == "running" && run["kind"]?.ToString() is ("poll" or "backfill");

    private static async Task RequireGoingAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var document = await call.Host.OfConnectionAsync("", cancellationToken);
        if (RecordTexts.Stopped(document) is { } stopped)
            throw new VerbFailedException(ExitCodes.NeedsPerson, $"{stopped} {Kept} then.");
        if (document["active"]?.GetValue<bool>() == false)
            throw new VerbFailedException(
                ExitCodes.NeedsPerson,
                $"The connection rests. {Kept} once it is active: intacctsync activate"
            );
    }
}

/// <summary>How far a run has come, as a bar shows it. Pure.</summary>
/// <param name="Text">What stands beside the bar.</param>
/// <param name="Percent">Null where nobody knows how many records there are.</param>
internal sealed record RunBar(string Text, double? Percent)
{
    /// <param name="name">What the run is called.</param>
    /// <param name="run">As the API shows it.</param>
    public static RunBar Of(string name, JsonNode run)
    {
        // Those of a comparison that differ were compared.
        var done =
            Terminal.Number(run["done"])
            + (run["kind"]?.ToString() == "reconcile" ? 0 : Terminal.Number(run["failed"]));
        if (run["state"]!.ToString() != "running")
            return new RunBar($"{name} {done}", 100);
        return run["left"] is { } left && done + Terminal.Number(left) is var all
            ? new RunBar($"{name} {done} of {all}", 100d * Math.Min(done, all) / Math.Max(all, 1))
            : new RunBar($"{name} {done}, how many are left is not known yet", null);
    }
}
