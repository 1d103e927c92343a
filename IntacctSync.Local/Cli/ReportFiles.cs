using System.Text.Json.Nodes;

namespace IntacctSync.Local.Cli;

/// <summary>The files for a spreadsheet that a comparison is written into, by what of its report they hold.</summary>
internal static class ReportFiles
{
    public const string Differences = "differences";
    public const string Sums = "sums";
    public const string LeftOut = "leftOut";
    public const string OnlyAtTarget = "onlyAtTarget";

    public static IReadOnlyDictionary<string, string> None { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    private static readonly (string Of, string Ending, string Told)[] All =
    [
        (Differences, "", "The list of differences stands"),
        (Sums, ".sums", "The sums of each day stand"),
        (LeftOut, ".left-out", "What is left out, and why, stands"),
        (OnlyAtTarget, ".only-at-target", "What is only at the target stands"),
    ];

    /// <summary>Writes what there is beside the differences into files beside theirs.</summary>
    /// <param name="call">The verb.</param>
    /// <param name="path">Of the report.</param>
    /// <param name="report">The report; of what it has none, there is no file.</param>
    /// <param name="file">That of the differences, which is written.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>All that there are now, that of the differences too.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> WriteBesideAsync(
        VerbCall call,
        string path,
        JsonNode report,
        string file,
        CancellationToken cancellationToken
    )
    {
        var written = new Dictionary<string, string>(StringComparer.Ordinal) { [Differences] = file };
        foreach (var (of, ending, _) in All.Where(f => f.Ending.Length > 0))
        {
            var where = Path.ChangeExtension(file, null) + ending + Path.GetExtension(file);
            if (report[of]!.AsArray().Count == 0)
            {
                // That of a comparison before would stand beside this one's.
                File.Delete(where);
                continue;
            }

            await using var target = File.Create(where);
            await call.Host.CopyAsync($"{path}?format=csv&of={of}", target, cancellationToken);
            written[of] = where;
        }

        return written;
    }

    public static void Show(Terminal terminal, IReadOnlyDictionary<string, string> files)
    {
        foreach (var (of, _, told) in All.Where(f => files.ContainsKey(f.Of)))
            terminal.Paragraph($"{told} in {files[of]}.");
    }
}
