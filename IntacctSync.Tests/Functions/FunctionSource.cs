using System.Text.RegularExpressions;
using IntacctSync.Tests.Conventions;

namespace IntacctSync.Tests.Functions;

/// <summary>A function as its source declares it; its project needs packages that are not everywhere.</summary>
/// <param name="Name">Its name in the portal.</param>
/// <param name="Trigger">Such as <c>TimerTrigger</c>.</param>
/// <param name="Arguments">Those of the trigger, as they are written.</param>
internal sealed partial record FunctionSource(string Name, string Trigger, string Arguments)
{
    public static IReadOnlyList<FunctionSource> All { get; } =
    [
        .. Sources
            .Code("IntacctSync.Functions")
            .SelectMany(f => Declarations().Matches(f.Code))
            .Select(m => new FunctionSource(
                m.Groups["name"].Value,
                m.Groups["trigger"].Value,
                m.Groups["arguments"].Value
            ))
            .OrderBy(f => f.Name, StringComparer.Ordinal),
    ];

    /// <summary>The settings that the trigger's texts name between percent signs.</summary>
    public IEnumerable<string> Settings => Placeholders().Matches(Arguments).Select(m => m.Groups["key"].Value);

    /// <summary>The first text among the arguments: a schedule.</summary>
    public string? Text => FirstText().Match(Arguments) is { Success: true } m ? m.Groups["text"].Value : null;

    [GeneratedRegex(
        @"\[Function\(""(?<name>\w+)""\)\]\s+public [\w<> ]+\(\s*"
            + @"\[(?<trigger>\w+Trigger)\((?<arguments>.*?)\)\]\s*\w+ \w+",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Declarations();

    [GeneratedRegex(@"%(?<key>[\w:]+)%", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Placeholders();

    [GeneratedRegex(@"""(?<text>[^""]*)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex FirstText();
}
