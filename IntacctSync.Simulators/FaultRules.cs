namespace IntacctSync.Simulators;

/// <summary>
/// The faults waiting to be injected. Thread-safe; the draws come from a seed, so that a run can be repeated.
/// </summary>
/// <param name="known">The fault names that the simulator understands.</param>
/// <param name="seed">Start of the sequence behind <see cref="FaultRule.Probability"/>.</param>
public sealed class FaultRules(IReadOnlyCollection<string> known, int seed = 1)
{
    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);
    private List<Armed> _armed = [];

    public IReadOnlyCollection<string> Known => known;

    /// <summary>The rules still to be used up, in the order they are tried.</summary>
    public IReadOnlyList<FaultRule> Rules
    {
        get
        {
            lock (_lock)
                return [.. _armed.Where(a => !a.Spent).Select(a => a.Rule)];
        }
    }

    /// <exception cref="ArgumentException">The simulator knows no such fault, or a number is out of range.</exception>
    public void Add(FaultRule rule)
    {
        Check(rule);
        lock (_lock)
            _armed.Add(new Armed(rule));
    }

    /// <summary>Replaces all rules; none is replaced where one of them is wrong.</summary>
    /// <exception cref="ArgumentException">As <see cref="Add"/>.</exception>
    public void Set(IReadOnlyList<FaultRule> rules)
    {
        foreach (var rule in rules)
            Check(rule);
        lock (_lock)
            _armed = [.. rules.Select(r => new Armed(r))];
    }

    public void Clear() => Set([]);

    /// <summary>The first rule that falls on this occasion, used up by once; null where none does.</summary>
    /// <param name="faults">The faults that can be injected at this moment.</param>
    /// <param name="facts">What the occasion is; a name may come more than once, and a rule's match holds where one of
    /// its values is equal.</param>
    public FaultRule? Take(IReadOnlyCollection<string> faults, IReadOnlyCollection<KeyValuePair<string, string>> facts)
    {
        lock (_lock)
        {
            if (_armed.Count == 0)
                return null;
            foreach (var armed in _armed)
                if (
                    !armed.Spent
                    && faults.Contains(armed.Rule.Fault, StringComparer.OrdinalIgnoreCase)
                    && Matches(armed.Rule, facts)
                    && armed.Fires(_random)
                )
                    return armed.Rule;
            return null;
        }
    }

    private static bool Matches(FaultRule rule, IReadOnlyCollection<KeyValuePair<string, string>> facts) =>
        rule.Match.All(wanted =>
            facts.Any(fact =>
                fact.Key.Equals(wanted.Key, StringComparison.OrdinalIgnoreCase)
                && fact.Value.Equals(wanted.Value, StringComparison.OrdinalIgnoreCase)
            )
        );

    private void Check(FaultRule rule)
    {
        if (!known.Contains(rule.Fault, StringComparer.OrdinalIgnoreCase))
            throw new ArgumentException(
                $"No fault is named '{rule.Fault}'; there are: {string.Join(", ", known)}.",
                nameof(rule)
            );
        if (rule.Times < 0 || rule.Skip < 0 || rule.Probability is < 0 or > 1)
            throw new ArgumentException(
                $"Fault '{rule.Fault}': times and skip are 0 or more, probability is 0 to 1.",
                nameof(rule)
            );
    }

    private sealed class Armed(FaultRule rule)
    {
        private int _skipped;
        private int _fired;

        public FaultRule Rule => rule;

        public bool Spent => rule.Times > 0 && _fired >= rule.Times;

        public bool Fires(Random random)
        {
            if (_skipped < rule.Skip)
            {
                _skipped++;
                return false;
            }
            if (rule.Probability is { } share && random.NextDouble() >= share)
                return false;
            _fired++;
            return true;
        }
    }
}
