using IntacctSync.Core.Apps.Comparing;

namespace IntacctSync.Core.Upflow.Comparing;

/// <summary>What each customer owes on one side, in each currency.</summary>
internal sealed class CustomerBalances
{
    /// <summary>In the place of a balance that is nought in every currency: an empty field would not be
    /// compared.</summary>
    public const string Nothing = "0.00";

    private readonly Dictionary<string, SortedDictionary<string, decimal?>> _sums = new(
        StringComparer.OrdinalIgnoreCase
    );

    /// <param name="customer">Its id on this side.</param>
    /// <param name="currency">ISO 4217.</param>
    /// <param name="amount">Below zero for a credit; null where this side does not say.</param>
    public void Add(string customer, string currency, decimal? amount)
    {
        if (!_sums.TryGetValue(customer, out var sums))
            _sums[customer] = sums = new(StringComparer.Ordinal);
        sums[currency] = sums.TryGetValue(currency, out var sum) ? sum + amount : amount;
    }

    /// <returns>Such as <c>12.00 EUR, -3.50 USD</c>; null where a part of it is not known.</returns>
    public string? Of(string customer) =>
        !_sums.TryGetValue(customer, out var sums) || sums.Values.All(s => s == 0) ? Nothing
        : sums.Values.Any(s => s is null) ? null
        : string.Join(", ", sums.Where(s => s.Value != 0).Select(s => $"{ComparedRecord.Text(s.Value)} {s.Key}"));
}
