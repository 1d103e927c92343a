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

    private readonly Dictionary<string, string> _unreadable = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What of a customer's documents can't be read, so that its balance is not known; else null.</summary>
    public string? Unreadable(string customer) => _unreadable.GetValueOrDefault(customer);

    public void AddUnreadable(string customer, string why) => _unreadable.TryAdd(customer, why);

    public void Add(IEnumerable<OpenDocument> documents)
    {
        foreach (var document in documents)
        {
            if (document.Unreadable is { } why)
                AddUnreadable(document.CustomerId, why);
            else
                Add(document.CustomerId, document.Currency, document.Amount);
        }
    }

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
