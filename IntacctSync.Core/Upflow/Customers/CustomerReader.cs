using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Customers;

/// <summary>Reads the customers of a pass, with their contacts and those above them, in a few calls.</summary>
public sealed class CustomerReader(IntacctClient intacct, CustomerAncestors ancestors, UserTimes times)
{
    private const string Object = "CUSTOMER";
    private const string List = "CONTACT_LIST_INFO";

    /// <summary>
    /// The customers by CUSTOMERID. One that is taken for deleted is not among them; one that is not shown ends, until
    /// it may be taken for deleted (<see cref="AbsenceVerdict"/>).
    /// </summary>
    /// <remarks>
    /// A contact list can only be read with the whole customer (developer.intacct.com, Customers: it is no field of a
    /// query).
    /// </remarks>
    internal async Task<IReadOnlyDictionary<string, SourceCustomer>> ReadAsync(
        RecordPass pass,
        CancellationToken cancellationToken
    )
    {
        var wanted = pass.Open.Select(w => w.SourceId).ToList();
        var rows = new Dictionary<string, IntacctRecord>(StringComparer.Ordinal);
        foreach (var row in await RowsAsync(pass, wanted, cancellationToken))
            rows[row["CUSTOMERID"]!.Trim()] = row;
        await AbsentRecords
            .OfIntacct(pass, intacct)
            .JudgeAsync(
                [.. pass.Open.Where(w => !w.IsLastSaidDeleted)],
                rows.ContainsKey,
                static _ => Object,
                async (others, token) => (await RowsAsync(pass, others, token)).Count > 0,
                mayStand: null,
                cancellationToken
            );
        var contacts = await ContactsAsync(pass, rows.Values, cancellationToken);
        var hidden = rows.ToDictionary(r => r.Key, r => Hidden(r.Value, contacts), StringComparer.Ordinal);
        var seen = await SeenAsync(pass, hidden.Where(h => h.Value.Count > 0).Select(h => h.Key), cancellationToken);
        var above = await ancestors.OfAsync(pass, rows.Values, cancellationToken);
        return rows.ToDictionary(
            r => r.Key,
            r => new SourceCustomer(
                r.Value,
                Contacts(r.Value, contacts),
                [
                    .. Named(r.Value)
                        .Select(n => contacts.GetValueOrDefault(n.Contact)?["RECORDNO"]?.Trim())
                        .OfType<string>()
                        .Distinct(StringComparer.Ordinal),
                ],
                above[r.Key]
            )
            {
                HiddenContacts = hidden[r.Key],
                SeenNumbers = seen,
            },
            StringComparer.Ordinal
        );
    }

    /// <summary>The contacts that a customer names and that are not shown.</summary>
    private static List<string> Hidden(
        IntacctRecord customer,
        IReadOnlyDictionary<ContactKey, IntacctRecord> contacts
    ) =>
        [
            .. Named(customer)
                .Select(n => n.Contact)
                .Where(c => !contacts.ContainsKey(c))
                .Select(c => c.Name ?? c.RecordNo!)
                .Distinct(StringComparer.Ordinal),
        ];

