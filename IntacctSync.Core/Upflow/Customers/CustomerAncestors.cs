using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Responses;

namespace IntacctSync.Core.Upflow.Customers;

/// <summary>Finds the customers above others, level by level: one query for each level of a batch.</summary>
public sealed class CustomerAncestors(IntacctClient intacct)
{
    /// <summary>More levels than any company has; a circle ends here as well.</summary>
    private const int MostLevels = 20;

    /// <summary>The CUSTOMERIDs above each customer, its parent first.</summary>
    internal async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> OfAsync(
        RecordPass pass,
        IReadOnlyCollection<IntacctRecord> customers,
        CancellationToken cancellationToken
    )
    {
        var parents = customers.ToDictionary(c => c["CUSTOMERID"]!.Trim(), ParentOf, StringComparer.Ordinal);
        for (var level = 0; level < MostLevels; level++)
        {
            var unread = parents
                .Values.OfType<string>()
                .Where(p => !parents.ContainsKey(p))
                .Distinct(StringComparer.Ordinal)
                .ToList();
            if (unread.Count == 0)
                break;
            foreach (var id in unread)
                parents[id] = null;
            var query = new IntacctQuery("CUSTOMER", ["CUSTOMERID", "PARENTID"])
            {
                Filter = QueryFilter.In("CUSTOMERID", unread),
            };
            await foreach (var row in intacct.QueryAsync(pass.Batch.Access.Intacct, query, cancellationToken))
                parents[row["CUSTOMERID"]!.Trim()] = ParentOf(row);
        }

        return customers
            .Select(c => c["CUSTOMERID"]!.Trim())
            .ToDictionary(id => id, id => Above(id, parents), StringComparer.Ordinal);
    }

    private static IReadOnlyList<string> Above(string id, Dictionary<string, string?> parents)
    {
        var above = new List<string>();
        for (
            var at = parents[id];
            at is not null && at != id && !above.Contains(at, StringComparer.Ordinal);
            at = parents.GetValueOrDefault(at)
        )
            above.Add(at);
        return above;
    }

    private static string? ParentOf(IntacctRecord row) => row["PARENTID"]?.Trim() is { Length: > 0 } id ? id : null;
}
