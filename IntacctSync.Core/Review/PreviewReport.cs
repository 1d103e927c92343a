using System.Text.Json;
using System.Text.Json.Serialization;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Review;

/// <summary>What a sync would do, counted flow by flow, with the first records of each kind.</summary>
/// <param name="flows">Those that are looked at, in their order. Each has its counts, also where nothing was
/// found.</param>
internal sealed class PreviewReport(IReadOnlyList<FlowName> flows)
{
    /// <summary>How many of each kind are listed.</summary>
    private const int Most = 100;

    internal static JsonSerializerOptions Json { get; } =
        new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    private readonly Dictionary<RehearsedKind, int> _counts = None();
    private readonly OrderedDictionary<FlowName, Dictionary<RehearsedKind, int>> _flows = new(
        flows.Select(f => KeyValuePair.Create(f, None()))
    );
    private readonly Dictionary<FlowName, string> _untold = [];
    private readonly Dictionary<RehearsedKind, List<PreviewedRecord>> _first = [];

    public void Add(FlowName flow, RehearsedRecord end, RehearsalVerdict verdict)
    {
        _counts[verdict.Kind]++;
        _flows[flow][verdict.Kind]++;
        if (verdict.Kind is RehearsedKind.Equal)
            return;
        if (!_first.TryGetValue(verdict.Kind, out var first))
            _first[verdict.Kind] = first = [];
        if (first.Count < Most)
            first.Add(
                new PreviewedRecord(
                    verdict.Kind,
                    flow.Value,
                    end.Before.Key.SourceId,
                    end.After.Title ?? end.Before.Title,
                    WholeCharacters.Cut(verdict.Why, 300),
                    verdict.Fix is { } fix ? WholeCharacters.Cut(fix, 300) : null
                )
            );
    }

    /// <summary>A flow can't be looked at to its end, and none behind it: their records may need its own.</summary>
    /// <param name="flow">The one that was broken off.</param>
    /// <param name="name">What people call its records.</param>
    /// <param name="why">Why.</param>
    public void BreakOff(FlowName flow, string name, string why)
    {
        _untold[flow] = why;
        foreach (var behind in flows.SkipWhile(f => f != flow).Skip(1))
            _untold[behind] = $"Not looked at: {name} come first, and could not be looked at to the end.";
    }

    /// <summary>The records, a line of JSON each.</summary>
    public IEnumerable<string> Lines() =>
        _first.OrderBy(k => k.Key).SelectMany(k => k.Value).Select(record => JsonSerializer.Serialize(record, Json));

    /// <summary>Without the records.</summary>
    /// <param name="message">Why it was broken off; null where it was not.</param>
    public string WriteCounts(string? message = null) =>
        JsonSerializer.Serialize(
            new PreviewCounts(
                message,
                _counts,
                [.. _flows.Select(f => new PreviewedFlow(f.Key.Value, f.Value, _untold.GetValueOrDefault(f.Key)))]
            ),
            Json
        );

    private static Dictionary<RehearsedKind, int> None() =>
        Enum.GetValues<RehearsedKind>().ToDictionary(k => k, _ => 0);
}

/// <summary>How many records of each kind a preview met.</summary>
/// <param name="Message">Why it was broken off; null where it was not.</param>
/// <param name="Counts">Of all flows.</param>
/// <param name="Flows">Of each flow that is on.</param>
public sealed record PreviewCounts(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Message,
    IReadOnlyDictionary<RehearsedKind, int> Counts,
    IReadOnlyList<PreviewedFlow> Flows
);

/// <summary>The same of one flow.</summary>
/// <param name="Flow">Its name.</param>
/// <param name="Counts">By what a sync would do.</param>
/// <param name="Untold">Why it was not looked at, or not to its end; null where it was.</param>
public sealed record PreviewedFlow(
    string Flow,
    IReadOnlyDictionary<RehearsedKind, int> Counts,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Untold
)
{
    /// <summary>How many were counted; null where none was because the flow was not looked at, which is another thing
    /// than none.</summary>
    public int? Counted(RehearsedKind kind) =>
        Counts.GetValueOrDefault(kind) is > 0 and var count ? count
        : Untold is null ? 0
        : null;
}

/// <summary>A record of a preview.</summary>
/// <param name="Kind">What a sync would do with it.</param>
/// <param name="Flow">Its flow.</param>
/// <param name="SourceId">Its id at its source.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="Why">Why.</param>
/// <param name="Fix">What a person must do first; null where nothing.</param>
public sealed record PreviewedRecord(
    RehearsedKind Kind,
    string Flow,
    string SourceId,
    string? Title,
    string Why,
    string? Fix
);
