using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Review;

/// <summary>
/// Compares the two sides of one flow: reads the target's list, then the source's page by page, and holds each record
/// to its counterpart by the key map. Of the target only the compared values are kept in memory.
/// </summary>
internal sealed class FlowReconciler(
    IFlowComparison comparison,
    ComparedScope scope,
    Names names,
    KeyMapStore keyMap,
    Func<Func<Task<bool>>, Task<bool>> page,
    Func<int, int, int, Task> progress
)
{
    private const int LookedUp = 500;

    private readonly Dictionary<string, ComparedRecord> _targets = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _met = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _common = new(StringComparer.Ordinal);
    private readonly Dictionary<(DateOnly, string), ComparedSum> _sums = [];
    private FlowComparisonCounts _counts = new(comparison.Flow.Value, 0, 0, 0, 0, 0, 0);

    public FlowComparisonCounts Counts => _counts;

    public IReadOnlyCollection<ComparedSum> Sums => _sums.Values;

    /// <summary>Gives the differences as they are found.</summary>
    public async Task RunAsync(Func<IReadOnlyList<RecordDifference>, Task> report, CancellationToken cancellationToken)
    {
        await EachAsync(
            comparison.TargetAsync(scope, cancellationToken),
            records =>
            {
                foreach (var record in records)
                    _targets[record.Id] = Lean(record);
                return Task.CompletedTask;
            }
        );
        await EachAsync(
            comparison.SourceAsync(scope, cancellationToken),
            async records =>
            {
                foreach (var some in records.Chunk(LookedUp))
                    await report(await CompareAsync(some, cancellationToken));
            }
        );
        await report(await RestAsync(cancellationToken));
    }

    private async Task EachAsync(
        IAsyncEnumerable<IReadOnlyList<ComparedRecord>> pages,
        Func<IReadOnlyList<ComparedRecord>, Task> take
    )
    {
        await using var each = pages.GetAsyncEnumerator();
        while (await page(async () => await each.MoveNextAsync()))
            await take(each.Current);
    }

    /// <summary>The values that many records share are kept once.</summary>
    private ComparedRecord Lean(ComparedRecord record)
    {
        for (var i = 0; i < record.Values.Length; i++)
        {
            if (record.Values[i] is not { Length: < 24 } value)
                continue;
            if (_common.TryGetValue(value, out var known))
                record.Values[i] = known;
            else if (_common.Count < 20_000)
                _common[value] = value;
        }

        return record;
    }

    private async Task<IReadOnlyList<RecordDifference>> CompareAsync(
        ComparedRecord[] sources,
        CancellationToken cancellationToken
    )
    {
        var entries = await keyMap.GetManyAsync(
            scope.Connection.Id,
            comparison.Flow,
            [.. sources.Select(s => s.Id).Distinct(StringComparer.Ordinal)],
            cancellationToken
        );
        var missing = sources
            .Select(s => entries[s.Id])
            .Where(e => e.TargetId is { } id && !_targets.ContainsKey(id))
            .ToList();
        IReadOnlyDictionary<string, ComparedRecord> found = new Dictionary<string, ComparedRecord>(
            StringComparer.Ordinal
        );
        if (missing.Count > 0)
            await page(async () =>
            {
                found = await comparison.FindTargetsAsync(scope, missing, cancellationToken);
                return true;
            });

        var differences = new List<RecordDifference>();
        var differ = 0;
        foreach (var source in sources)
        {
            var entry = entries[source.Id];
            var before = differences.Count;
            if (entry.TargetId is not { } id)
                Unlinked(entry, source, differences);
            else
                Linked(
                    entry,
                    source,
                    _targets.GetValueOrDefault(id) ?? found.GetValueOrDefault(source.Id),
                    differences
                );
            if (differences.Count > before)
                differ++;
        }

        _counts = _counts with { Source = _counts.Source + sources.Length, Differ = _counts.Differ + differ };
        await progress(sources.Length, sources.Length, differ);
        return differences;
    }

    private void Unlinked(KeyMapEntry entry, ComparedRecord source, List<RecordDifference> differences)
    {
        if (DifferenceCause.OfUnlinked(entry.Stored is null ? null : entry, source, names) is { } cause)
            differences.Add(Of(entry, source.Title, source.Date, null, cause));
        else
            _counts = _counts with { LeftOut = _counts.LeftOut + 1 };
    }

    private void Linked(
        KeyMapEntry entry,
        ComparedRecord source,
        ComparedRecord? target,
        List<RecordDifference> differences
    )
    {
        _counts = _counts with { Linked = _counts.Linked + 1 };
        _met.Add(entry.TargetId!);
        if (source.LeftOut is not null || entry.Ignored)
        {
            _counts = _counts with { LeftOut = _counts.LeftOut + 1 };
            return;
        }

        AddUp(source, isSource: true);
        if (target is null)
        {
            differences.Add(Of(entry, source.Title, source.Date, null, DifferenceCause.OfGone(entry, names)));
            return;
        }

        // What the target leaves out of its own day and currency is taken to be the source's.
        AddUp(target with { Date = target.Date ?? source.Date, Currency = source.Currency }, isSource: false);
        var written = entry.Written;
        var found = FieldDifference.Between(comparison, source, target, written).ToList();
        differences.AddRange(
            found.Select(f =>
                Of(
                    entry,
                    source.Title,
                    source.Date,
                    f,
                    DifferenceCause.OfField(
                        entry,
                        f,
                        f.IsSourceAsWritten(comparison, entry, written, source.ChangedAt),
                        source,
                        target,
                        names
                    )
                )
            )
        );
        if (found.Count == 0)
            _counts = _counts with { Equal = _counts.Equal + 1 };
    }

    /// <summary>What the target has beside: counterparts whose source was not listed, and what is nobody's.</summary>
    private async Task<IReadOnlyList<RecordDifference>> RestAsync(CancellationToken cancellationToken)
    {
        var differences = new List<RecordDifference>();
        foreach (var some in _targets.Keys.Where(id => !_met.Contains(id)).Chunk(LookedUp))
        {
            var owners = await keyMap.FindByTargetsAsync(scope.Connection.Id, comparison.Flow, some, cancellationToken);
            var entries = await keyMap.GetManyAsync(
                scope.Connection.Id,
                comparison.Flow,
                [.. owners.Values.Distinct(StringComparer.Ordinal)],
                cancellationToken
            );
            _counts = _counts with { OnlyAtTarget = _counts.OnlyAtTarget + some.Length - owners.Count };
            foreach (var (id, owner) in owners)
            {
                var (entry, target) = (entries[owner], _targets[id]);
                if (entry.Ignored || entry.State == RecordState.Skipped || target.LeftOut is not null)
                    continue;
                _counts = _counts with { Differ = _counts.Differ + 1 };
                AddUp(target, isSource: false);
                differences.Add(
                    Of(
                        entry,
                        entry.Title ?? target.Title,
                        target.Date,
                        null,
                        DifferenceCause.OfSourceGone(entry, names)
                    )
                );
            }
        }

        await progress(0, 0, differences.Count);
        return differences;
    }

    private void AddUp(ComparedRecord record, bool isSource)
    {
        if (record is not { Amount: { } amount, Date: { } day })
            return;
        var currency = record.Currency ?? "";
        var sum =
            _sums.GetValueOrDefault((day, currency))
            ?? new ComparedSum(comparison.Flow.Value, day, currency, 0, 0, 0, 0);
        _sums[(day, currency)] = isSource
            ? sum with
            {
                SourceCount = sum.SourceCount + 1,
                SourceSum = sum.SourceSum + amount,
            }
            : sum with
            {
                TargetCount = sum.TargetCount + 1,
                TargetSum = sum.TargetSum + amount,
            };
    }

    private static RecordDifference Of(
        KeyMapEntry entry,
        string title,
        DateOnly? date,
        FieldDifference? field,
        DifferenceCause cause
    ) =>
        new(
            entry.Key.Flow.Value,
            entry.Key.SourceId,
            title.Length > 0 ? title : entry.Title,
            entry.TargetId,
            date,
            field?.Field,
            field?.Source,
            field?.Target,
            cause.Code,
            cause.Why,
            cause.Repair
        );
}