    /// <summary>
    /// Of the contacts that customers have in Upflow, the RECORDNOs of those that Intacct shows, under whatever name: a
    /// customer may name one by a name that it had before.
    /// </summary>
    private async Task<IReadOnlySet<string>> SeenAsync(
        RecordPass pass,
        IEnumerable<string> customerIds,
        CancellationToken cancellationToken
    )
    {
        List<string> numbers =
        [
            .. customerIds
                .SelectMany(id => CustomerParts.Of(pass[id].Parts).MayHave)
                .Select(c => UpflowIds.Parse(c)?.RecordNo)
                .OfType<string>()
                .Distinct(StringComparer.Ordinal),
        ];
        var rows =
            numbers.Count == 0
                ? []
                : await intacct.ReadAsync(
                    pass.Batch.Access.Intacct,
                    "CONTACT",
                    numbers,
                    ContactFields,
                    cancellationToken
                );
        return rows.Select(r => r["RECORDNO"]?.Trim()).OfType<string>().ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>When the customer changed, by Intacct's clock.</summary>
    internal async Task<DateTimeOffset?> VersionAsync(
        RecordPass pass,
        SourceCustomer? customer,
        CancellationToken cancellationToken
    ) =>
        customer?.Row["WHENMODIFIED"] is { } text
        && IntacctTime.TryParse(
            text,
            await times.OffsetAsync(
                pass.Batch.Connection,
                pass.Batch.Access.Intacct,
                pass.Batch.MayUse,
                cancellationToken
            ),
            out var time
        )
            ? time.ToUniversalTime()
            : null;

    private async Task<IReadOnlyList<IntacctRecord>> RowsAsync(
        RecordPass pass,
        IReadOnlyList<string> ids,
        CancellationToken cancellationToken
    )
    {
        if (ids.Count == 0)
            return [];

        // A key with a comma can't be read by name, and a query brings no contact list.
        var byComma = ids.ToLookup(id => id.Contains(',', StringComparison.Ordinal));
        var rows = new List<IntacctRecord>();
        if (byComma[false].Any())
            rows.AddRange(
                await intacct.ReadByNameAsync(
                    pass.Batch.Access.Intacct,
                    Object,
                    [.. byComma[false]],
                    ["*"],
                    cancellationToken
                )
            );
        if (byComma[true].Any())
        {
            var fields = pass.Batch.Connection.Upflow().CustomFields.Customers.Keys;
            var query = new IntacctQuery(Object, [.. Fields, .. fields])
            {
                Filter = QueryFilter.In("CUSTOMERID", [.. byComma[true]]),
            };
            await foreach (var row in intacct.QueryAsync(pass.Batch.Access.Intacct, query, cancellationToken))
                rows.Add(row);
        }

        return [.. rows.Where(r => r["CUSTOMERID"] is not null)];
    }

    private static readonly IReadOnlyList<string> Fields =
    [
        "RECORDNO",
        "CUSTOMERID",
        "NAME",
        "PARENTID",
        "STATUS",
        "TAXID",
        "DISPLAYCONTACT.CONTACTNAME",
        "BILLTOKEY",
        .. ((string[])["ADDRESS1", "ADDRESS2", "ADDRESS3", "CITY", "STATE", "ZIP", "COUNTRY", "COUNTRYCODE"]).Select(
            f => $"DISPLAYCONTACT.MAILADDRESS.{f}"
        ),
        "WHENMODIFIED",
    ];

    private async Task<IReadOnlyDictionary<ContactKey, IntacctRecord>> ContactsAsync(
        RecordPass pass,
        IEnumerable<IntacctRecord> customers,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<ContactKey, IntacctRecord>();
        var keys = customers.SelectMany(Named).Select(n => n.Contact).Distinct().ToList();
        foreach (var some in keys.Chunk(QueryFilter.MaxValues))
        {
            var (names, numbers) = (some.Select(k => k.Name).OfType<string>(), some.Select(k => k.RecordNo));
            var query = new IntacctQuery("CONTACT", ContactFields)
            {
                Filter = QueryFilter.Or(In("CONTACTNAME", [.. names]), In("RECORDNO", [.. numbers.OfType<string>()])),
            };
            await foreach (var row in intacct.QueryAsync(pass.Batch.Access.Intacct, query, cancellationToken))
                Take(row);
        }

        await AddUnseenAsync([.. keys.Where(k => !found.ContainsKey(k))]);
        return found;

        // A query may show a contact later than the customer that names it; a reading by key is not delayed.
        async Task AddUnseenAsync(List<ContactKey> unseen)
        {
            List<string> byName =
            [
                .. unseen.Select(k => k.Name).OfType<string>().Where(n => !n.Contains(',', StringComparison.Ordinal)),
            ];
            List<string> byNumber = [.. unseen.Select(k => k.RecordNo).OfType<string>()];
            var credentials = pass.Batch.Access.Intacct;
            if (byName.Count > 0)
                foreach (
                    var row in await intacct.ReadByNameAsync(
                        credentials,
                        "CONTACT",
                        byName,
                        ContactFields,
                        cancellationToken
                    )
                )
                    Take(row);
            if (byNumber.Count > 0)
                foreach (
                    var row in await intacct.ReadAsync(
                        credentials,
                        "CONTACT",
                        byNumber,
                        ContactFields,
                        cancellationToken
                    )
                )
                    Take(row);
        }

        void Take(IntacctRecord row)
        {
            if (row["CONTACTNAME"] is { } name)
                found[ContactKey.Of(name)] = row;
            if (row["RECORDNO"] is { } number)
                found[ContactKey.Of(null, number)] = row;
        }

        static QueryFilter? In(string field, IReadOnlyCollection<string> values) =>
            values.Count == 0 ? null : QueryFilter.In(field, values);
    }

    private static readonly IReadOnlyList<string> ContactFields =
    [
        "RECORDNO",
        "CONTACTNAME",
        "PRINTAS",
        "FIRSTNAME",
        "LASTNAME",
        "EMAIL1",
        "PHONE1",
        "CELLPHONE",
        "STATUS",
    ];

    /// <summary>
    /// The contacts that Upflow can take: active, and with an address; of two with the same address the first.
    /// </summary>
    private static IReadOnlyList<SourceContact> Contacts(
        IntacctRecord customer,
        IReadOnlyDictionary<ContactKey, IntacctRecord> contacts
    ) =>
        [
            .. Named(customer)
                .Select(n => (n.Category, Row: contacts.GetValueOrDefault(n.Contact)))
                .Where(c => EmailAddress.FirstIn(c.Row?["EMAIL1"]) is not null)
                .Where(c => !string.Equals(c.Row!["STATUS"], "inactive", StringComparison.OrdinalIgnoreCase))
                .Select(c => Contact(c.Row!, c.Category))
                .DistinctBy(c => c.RecordNo, StringComparer.Ordinal)
                .DistinctBy(c => ComparisonKey.Of(c.Email), StringComparer.Ordinal),
        ];

    /// <summary>
    /// The contacts that a customer names: who is billed first, then the display contact, then the list in its order.
    /// </summary>
    private static IEnumerable<(ContactKey Contact, string? Category)> Named(IntacctRecord customer)
    {
        if (customer["BILLTO.CONTACTNAME"] is { } billTo)
            yield return (ContactKey.Of(billTo), null);
        else if (customer["BILLTOKEY"] is { } key)
            yield return (ContactKey.Of(null, key), null);
        if (customer["DISPLAYCONTACT.CONTACTNAME"] is { } display)
            yield return (ContactKey.Of(display), null);
        foreach (var row in customer.Nested(List).Concat(customer.Nested($"{List}.{List}")))
        {
            if ((row["CONTACT.NAME"] ?? row["CONTACT.CONTACTNAME"]) is { } listed)
                yield return (ContactKey.Of(listed), row["CATEGORYNAME"]);
        }
    }

    private static SourceContact Contact(IntacctRecord row, string? category)
    {
        var (first, last) = (row["FIRSTNAME"]?.Trim() ?? "", row["LASTNAME"]?.Trim() ?? "");
        return new SourceContact(
            row["RECORDNO"]!.Trim(),
            row["CONTACTNAME"]!.Trim(),
            EmailAddress.FirstIn(row["EMAIL1"])!,
            first,
            first.Length + last.Length > 0 ? last : row["PRINTAS"]?.Trim() ?? "",
            (row["PHONE1"] ?? row["CELLPHONE"])?.Trim() ?? "",
            category,
            EmailAddress.FirstIn(row["EMAIL1"]) != row["EMAIL1"]!.Trim()
        );
    }

    /// <summary>How a customer names a contact: by its name, or by its RECORDNO.</summary>
    private readonly record struct ContactKey(string? Name, string? RecordNo)
    {
        public static ContactKey Of(string? name, string? recordNo = null) => new(name?.Trim(), recordNo?.Trim());
    }
}
