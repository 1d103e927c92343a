using IntacctSync.Core.Apps.Comparing;

namespace IntacctSync.Core.Review;

/// <summary>Counts what a comparison of one flow finds, and adds it up by day and currency.</summary>
internal sealed class ComparisonTally(ComparedScope scope, string flow, string targetSystem)
{
    /// <summary>How many reasons are told apart; the rest are counted together.</summary>
    private const int MostReasons = 20;

    private const string OtherReasons = "For other reasons.";

    private readonly Dictionary<(DateOnly, string), ComparedSum> _sums = [];
    private readonly Dictionary<string, int> _leftOut = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _notCompared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _causes = new(StringComparer.Ordinal);
    private readonly List<LeftOutRecord> _named = [];
    private readonly List<OnlyAtTargetRecord> _only = [];
    private FlowComparisonCounts _counts = new(flow, 0, 0, 0, 0, 0, 0, TargetSystem: targetSystem);

    public FlowComparisonCounts Counts =>
        _counts with
        {
            LeftOutBecause = InOrder(_leftOut),
            NotCompared = _notCompared.Count == 0 ? null : InOrder(_notCompared),
            DifferBecause =
            [
                .. _causes
                    .OrderByDescending(c => c.Value)
                    .ThenBy(c => c.Key, StringComparer.Ordinal)
                    .Select(c => new CauseCount(c.Key, c.Value)),
            ],
        };

    private static IReadOnlyList<LeftOutReason> InOrder(Dictionary<string, int> reasons) =>
        [
            .. reasons
                .OrderByDescending(r => r.Value)
                .ThenBy(r => r.Key, StringComparer.Ordinal)
                .Select(r => new LeftOutReason(r.Key, r.Value)),
        ];

    /// <summary>One of which a part is not compared, and why.</summary>
    public void NotCompared(string because)
    {
        var reason = _notCompared.ContainsKey(because) || _notCompared.Count < MostReasons ? because : OtherReasons;
        _notCompared[reason] = _notCompared.GetValueOrDefault(reason) + 1;
    }

    /// <summary>Those that are left out, by name: of each reason the first ones.</summary>
    public IReadOnlyList<LeftOutRecord> Named => _named;

    /// <summary>The first of those that only the target has.</summary>
    public IReadOnlyList<OnlyAtTargetRecord> Only => _only;

    /// <summary>
    /// The sums by day and currency. Where the records that name a currency all name the same one, it is that of the
    /// others too: such are those of a source without currencies that have no counterpart yet.
    /// </summary>
    public IReadOnlyCollection<ComparedSum> Sums =>
        _sums.Keys.Select(k => k.Item2).Where(c => c.Length > 0).Distinct(StringComparer.Ordinal).ToList() is [var only]
            ?
            [
                .. _sums
                    .Values.GroupBy(s => s.Day)
                    .Select(day =>
                        day.Aggregate(
                            (one, other) =>
                                one with
                                {
                                    SourceCount = one.SourceCount + other.SourceCount,
                                    SourceSum = one.SourceSum + other.SourceSum,
                                    TargetCount = one.TargetCount + other.TargetCount,
                                    TargetSum = one.TargetSum + other.TargetSum,
                                }
                        ) with
                        {
                            Currency = only,
                        }
                    ),
            ]
            : _sums.Values;

    public void Source(int count) => _counts = _counts with { Source = _counts.Source + count };

    public void Linked() => _counts = _counts with { Linked = _counts.Linked + 1 };

    public void Equal() => _counts = _counts with { Equal = _counts.Equal + 1 };

    /// <summary>One that differs, and why; what differs for several reasons counts for each.</summary>
    public void Differs(IEnumerable<string> causes)
    {
        _counts = _counts with { Differ = _counts.Differ + 1 };
        foreach (var cause in causes.Distinct(StringComparer.Ordinal))
            _causes[cause] = _causes.GetValueOrDefault(cause) + 1;
    }

    /// <summary>Those of the target that are nobody's counterpart: all are counted, and the first ones named.</summary>
    public void OnlyAtTarget(IReadOnlyCollection<ComparedRecord> records)
    {
        _counts = _counts with { OnlyAtTarget = _counts.OnlyAtTarget + records.Count };
        _only.AddRange(
            records
                .Take(ComparisonLimits.Named - _only.Count)
                .Select(r => new OnlyAtTargetRecord(flow, r.Id, r.Title, r.Date, r.WholeAmount, r.Currency))
        );
    }

    /// <summary>One that is not compared, and why.</summary>
    /// <param name="record">The record; what it says may tell more than the reason by which they are counted.</param>
    /// <param name="because">The reason by which they are counted.</param>
    public void LeftOut(LeftOutRecord record, string because)
    {
        _counts = _counts with { LeftOut = _counts.LeftOut + 1 };
        var reason = _leftOut.ContainsKey(because) || _leftOut.Count < MostReasons ? because : OtherReasons;
        _leftOut[reason] = _leftOut.GetValueOrDefault(reason) + 1;
        if (_leftOut[reason] <= ComparisonLimits.Named)
            _named.Add(record);
    }

    /// <summary>
    /// Both sides of a linked record, each on its own day and in its own currency; what one side does not say of these
    /// is taken from the other.
    /// </summary>
    public void AddUp(ComparedRecord source, ComparedRecord? target)
    {
        AddUp(source, source.Date ?? target?.Date, source.Currency ?? target?.Currency, isSource: true);
        if (target is not null)
            AddUp(target, target.Date ?? source.Date, target.Currency ?? source.Currency, isSource: false);
    }

    /// <summary>A counterpart whose source is not shown.</summary>
    public void AddUp(ComparedRecord target) => AddUp(target, target.Date, target.Currency, isSource: false);

    private void AddUp(ComparedRecord record, DateOnly? on, string? currency, bool isSource)
    {
        if (record is not { Amount: { } amount, IsOut: false } || on is not { } day || !scope.Holds(day))
            return;
        var key = (day, currency?.Trim().ToUpperInvariant() ?? "");
        var sum = _sums.GetValueOrDefault(key) ?? new ComparedSum(flow, day, key.Item2, 0, 0, 0, 0);
        _sums[key] = isSource
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
}

/// <summary>How much of what a comparison finds it names.</summary>
public static class ComparisonLimits
{
    /// <summary>
    /// How many records of one flow and reason are named of those that are left out, and how many of one flow of those
    /// that only the target has; all are counted.
    /// </summary>
    public const int Named = 200;
}
