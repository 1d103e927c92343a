using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Responses;

namespace IntacctSync.Core.Zuper.Customers;

/// <summary>Finds Intacct contacts by name, and those of a customer.</summary>
public sealed class ContactLookup(IntacctClient intacct)
{
    private const string List = "CONTACT_LIST_INFO";

    /// <summary>The contacts that exist of these, by name, as Intacct spells it.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ByNameAsync(
        IntacctCredentials credentials,
        IReadOnlyCollection<string> names,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var query = new IntacctQuery("CONTACT", ["RECORDNO", "CONTACTNAME"])
        {
            Filter = QueryFilter.In("CONTACTNAME", names),
            CaseInsensitive = true,
        };
        await foreach (var record in intacct.QueryAsync(credentials, query, cancellationToken))
        {
            if (record["CONTACTNAME"] is { } name)
                found[name] = name;
        }

        return found;
    }

    /// <summary>
    /// The names of the contacts that belong to these customers, by CUSTOMERID: their display contacts and their
    /// contact lists.
    /// </summary>
    /// <remarks>
    /// A list can only be read with the whole customer (developer.intacct.com, Customers: it is no field of a query).
    /// If an answer has no list, only the display contact is known.
    /// </remarks>
    public async Task<ILookup<string, string>> OfCustomersAsync(
        IntacctCredentials credentials,
        IReadOnlyCollection<string> customerIds,
        CancellationToken cancellationToken
    ) => NamesIn(await ReadAsync(credentials, customerIds, cancellationToken));

    /// <summary>
    /// As <see cref="OfCustomersAsync"/>, for those customers only whose answer shows a contact list.
    /// </summary>
    public async Task<ILookup<string, string>> ShownListsAsync(
        IntacctCredentials credentials,
        IReadOnlyCollection<string> customerIds,
        CancellationToken cancellationToken
    ) => NamesIn((await ReadAsync(credentials, customerIds, cancellationToken)).Where(c => c.Has(List)));

    private async Task<IReadOnlyList<IntacctRecord>> ReadAsync(
        IntacctCredentials credentials,
        IReadOnlyCollection<string> customerIds,
        CancellationToken cancellationToken
    )
    {
        List<string> readable =
        [
            .. customerIds
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Where(id => !id.Contains(',', StringComparison.Ordinal)),
        ];
        return readable.Count == 0
            ? []
            : await intacct.ReadByNameAsync(credentials, "CUSTOMER", readable, ["*"], cancellationToken);
    }

    private static ILookup<string, string> NamesIn(IEnumerable<IntacctRecord> customers) =>
        customers
            .Where(c => c["CUSTOMERID"] is not null)
            .SelectMany(c =>
                c.Nested(List)
                    .Concat(c.Nested($"{List}.{List}"))
                    .Select(row => row["CONTACT.NAME"] ?? row["CONTACT.CONTACTNAME"])
                    .Append(c["DISPLAYCONTACT.CONTACTNAME"])
                    .OfType<string>()
                    .Select(name => (Id: c["CUSTOMERID"]!, Name: name))
            )
            .ToLookup(c => c.Id, c => c.Name, StringComparer.OrdinalIgnoreCase);
}
