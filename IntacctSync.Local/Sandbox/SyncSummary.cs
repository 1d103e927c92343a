using System.Globalization;
using IntacctSync.Core.KeyMap;
using IntacctSync.Local.Cli;
using Spectre.Console;

namespace IntacctSync.Local.Sandbox;

/// <summary>
/// How the first sync ended: a table of the flows, then each record that needs a person, with the reason and the fix.
/// </summary>
internal sealed class SyncSummary(IAnsiConsole console)
{
    private const string Indent = "  ";

    public void Write(
        IReadOnlyList<FlowProgress> pictures,
        IReadOnlyList<KeyMapEntry> persons,
        Func<KeyMapEntry, string> nameOf,
        FirstSync timing
    )
    {
        console.Write(Table(pictures));
        console.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"First record synced {timing.FirstRecordAfter?.TotalSeconds:0.0} s after the start, "
                    + $"everything after {timing.DoneAfter.TotalSeconds:0.0} s."
            )
        );
        console.Line();
        if (persons.Count == 0)
            return;

        console.Write(new Rule("[bold]Needs action[/]") { Justification = Justify.Left });
        console.Line();
        foreach (var entry in persons)
            Write(entry, nameOf(entry));
    }

    private static Table Table(IReadOnlyList<FlowProgress> pictures)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn(new TableColumn("flow").NoWrap());
        foreach (var heading in new[] { "found", "synced", "skipped", "needs action", "failed" })
            table.AddColumn(new TableColumn(heading).RightAligned());
        foreach (var p in pictures)
        {
            table.AddRow(
                new Text(p.Flow.Value),
                Number(p.Found, Color.Default),
                Number(p.Synced, Color.Green),
                Number(p.Skipped, Color.Default),
                Number(p.NeedsAction, Color.Yellow),
                Number(p.Failed, Color.Red)
            );
        }

        return table;
    }

    private static Text Number(int number, Color color) =>
        new(number.ToString(CultureInfo.InvariantCulture), number == 0 ? Style.Plain : new Style(color));

    private void Write(KeyMapEntry entry, string name)
    {
        console.Write(new Text($"{entry.Key.Flow}: {name}", new Style(decoration: Decoration.Bold)));
        console.Line();
        Indented(entry.Problem?.Message ?? "Nothing is known of the cause.", Style.Plain);
        if (entry.Problem?.Fix is { Length: > 0 } fix)
            Indented("Fix: " + fix, new Style(Color.Yellow));
        console.Line();
    }

    /// <summary>Line by line, so that none ends in blanks.</summary>
    private void Indented(string text, Style style)
    {
        foreach (var line in TextTable.Wrap(text, console.Profile.Width - Indent.Length))
        {
            console.Write(new Text(Indent + line, style));
            console.Line();
        }
    }
}
