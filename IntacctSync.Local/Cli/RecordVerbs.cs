using System.CommandLine;

namespace IntacctSync.Local.Cli;

/// <summary>Records: list, show, explain, and what a person decides about them.</summary>
internal static class RecordVerbs
{
    public static IEnumerable<Command> Make(VerbMaker maker) =>
        [
            maker.OfConnection(
                "records",
                "Lists records by number and title.",
                ["records --needs-you", "records INV-17 --flow invoices"],
                RecordList.ShowAsync,
                new Argument<string?>("text")
                {
                    Description = "The beginning of a number, a title or an id; may be left out.",
                    DefaultValueFactory = _ => null,
                },
                VerbMaker.Flow(),
                VerbMaker.Option("--state", "Only these: pending, synced, skipped, inDoubt, needsAction or dead."),
                VerbMaker.Switch("--needs-you", "Only those that need a person or were given up."),
                VerbMaker.Switch("--all", "All of them, and not the first 50 alone.")
            ),
            maker.OfConnection(
                "show",
                "A record's state and story.",
                ["show INV-1017", "show \"Harbor Dental Group\" --flow organizations"],
                ShowAsync,
                Named(),
                VerbMaker.Flow()
            ),
            maker.OfConnection(
                "explain",
                "Reads both sides now: what differs, what a sync would do, and why.",
                ["explain INV-1017", "explain INV-1017 --json"],
                ExplainAsync,
                Named(),
                VerbMaker.Flow()
            ),
            maker.OfConnection(
                "retry",
                "Tries a record again; or all that failed, or all of one cause.",
                ["retry INV-1017", "retry --code invoice-account-missing", "retry --all"],
                RecordDecisions.RetryAsync,
                new Argument<string?>("record")
                {
                    Description = "Its number, title or id; left out with --code, --flow or --all.",
                    DefaultValueFactory = _ => null,
                },
                VerbMaker.Flow(),
                VerbMaker.Option("--code", "All that failed for this cause."),
                VerbMaker.Switch("--all", "All that need a person or were given up.")
            ),
            maker.OfConnection(
                "link",
                "Says what a record's counterpart is.",
                ["link \"Harbor Dental Group\" C-1001"],
                RecordDecisions.LinkAsync,
                Named(),
                new Argument<string>("target") { Description = "The id of its counterpart, such as C-1001." },
                VerbMaker.Flow()
            ),
            maker.OfConnection(
                "ignore",
                "Never syncs a record again; undone by retry.",
                ["ignore INV-1017 --reason \"entered by hand\""],
                RecordDecisions.IgnoreAsync,
                Named(),
                VerbMaker.Flow(),
                VerbMaker.Option("--reason", "Why, for the record's story.")
            ),
        ];

    private static Argument<string> Named() =>
        new("record") { Description = "Its number, its title, or its id on either side." };

    private static async Task<int> ShowAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var (path, _) = await NamedRecord.FindAsync(call, cancellationToken);
        var story = await call.Host.OfConnectionAsync(path, cancellationToken);
        if (call.Terminal.Json)
        {
            call.Terminal.Write(story);
        }
        else
        {
            RecordTexts.Head(call.Terminal, story);
            call.Terminal.Line();
            foreach (var entry in story["timeline"]!.AsArray())
            {
                var what = Terminal.Words(Terminal.Text(entry!["what"]));
                call.Terminal.Paragraph(
                    $"{Terminal.Time(entry["at"])}  {what}{RecordTexts.Told(Terminal.Text(entry["detail"]))}"
                );
            }

            RecordTexts.ShowLast(call.Terminal, story["lastRequest"], withText: false);
        }

        return RecordList.NeedsPerson(story) ? ExitCodes.NeedsPerson : ExitCodes.Done;
    }

    private static async Task<int> ExplainAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var (path, _) = await NamedRecord.FindAsync(call, cancellationToken);
        var told = await call.Host.OfConnectionAsync(path + "/explain", cancellationToken);
        var would = Terminal.Text(told["wouldDo"]);
        if (call.Terminal.Json)
            call.Terminal.Write(told);
        else
            RecordTexts.Explain(
                call.Terminal,
                told,
                would,
                RecordTexts.Rests(await call.Host.OfConnectionAsync("", cancellationToken))
            );
        return would == "ask" || told["fix"] is not null ? ExitCodes.NeedsPerson : ExitCodes.Done;
    }
}
