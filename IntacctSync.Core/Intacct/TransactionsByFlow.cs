namespace IntacctSync.Core.Intacct;

/// <summary>The transactions of a company and month, by what they were used for.</summary>
/// <param name="ByFlow">By the name of a flow, or another word of <see cref="TransactionPurpose"/>.</param>
public sealed record TransactionsByFlow(IReadOnlyDictionary<string, FlowTransactions> ByFlow)
{
    public static TransactionsByFlow None { get; } =
        new(new SortedDictionary<string, FlowTransactions>(StringComparer.Ordinal));

    public long Total => ByFlow.Values.Sum(f => f.Reads + f.Writes);

    public TransactionsByFlow With(string name, FlowTransactions more)
    {
        var sums = new SortedDictionary<string, FlowTransactions>(StringComparer.Ordinal);
        foreach (var (flow, count) in ByFlow)
            sums[flow] = count;
        var before = sums.GetValueOrDefault(name) ?? new FlowTransactions(0, 0);
        sums[name] = new FlowTransactions(before.Reads + more.Reads, before.Writes + more.Writes);
        return new TransactionsByFlow(sums);
    }

    public TransactionsByFlow Plus(TransactionsByFlow other) =>
        other.ByFlow.Aggregate(this, (sum, more) => sum.With(more.Key, more.Value));
}

/// <summary>What was used up by reading, and by writing.</summary>
public sealed record FlowTransactions(long Reads, long Writes);
