using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Review;

/// <summary>
/// Compares the two sides of one flow: reads the target's list, then the source's page by page, and holds each record
/// to its counterpart by the key map. Of the target only the compared values are kept in memory.
/// </summary>
internal sealed class FlowReconciler
{
    private const int LookedUp = 500;

    /// <summary>How many sources that no page has shown are looked up; more of them are no accident.</summary>
    private const int MostSources = 1_000;

    private readonly IFlowComparison _comparison;
    private readonly ComparedScope _scope;
    private readonly KeyMapStore _keyMap;
    private readonly Func<Func<Task<bool>>, Task<bool>> _page;
    private readonly Func<int, int, Task> _progress;
    private readonly ComparisonTally _tally;
    private readonly RecordComparison _records;
    private readonly Dictionary<string, ComparedRecord> _targets = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _met = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _common = new(StringComparer.Ordinal);

    /// <param name="comparison">The flow's.</param>
    /// <param name="scope">Whose records, and of which days.</param>
    /// <param name="names">What people call the two systems.</param>
    /// <param name="keyMap">The links.</param>
    /// <param name="page">Reads one page, and tells whether there was one.</param>
    /// <param name="progress">Is told how many records were compared, and how many of them differ; also of each page
    /// that is read before any is.</param>
    public FlowReconciler(
        IFlowComparison comparison,
        ComparedScope scope,
        Names names,
        KeyMapStore keyMap,
        Func<Func<Task<bool>>, Task<bool>> page,
        Func<int, int, Task> progress
    )
    {
        (_comparison, _scope, _keyMap, _page, _progress) = (comparison, scope, keyMap, page, progress);
        _tally = new ComparisonTally(scope, comparison.Flow.Value, names.Target);
        _records = new RecordComparison(comparison, names, _tally);
    }

    public FlowComparisonCounts Counts => _tally.Counts;

    public IReadOnlyCollection<ComparedSum> Sums => _tally.Sums;

    /// <summary>Those that are left out, of each reason the first ones.</summary>
    public IReadOnlyList<LeftOutRecord> LeftOut => _tally.Named;

    /// <summary>The first of those that only the target has.</summary>
    public IReadOnlyList<OnlyAtTargetRecord> OnlyAtTarget => _tally.Only;

    /// <summary>Gives the differences as they are found.</summary>
    public async Task RunAsync(Func<IReadOnlyList<RecordDifference>, Task> report, CancellationToken cancellationToken)
    {
        await EachAsync(
            _comparison.TargetAsync(_scope, cancellationToken),
            async records =>
            {
                foreach (var record in records)
                    _targets[record.Id] = Lean(record);
                await _progress(0, 0);
            }
        );
        await EachAsync(
            _comparison.SourceAsync(_scope, cancellationToken),
            async records =>
            {
                foreach (var some in records.Chunk(LookedUp))
                    await TellAsync(some.Length, await CompareAsync(some, cancellationToken), report);
            }
        );
        await RestAsync(report, cancellationToken);
    }

    private async Task TellAsync(
        int compared,
        IReadOnlyList<RecordDifference> differences,
        Func<IReadOnlyList<RecordDifference>, Task> report
    )
    {
        await report(differences);
        await _progress(compared, differences.Select(d => d.SourceId).Distinct(StringComparer.Ordinal).Count());
    }

    private async Task EachAsync<T>(IAsyncEnumerable<IReadOnlyList<T>> pages, Func<IReadOnlyList<T>, Task> take)
    {
        await using var each = pages.GetAsyncEnumerator();
        while (await _page(async () => await each.MoveNextAsync()))
            await take(each.Current);
    }

    /// <summary>The values that many records share are kept once.</summary>
    private ComparedRecord Lean(ComparedRecord record)
    {
        for (var i = 0; i < record.Values.Length; i++)
        {
            if (record.Values[i] is { Length: < 24 } value)
                record.Values[i] = Common(value);
        }

        return record.Lines is { Count: > 0 } lines
            ? record with
            {
                Lines =
                [
                    .. lines.Select(l =>
                        l with
                        {
                            Text = Common(l.Text),
                            Item = Common(l.Item),
                            Account = Common(l.Account),
                            AccountLabel = Common(l.AccountLabel),
                        }
                    ),
                ],
            }
            : record;
    }

    private string Common(string value)
    {
        if (_common.TryGetValue(value, out var known))
            return known;
        if (_common.Count < 20_000)
            _common[value] = value;
        return value;
    }

