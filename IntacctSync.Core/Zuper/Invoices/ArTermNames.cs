using System.Collections.Concurrent;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>The names of a company's payment terms, read once an hour.</summary>
internal sealed class ArTermNames(IntacctClient intacct, TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<
        (CompanyId Company, string? Entity),
        (HashSet<string> Names, DateTimeOffset Until)
    > _names = new();

    public async Task<HashSet<string>> ReadAsync(FlowBatch batch, CancellationToken cancellationToken)
    {
        var key = (batch.Connection.Company, batch.Connection.Settings.Intacct.EntityId);
        if (_names.TryGetValue(key, out var kept) && NotedTimes.Lasts(kept.Until, Kept, time.GetUtcNow()))
            return kept.Names;
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        await foreach (
            var term in intacct.QueryAsync(
                batch.Access.Intacct,
                new IntacctQuery("ARTERM", ["RECORDNO", "NAME", "STATUS"]),
                cancellationToken
            )
        )
        {
            if (term["NAME"] is { } name && term["STATUS"] != "inactive")
                names.Add(name);
        }

        _names[key] = (names, time.GetUtcNow() + Kept);
        return names;
    }
}
