using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;

namespace IntacctSync.Core.Zuper.Organizations;

/// <summary>Finds Intacct customers by what identifies them, many at once.</summary>
public sealed class CustomerLookup(IntacctClient intacct)
{
    private static readonly string[] Fields =
    [
        "RECORDNO",
        "CUSTOMERID",
        "NAME",
        "DISPLAYCONTACT.CONTACTNAME",
        "DISPLAYCONTACT.EMAIL1",
    ];

    /// <summary>The CUSTOMERIDs of the customers whose display contact has one of these names, by that name.</summary>
    public async Task<IReadOnlyDictionary<string, string>> IdsByContactNameAsync(
        IntacctCredentials credentials,
        IReadOnlyCollection<string> contactNames,
        CancellationToken cancellationToken
    )
    {
        var found = await QueryAsync(
            credentials,
            QueryFilter.In("DISPLAYCONTACT.CONTACTNAME", contactNames),
            caseInsensitive: false,
            cancellationToken
        );
        return found
            .Where(c => c.ContactName is not null)
            .GroupBy(c => c.ContactName!, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(g => g.Key, g => g.First().CustomerId, StringComparer.OrdinalIgnoreCase);
    }

    internal async Task<IReadOnlyDictionary<string, FoundCustomer>> ByIdAsync(
        IntacctCredentials credentials,
        IReadOnlyCollection<string> customerIds,
        CancellationToken cancellationToken
    )
    {
        var found = await QueryAsync(
            credentials,
            QueryFilter.In("CUSTOMERID", customerIds),
            caseInsensitive: true,
            cancellationToken
        );
        return found.ToDictionary(c => c.CustomerId, c => c, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>
    /// The customers whose NAME may be one of these, by its <see cref="ComparisonKey"/>. Blanks, case and Unicode form
    /// do not matter.
    /// </summary>
    internal async Task<ILookup<string, FoundCustomer>> ByNameAsync(
        IntacctCredentials credentials,
        IReadOnlyCollection<string> names,
        CancellationToken cancellationToken
    )
    {
        var filter = LikePatterns.Finding("NAME", names);
        var found = await QueryAsync(credentials, filter, caseInsensitive: true, cancellationToken);
        return found.ToLookup(c => ComparisonKey.Of(c.Name), StringComparer.Ordinal);
    }

    /// <summary>As <see cref="ByNameAsync"/>, by the first address of the display contact.</summary>
    internal async Task<ILookup<string, FoundCustomer>> ByEmailAsync(
        IntacctCredentials credentials,
        IReadOnlyCollection<string> emails,
        CancellationToken cancellationToken
    )
    {
        var filter = LikePatterns.Finding("DISPLAYCONTACT.EMAIL1", emails);
        var found = await QueryAsync(credentials, filter, caseInsensitive: true, cancellationToken);
        return found.ToLookup(c => ComparisonKey.Of(c.Email), StringComparer.Ordinal);
    }

    private async Task<List<FoundCustomer>> QueryAsync(
        IntacctCredentials credentials,
        QueryFilter filter,
        bool caseInsensitive,
        CancellationToken cancellationToken
    )
    {
        var query = new IntacctQuery("CUSTOMER", Fields) { Filter = filter, CaseInsensitive = caseInsensitive };
        var found = new List<FoundCustomer>();
        await foreach (var record in intacct.QueryAsync(credentials, query, cancellationToken))
        {
            if (record["CUSTOMERID"] is { } id)
                found.Add(
                    new FoundCustomer(
                        id,
                        record["NAME"] ?? "",
                        record["DISPLAYCONTACT.CONTACTNAME"],
                        record["DISPLAYCONTACT.EMAIL1"]
                    )
                );
        }

        return found;
    }
}
