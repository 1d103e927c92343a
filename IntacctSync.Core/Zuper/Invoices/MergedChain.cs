using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Client;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>Tells whether a customer of Zuper was merged into another one; each is read once.</summary>
/// <param name="zuper">Where they are read.</param>
/// <param name="account">Of which account.</param>
/// <param name="priority">Whose share of Zuper's limit the calls take.</param>
internal sealed class MergedChain(ZuperClient zuper, ZuperAccount account, RequestPriority priority)
{
    /// <summary>A customer may be merged into one that is merged itself later.</summary>
    private const int MostMerges = 5;

    private readonly Dictionary<string, string?> _read = new(StringComparer.Ordinal);

    /// <summary>Whether one customer was merged into another, directly or by way of others.</summary>
    /// <exception cref="ZuperException">One of them could not be read.</exception>
    public async Task<bool> IsMergedAsync(string uid, string into, CancellationToken cancellationToken) =>
        (await OfAsync(uid, into, cancellationToken)).Count > 0;

    /// <summary>The customers of which each was merged into the next, and the last into that one.</summary>
    /// <returns>None where the first was not merged into it.</returns>
    /// <exception cref="ZuperException">One of them could not be read.</exception>
    public async Task<IReadOnlyList<string>> OfAsync(string uid, string into, CancellationToken cancellationToken)
    {
        string? at = uid;
        var merged = new List<string>();
        while (merged.Count < MostMerges && at is not null)
        {
            merged.Add(at);
            if (!_read.TryGetValue(at, out var next))
                _read[at] = next = (await zuper.GetCustomerAsync(account, at, priority, cancellationToken))?.MergedInto;
            if (next == into)
                return merged;
            at = next;
        }

        return [];
    }
}