    private async Task<IReadOnlyList<RecordDifference>> CompareAsync(
        ComparedRecord[] sources,
        CancellationToken cancellationToken
    )
    {
        var entries = await EntriesAsync(sources.Select(s => s.Id), cancellationToken);
        var missing = sources
            .Select(s => entries[s.Id])
            .Where(e => e.TargetId is { } id && !_targets.ContainsKey(id))
            .DistinctBy(e => e.Key.SourceId, StringComparer.Ordinal)
            .ToList();
        IReadOnlyDictionary<string, ComparedRecord> found = new Dictionary<string, ComparedRecord>(
            StringComparer.Ordinal
        );
        if (missing.Count > 0)
            await _page(async () =>
            {
                found = await _comparison.FindTargetsAsync(_scope, missing, cancellationToken);
                return true;
            });

        _tally.Source(sources.Length);
        var differences = new List<RecordDifference>();
        foreach (var source in sources)
        {
            var entry = entries[source.Id];
            if (entry.TargetId is not { } id)
            {
                differences.AddRange(_records.OfUnlinked(entry, source));
                continue;
            }

            _met.Add(id);
            var target = _targets.GetValueOrDefault(id) ?? found.GetValueOrDefault(source.Id);
            differences.AddRange(_records.OfLinked(entry, source, target));
        }

        return differences;
    }

    /// <summary>
    /// What the target has beside: counterparts whose source was not listed, and what is nobody's. A source that was
    /// not listed is looked up: it may have another date than its counterpart.
    /// </summary>
    private async Task RestAsync(
        Func<IReadOnlyList<RecordDifference>, Task> report,
        CancellationToken cancellationToken
    )
    {
        var left = MostSources;
        HashSet<string>? parts = null;
        foreach (var some in _targets.Keys.Where(id => !_met.Contains(id)).Chunk(LookedUp))
        {
            var owners = await _keyMap.FindByTargetsAsync(
                _scope.Connection.Id,
                _comparison.Flow,
                some,
                cancellationToken
            );
            var nobodys = some.Where(id => !owners.ContainsKey(id.ToUpperInvariant())).ToList();
            if (nobodys.Count > 0)
                parts ??= await PartsAsync(cancellationToken);
            _tally.OnlyAtTarget([
                .. nobodys.Where(id => !parts!.Contains(id)).Select(id => _targets[id]).Where(r => !r.IsPart),
            ]);
            var entries = await EntriesAsync(owners.Values, cancellationToken);
            var unmet = owners
                .Select(o => (Entry: entries[o.Value], Target: _targets[o.Key]))
                .Where(o => !o.Entry.Ignored && o.Entry.State != RecordState.Skipped && !o.Target.IsOut)
                .ToList();
            var looked = unmet.Take(left).Select(o => o.Entry.Key.SourceId).ToHashSet(StringComparer.Ordinal);
            left -= looked.Count;
            var sources = await SourcesAsync(looked, cancellationToken);
            _tally.Source(sources.Count);
            var differences = unmet
                .SelectMany(o =>
                    sources.TryGetValue(o.Entry.Key.SourceId, out var source)
                        ? _records.OfLinked(o.Entry, source, o.Target)
                        : _records.OfSourceGone(o.Entry, o.Target, looked.Contains(o.Entry.Key.SourceId))
                )
                .ToList();
            await TellAsync(sources.Count, differences, report);
        }
    }

    /// <summary>The ids of what is a part of another record at the target.</summary>
    private async Task<HashSet<string>> PartsAsync(CancellationToken cancellationToken)
    {
        var parts = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (_comparison.PartsAsync(_scope, cancellationToken) is { } pages)
            await EachAsync(
                pages,
                ids =>
                {
                    parts.UnionWith(ids);
                    return Task.CompletedTask;
                }
            );
        return parts;
    }

    private async Task<IReadOnlyDictionary<string, ComparedRecord>> SourcesAsync(
        HashSet<string> sourceIds,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyDictionary<string, ComparedRecord> found = new Dictionary<string, ComparedRecord>(
            StringComparer.Ordinal
        );
        if (sourceIds.Count > 0)
            await _page(async () =>
            {
                found = await _comparison.FindSourcesAsync(_scope, sourceIds, cancellationToken);
                return true;
            });
        return found;
    }

    private Task<IReadOnlyDictionary<string, KeyMapEntry>> EntriesAsync(
        IEnumerable<string> sourceIds,
        CancellationToken cancellationToken
    ) =>
        _keyMap.GetManyAsync(
            _scope.Connection.Id,
            _comparison.Flow,
            [.. sourceIds.Distinct(StringComparer.Ordinal)],
            cancellationToken
        );
}
