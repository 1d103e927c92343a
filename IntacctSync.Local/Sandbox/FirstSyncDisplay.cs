using System.Globalization;
using Spectre.Console;

namespace IntacctSync.Local.Sandbox;

/// <summary>Shows how the first sync goes: a bar for each flow in a terminal, else a line about each second.</summary>
internal sealed class FirstSyncDisplay(IAnsiConsole console)
{
    /// <summary>How many looks lie between two plain lines, if something has changed.</summary>
    private const int LooksPerLine = 10;

    /// <summary>Lines that were written in an earlier part of the sync, so that they are not written again.</summary>
    private readonly HashSet<string> _said = new(StringComparer.Ordinal);

    /// <param name="watch">Watches to the end, telling of each look.</param>
    public Task<IReadOnlyList<FlowProgress>> ShowAsync(
        Func<Action<IReadOnlyList<FlowProgress>>, Task<IReadOnlyList<FlowProgress>>> watch
    ) => console.Moves() ? ShowBarsAsync(watch) : ShowLinesAsync(watch);

    private Task<IReadOnlyList<FlowProgress>> ShowBarsAsync(
        Func<Action<IReadOnlyList<FlowProgress>>, Task<IReadOnlyList<FlowProgress>>> watch
    ) =>
        console
            .Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new SpinnerColumn()
            )
            .StartAsync(context =>
            {
                var bars = new Dictionary<string, ProgressTask>(StringComparer.Ordinal);
                return watch(pictures =>
                {
                    foreach (var picture in pictures)
                    {
                        if (!bars.TryGetValue(picture.Flow.Value, out var bar))
                            bars[picture.Flow.Value] = bar = context.AddTask(picture.Flow.Value);
                        bar.MaxValue = Math.Max(picture.Found, 1);
                        bar.Value = picture.WorkedOff;
                        bar.Description = Markup.Escape(Line(picture));
                    }
                });
            });

    private async Task<IReadOnlyList<FlowProgress>> ShowLinesAsync(
        Func<Action<IReadOnlyList<FlowProgress>>, Task<IReadOnlyList<FlowProgress>>> watch
    )
    {
        var looks = 0;
        return await watch(pictures =>
        {
            if (looks++ % LooksPerLine != 0 && !pictures.All(p => p.Ended))
                return;
            foreach (var line in pictures.Select(Line).Where(_said.Add))
                console.Line(line);
        });
    }

    private static string Line(FlowProgress picture) =>
        picture.Run.Detected
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{picture.Flow}: {picture.WorkedOff} of {picture.Found} worked off"
            )
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{picture.Flow}: {picture.WorkedOff} worked off of {picture.Found} found so far"
            );
}
