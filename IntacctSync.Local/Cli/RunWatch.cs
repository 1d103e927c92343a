using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace IntacctSync.Local.Cli;

/// <summary>Waits for runs to end: with a bar for each in a terminal, in silence elsewhere.</summary>
internal static class RunWatch
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    /// <returns>The runs as they ended, in their order.</returns>
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
                        var done = Terminal.Number(run["done"]) + Terminal.Number(run["failed"]);
                        var all = run["left"] is { } left
                            ? done + Terminal.Number(left)
                            : Terminal.Number(run["found"]);
                        var isOver = run["state"]!.ToString() != "running";
                        bars[i].Description = string.Create(
                            CultureInfo.InvariantCulture,
                            $"{Markup.Escape(runs[i].Name)} {Math.Min(done, all)}/{all}"
                        );
                        bars[i].IsIndeterminate = all == 0 && !isOver;
                        bars[i].Value = isOver ? 100 : 100d * Math.Min(done, all) / Math.Max(all, 1);
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
        while (true)
        {
            for (var i = 0; i < runs.Count; i++)
            {
                if (last[i]?["state"]?.ToString() is null or "running")
                    last[i] = await call.Host.OfConnectionAsync(
                        $"/runs/{Uri.EscapeDataString(runs[i].RunId)}",
                        cancellationToken
                    );
                show(i, last[i]);
            }

            if (last.All(r => r["state"]!.ToString() != "running"))
                return last;
            await Task.Delay(LookEvery, TimeProvider.System, cancellationToken);
        }
    }
}
