using System.Text.Json.Nodes;

namespace IntacctSync.Local.Cli;

/// <summary>The record that a person names in a verb.</summary>
internal static class NamedRecord
{
    /// <summary>How many records are named in one sentence or list.</summary>
    public const int MostNames = 6;

    private static readonly string[] Names = ["title", "sourceId", "targetId"];

    /// <summary>The record that a person means: by its number or title, or its id on either side.</summary>
    public static async Task<(string Path, string Title)> FindAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var name = call.Text("record")!;
        var flow = call.Text("--flow");
        var page = await call.Host.OfConnectionAsync(
            "/records" + HostCaller.Query(("flow", flow), ("q", name), ("pageSize", "200")),
            cancellationToken
        );
        var exact = page["items"]!.AsArray().Where(r => Names.Any(f => Is(r![f], name))).ToList();
        return exact switch
        {
            [var only] => (PathOf(only!), Terminal.Text(only!["title"] ?? only["sourceId"])),
            // What the sync has not seen yet can still be explained.
            [] when flow is not null => (PathOf(flow, name), name),
            [] => throw new VerbFailedException(ExitCodes.UsedWrongly, NotFound(name, page["items"]!.AsArray())),
            _ => throw new VerbFailedException(
                ExitCodes.UsedWrongly,
                $"{exact.Count} records are called '{name}'. Name one by its id:{Environment.NewLine}"
                    + string.Join(
                        Environment.NewLine,
                        exact.Select(r => $"  {IdOf(r!)} --flow {r!["flow"]}  {RecordTexts.About(r)}".TrimEnd())
                    )
            ),
        };
    }

    /// <summary>Names those that begin so: only a whole name is taken, since another record may be meant.</summary>
    private static string NotFound(string name, JsonArray beginSo) =>
        beginSo.Count == 0
            ? $"There is no record '{name}'. Look for it: intacctsync records"
            : $"There is no record '{name}'. These begin so:{Environment.NewLine}"
                + string.Join(
                    Environment.NewLine,
                    beginSo
                        .Take(MostNames)
                        .Select(r => $"  {Terminal.Text(r!["title"] ?? r["sourceId"])} ({r["flow"]})")
                );

    /// <summary>An id that tells a record from others: its counterpart's where that is short, else its own.</summary>
    private static string IdOf(JsonNode record) =>
        record["targetId"] is { } target
        && !Guid.TryParse($"{target}", out _)
        && !$"{target}".Contains(' ', StringComparison.Ordinal)
            ? $"{target}"
            : $"{record["sourceId"]}";

    private static bool Is(JsonNode? value, string name) =>
        string.Equals(value?.ToString().Trim(), name.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>Where the API has a record of a list.</summary>
    public static string PathOf(JsonNode record) => PathOf(record["flow"]!.ToString(), record["sourceId"]!.ToString());

    private static string PathOf(string flow, string sourceId) =>
        $"/records/{Uri.EscapeDataString(flow)}/{Uri.EscapeDataString(sourceId)}";
}
