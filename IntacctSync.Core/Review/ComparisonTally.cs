using IntacctSync.Core.Apps.Comparing;

namespace IntacctSync.Core.Review;

/// <summary>Counts what a comparison of one flow finds, and adds it up by day and currency.</summary>
internal sealed class ComparisonTally(ComparedScope scope, string flow)
{
    /// <summary>How many reasons are told apart; the rest are counted together.</summary>
    private const int MostReasons = 20;

    private const string OtherReasons = "For other reasons.";

    private readonly Dictionary<(DateOnly, string), ComparedSum> _sums = [];
    private readonly Dictionary<string, int> _leftOut = new(StringComparer.Ordinal);
    private FlowComparisonCounts _counts = new(flow, 0, 0, 0, 0, 0, 0);

    public FlowComparisonCounts Counts =>
        _counts with
        {
            LeftOutBecause =
            [
                .. _leftOut
                    .OrderByDescending(r => r.Value)
                    .ThenBy(r => r.Key, StringComparer.Ordinal)
                    .Select(r => new LeftOutReason(r.Key, r.Value)),
            ],
        };

    public IReadOnlyCollection<ComparedSum> Sums => _sums.Values;

    public void Source(int count) => _counts = _counts with { Source = _counts.Source + count };

    public void Linked() => _counts = _counts with { Linked = _counts.Linked + 1 };

    public void Equal() => _counts = _counts with { Equal = _counts.Equal + 1 };

    public void Differs() => _counts = _counts with { Differ = _counts.Differ + 1 };

    public void OnlyAtTarget(int count) => _counts = _counts with { OnlyAtTarget = _counts.OnlyAtTarget + count };

    /// <summary>One that is not compared, and why.</summary>
    public void LeftOut(string because)
    {
        _counts = _counts with { LeftOut = _counts.LeftOut + 1 };
        var reason = _leftOut.ContainsKey(because) || _leftOut.Count < MostReasons ? because : OtherReasons;
        _leftOut[reason] = _leftOut.GetValueOrDefault(reason) + 1;
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
