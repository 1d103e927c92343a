using IntacctSync.Core.Connections;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;

namespace IntacctSync.Core.Apps.Checks;

/// <summary>What a check needs to look into Intacct.</summary>
public sealed record IntacctLook(
    IntacctClient Client,
    IntacctCredentials Credentials,
    ConnectionSettings Settings,
    TimeProvider Time
)
{
    /// <summary>How many valid names a fix lists.</summary>
    private const int Named = 10;

    /// <summary>Whether a query finds anything.</summary>
    public async Task<bool> AnyAsync(IntacctQuery query, CancellationToken cancellationToken)
    {
        await foreach (var page in Client.QueryPagesAsync(Credentials, query with { PageSize = 1 }, cancellationToken))
            return page.Records.Count > 0;
        return false;
    }

    /// <summary>
    /// The first names that would have been valid, as a sentence to be put behind a fix; empty where there are none, or
    /// they are not wanted.
    /// </summary>
    /// <param name="objectName">For example <c>LOCATION</c>.</param>
    /// <param name="field">Its name field.</param>
    /// <param name="wanted">Whether they are to be looked up at all.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public async Task<string> SomeAsync(
        string objectName,
        string field,
        bool wanted,
        CancellationToken cancellationToken
    )
    {
        if (!wanted)
            return "";
        var query = new IntacctQuery(objectName, [field, "STATUS"]) { PageSize = Named };
        await foreach (var page in Client.QueryPagesAsync(Credentials, query, cancellationToken))
        {
            var names = page
                .Records.Where(r => !string.Equals(r["STATUS"], "inactive", StringComparison.OrdinalIgnoreCase))
                .Select(r => r[field])
                .OfType<string>()
                .ToList();
            return names.Count == 0 ? "" : $" Intacct has, for example, {string.Join(", ", names)}.";
        }

        return "";
    }

    /// <summary>Which of some names no active record of an object has. Case does not count.</summary>
    /// <param name="objectName">For example <c>LOCATION</c>; it has a STATUS.</param>
    /// <param name="field">Its name field.</param>
    /// <param name="names">What is looked for; null stands for nothing.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public async Task<IReadOnlyList<string>> MissingAsync(
        string objectName,
        string field,
        IEnumerable<string?> names,
        CancellationToken cancellationToken
    )
    {
        var wanted = names.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (wanted.Count == 0)
            return [];
        var found = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var query = new IntacctQuery(objectName, [field, "STATUS"]) { Filter = QueryFilter.In(field, wanted) };
        await foreach (var record in Client.QueryAsync(Credentials, query, cancellationToken))
        {
            if (!string.Equals(record["STATUS"], "inactive", StringComparison.OrdinalIgnoreCase))
                found.Add(record[field] ?? "");
        }

        return [.. wanted.Where(name => !found.Contains(name))];
    }
}
