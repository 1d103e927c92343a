using IntacctSync.Core.Intacct.Records;

namespace IntacctSync.Core.Upflow.Payments;

/// <summary>What Intacct shows of the payments of a pass, by source id.</summary>
internal sealed class PaymentReading
{
    private readonly Dictionary<string, List<PaymentApplication>> _applications = new(StringComparer.Ordinal);
    private readonly Dictionary<string, decimal> _used = new(StringComparer.Ordinal);

    public Dictionary<string, PaymentRecord> Payments { get; } = new(StringComparer.Ordinal);

    /// <summary>When those were reversed that are.</summary>
    public Dictionary<string, DateOnly?> ReversedOn { get; } = new(StringComparer.Ordinal);

    /// <summary>What a payment gave to receivables.</summary>
    public IReadOnlyList<AppliedPart> PartsOf(string sourceId) =>
        AppliedPart.Of(_applications.GetValueOrDefault(sourceId) ?? []);

    /// <summary>What its details come to, of whatever source.</summary>
    public decimal OfDetails(string sourceId) =>
        _applications.GetValueOrDefault(sourceId) is { } applications ? applications.Sum(a => a.Total) : 0;

    /// <summary>What other payments applied of its money.</summary>
    public decimal UsedOf(string sourceId) => _used.GetValueOrDefault(sourceId);

    public void Use(string sourceId, decimal amount) => _used[sourceId] = UsedOf(sourceId) + amount;

    public void Add(string sourceId, PaymentApplication application)
    {
        if (!_applications.TryGetValue(sourceId, out var applications))
            _applications[sourceId] = applications = [];
        applications.Add(application);
    }
}
