using System.Text.Json.Nodes;
using IntacctSync.Simulators.Upflow.Records;

namespace IntacctSync.Simulators.Upflow.Api;

/// <summary>
/// Lists: <c>?offset=&amp;limit=</c> and <c>customerId</c>; <c>sortBy</c> and <c>sortOrder</c>. Filters by state and
/// date are ignored, as the real service ignores them.
/// </summary>
internal sealed class ListRoutes(UpflowOrganization organization)
{
    /// <summary>A larger limit is taken for this one. [assumed]</summary>
    private const int Most = 500;

    /// <param name="name">The list's path, such as <c>credit_notes</c>.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="records">All records, in the order they were made.</param>
    /// <param name="view">A record as a row.</param>
    /// <param name="owner">Whose a record is; null where <c>customerId</c> is no filter of the list.</param>
    public UpflowAnswer Read<T>(
        string name,
        UpflowRequest request,
        IReadOnlyList<T> records,
        Func<T, JsonObject> view,
        Func<T, UpflowCustomer?>? owner = null
    )
    {
        var (offset, limit) = (request.Number("offset", 0, 0), Math.Min(request.Number("limit", 100, 1), Most));
        IEnumerable<T> rows = records;
        var total = records.Count;
        if (owner is not null && request.Text("customerId") is { } customer)
        {
            var found = organization.Customers.ByPath(customer);
            var own = records.Where(r => found is not null && owner(r) == found).ToList();
            (rows, total) = (own, own.Count);
        }
        if (request.Text("sortBy") is { } field)
            rows = rows.Select(r => (Row: r, Key: view(r)[field]?.ToJsonString() ?? ""))
                .OrderBy(r => r.Key.Length)
                .ThenBy(r => r.Key, StringComparer.Ordinal)
                .Select(r => r.Row)
                .ToList();
        var descending = request.Text("sortOrder")?.Equals("desc", StringComparison.OrdinalIgnoreCase) == true;
        if (descending || (organization.Options.ListsNewestFirst && request.Text("sortBy") is null))
            rows = rows.Reverse();
        return UpflowAnswer.Json(
            new JsonObject
            {
                ["offset"] = offset,
                ["limit"] = limit,
                ["total"] = total,
                [organization.Options.ListKeys.GetValueOrDefault(name, "items")] = new JsonArray([
                    .. rows.Skip(offset).Take(limit).Select(view),
                ]),
            }
        );
    }
}
