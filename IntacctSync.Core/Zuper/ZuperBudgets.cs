using System.Collections.Concurrent;

namespace IntacctSync.Core.Zuper;

/// <summary>One budget for each account and key in this process.</summary>
public sealed class ZuperBudgets(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, ZuperBudget> _budgets = new(StringComparer.Ordinal);

    internal ZuperBudget For(ZuperAccount account) => _budgets.GetOrAdd(account.BudgetKey, static (_, clock) => new ZuperBudget(clock), time);
}
