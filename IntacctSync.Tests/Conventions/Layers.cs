using System.Text.RegularExpressions;
using IntacctSync.Core.Envelopes;

namespace IntacctSync.Tests.Conventions;

/// <summary>
/// Which folder of the core may use which: those on lines under its own, never its own line or one above. An app stands
/// above all general code. The top line stands beside the files of no folder, and may name them.
/// </summary>
internal static partial class Layers
{
    /// <summary>The one table of the lines, the highest first.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Lines { get; } =
    [
        ["Zuper", "Upflow"],
        ["Pipeline", "Review"],
        ["Detection", "Doctor"],
        ["Waiting"],
        ["Flows"],
        ["Apps"],
        ["Recoverability"],
        ["Runs"],
        ["Notifications"],
        ["KeyMap", "Envelopes", "Cursors", "Connections", "Leases"],
        ["Intacct"],
        ["Remote"],
        ["Storage", "Secrets"],
        ["Settings"],
        ["Domain"],
    ];

    private static readonly string[] TypesOfCore = [.. typeof(Envelope).Assembly.GetTypes().Select(t => t.FullName!)];

    private static readonly string[] TypesOfRoot =
    [
        .. typeof(Envelope)
            .Assembly.GetTypes()
            .Where(t => t.Namespace == "IntacctSync.Core" && t.IsPublic)
            .Select(t => t.Name),
    ];

    public static int? LineOf(string folder)
    {
        for (var i = 0; i < Lines.Count; i++)
        {
            if (Lines[i].Contains(folder, StringComparer.Ordinal))
                return i;
        }

        return null;
    }

    /// <summary>What a file of the core uses that it must not, a sentence each.</summary>
    public static IEnumerable<string> Violations(SourceFile file)
    {
        if (file.Folder.Length == 0)
            yield break;
        if (LineOf(file.Folder) is not { } line)
        {
            yield return $"{file.Path}: the folder {file.Folder} is on no line; put it on one.";
            yield break;
        }

        foreach (var used in Used(file).Distinct(StringComparer.Ordinal).Where(u => u != file.Folder))
        {
            if (LineOf(used) is not { } below || below <= line)
                yield return $"{file.Path} uses {used}, which is not on a line under {file.Folder}.";
        }

        foreach (
            var type in TypesOfRoot.Where(t =>
                line > 0 && Regex.IsMatch(file.Code, $@"(?<![\w.]){t}\b", RegexOptions.None, TimeSpan.FromSeconds(10))
            )
        )
            yield return $"{file.Path} uses {type}, which stands above all folders.";
    }

    /// <summary>
    /// The folders that a file names: in full, or from inside the core's namespace by the folder alone.
    /// </summary>
    private static IEnumerable<string> Used(SourceFile file) =>
        InFull()
            .Matches(file.Code)
            .Where(m => !m.Value.StartsWith("namespace", StringComparison.Ordinal))
            .Select(m => m.Groups["folder"].Value)
            .Concat(Partly().Matches(file.Code).Where(IsName).Select(m => m.Groups["folder"].Value));

    /// <summary>
    /// A folder and what follows it is a name when the core has such a type or namespace; else it is a property of that
    /// name.
    /// </summary>
    private static bool IsName(Match match)
    {
        var name = $"IntacctSync.Core.{match.Groups["folder"].Value}.{match.Groups["next"].Value}";
        return LineOf(match.Groups["folder"].Value) is not null
            && TypesOfCore.Any(t =>
                t == name
                || t.StartsWith(name + ".", StringComparison.Ordinal)
                || t.StartsWith(name + "`", StringComparison.Ordinal)
            );
    }

    [GeneratedRegex(
        @"(?:namespace )?IntacctSync\.Core\.(?<folder>\w+)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex InFull();

    [GeneratedRegex(
        @"(?<![\w.])(?<folder>[A-Z]\w+)\.(?<next>[A-Z]\w*)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Partly();
}
