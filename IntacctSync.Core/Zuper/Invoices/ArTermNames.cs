using System.Collections.Concurrent;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>
/// The names of a company's active payment terms, kept for an hour. They are read again for a name that is not among
/// them, since it may have been made since, and for a person who asks, since it may be gone.
/// </summary>
internal sealed class ArTermNames(IntacctClient intacct, TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<
        (CompanyId Company, string? Entity),
        (IReadOnlyDictionary<string, string> Names, DateTimeOffset Until)
    > _names = new();

    /// <summary>The terms as Intacct spells them, by the <see cref="ComparisonKey"/> of their names.</summary>
    /// <param name="batch">Whose company.</param>
    /// <param name="wanted">The names that are looked for.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<IReadOnlyDictionary<string, string>> ReadAsync(
        FlowBatch batch,
        IReadOnlyCollection<string> wanted,
        CancellationToken cancellationToken
    )
    {
        var key = (batch.Connection.Company, batch.Connection.Settings.Intacct.EntityId);
        if (
            _names.TryGetValue(key, out var kept)
            && NotedTimes.Lasts(kept.Until, Kept, time.GetUtcNow())
            && batch.MayUse(kept.Until - Kept)
            && wanted.All(w => kept.Names.ContainsKey(ComparisonKey.Of(w)))
        )
            return kept.Names;
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (
            var term in intacct.QueryAsync(
                batch.Access.Intacct,
                new IntacctQuery("ARTERM", ["RECORDNO", "NAME", "STATUS"]),
                cancellationToken
            )
        )
        {
            if (term["NAME"] is { } name && term["STATUS"] != "inactive")
                names[ComparisonKey.Of(name)] = name;
        }

        _names[key] = (names, time.GetUtcNow() + Kept);
        return names;
    }
}
