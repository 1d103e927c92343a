using IntacctSync.Core.Apps.Comparing;

namespace IntacctSync.Core.Review;

/// <summary>
/// Finds which records of two sides belong together by the ids that they show. An id alone proves little: it may come
/// from another company or another connector, or be mistyped. Two are a pair where the comparison has no doubt, and
/// no other record of either side fits as well.
/// </summary>
internal sealed class ShownPairs(IFlowComparison comparison)
{
    private readonly Dictionary<string, ComparedRecord> _targets = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<ShownPair> _pairs = [];
    private readonly List<LeftRecord> _left = [];
    private ILookup<string, ComparedRecord>? _byTitle;
    private ILookup<string, ComparedRecord>? _bySource;

    /// <summary>Those that have an id, or are shown one, and were taken for nobody's half, with the cause.</summary>
    public IReadOnlyList<LeftRecord> Left => _left;

    /// <summary>Takes records of the target. All come before the first of the source.</summary>
    public void AddTargets(IReadOnlyList<ComparedRecord> records)
    {
        foreach (var record in records)
            _targets[record.Id] = record;
    }

    /// <summary>Takes records of the source.</summary>
    public void AddSources(IReadOnlyList<ComparedRecord> records)
    {
        _byTitle ??= _targets
            .Values.Where(_ => comparison.IsKnownByTitle)
            .ToLookup(t => t.Title, StringComparer.OrdinalIgnoreCase);
        _bySource ??= _targets
            .Values.Where(t => t.Shows is not null)
            .ToLookup(t => t.Shows!, StringComparer.OrdinalIgnoreCase);
        foreach (var source in records)
            Add(source, source.Shows is { } shown ? [.. Shown(shown)] : []);
    }

    /// <summary>
    /// The pairs, once both sides were taken. Where several records show one target, as a copied record does, a person
    /// must tell which of them it is.
    /// </summary>
    public IReadOnlyList<ShownPair> Clear()
    {
        var clear = new List<ShownPair>();
        foreach (var same in _pairs.GroupBy(p => p.Target, StringComparer.OrdinalIgnoreCase))
        {
            if (same.ToList() is [var only])
                clear.Add(only);
            else
                foreach (var pair in same)
                    Leave(pair, $"several records show {pair.Target}");
        }

        return clear;
    }

    /// <summary>Leaves a pair unlinked.</summary>
    public void Leave(ShownPair pair, string why) =>
        _left.Add(new LeftRecord(pair.Source, pair.Title, pair.Target, why));

    private IEnumerable<ComparedRecord> Shown(string id) =>
        (_targets.TryGetValue(id, out var target) ? [target] : Array.Empty<ComparedRecord>())
            .Concat(_byTitle![id])
            .DistinctBy(t => t.Id, StringComparer.OrdinalIgnoreCase);

    /// <summary>Of what can't be read nothing is known that would speak for the two.</summary>
    private static string? WhyUnread(ComparedRecord source, ComparedRecord target) =>
        source.Unread is { } mine ? $"it can't be read: {mine.Message}"
        : target.Unread is { } other ? $"{target.Id} can't be read: {other.Message}"
        : null;

    private void Add(ComparedRecord source, List<ComparedRecord> shown)
    {
        if (shown.Count == 0)
            shown = [.. _bySource![source.Id]];
        var doubts = shown.ConvertAll(target => WhyUnread(source, target) ?? comparison.DoubtAbout(source, target));
        if (doubts.Count(d => d is null) == 1)
        {
            _pairs.Add(new ShownPair(source.Id, source.Title, shown[doubts.IndexOf(null)].Id));
            return;
        }

        // Where neither side counts any more, nobody misses the link.
        if (shown.Count > 0 ? source.IsOut && shown.TrueForAll(t => t.IsOut) : source.Shows is null || source.IsOut)
            return;
        _left.Add(
            new LeftRecord(
                source.Id,
                source.Title,
                source.Shows ?? shown[0].Id,
                doubts switch
                {
                    [] => "there is none of that id",
                    [{ } only] => only,
                    _ when doubts.Contains(null) =>
                        $"it fits several: {string.Join(", ", shown.Select(t => t.Id).Order(StringComparer.Ordinal))}",
                    _ => doubts[0]!,
                }
            )
        );
    }
}

/// <summary>Two records that show each other's id.</summary>
/// <param name="Source">The source's id.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="Target">The target's id.</param>
internal sealed record ShownPair(string Source, string Title, string Target);

/// <summary>A record that was not linked.</summary>
/// <param name="SourceId">Its id.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="Shows">The id that it shows, or of what shows it.</param>
/// <param name="Why">Why, in words.</param>
internal sealed record LeftRecord(string SourceId, string Title, string Shows, string Why);
