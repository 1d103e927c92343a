using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Responses;

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
            .OfIntacct(pass)
            .JudgeAsync(
                [.. pass.Open.Where(w => !w.EventIds.Any(Envelopes.EventIds.IsDeletion))],
                rows.ContainsKey,
                static _ => true,
                async (others, token) => (await RowsAsync(pass, others, token)).Count > 0,
                cancellationToken
            );
        var contacts = await ContactsAsync(pass, rows.Values, cancellationToken);
        var above = await ancestors.OfAsync(pass, rows.Values, cancellationToken);
        return rows.ToDictionary(
            r => r.Key,
            r => new SourceCustomer(
                r.Value,
                Contacts(r.Value, contacts),
                [.. Names(r.Value).Select(n => n.Name).Distinct(StringComparer.Ordinal)],
                above[r.Key]
            ),
            StringComparer.Ordinal
        );
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
        "BILLTO.CONTACTNAME",
        .. ((string[])["ADDRESS1", "ADDRESS2", "ADDRESS3", "CITY", "STATE", "ZIP", "COUNTRY", "COUNTRYCODE"]).Select(
            f => $"DISPLAYCONTACT.MAILADDRESS.{f}"
        ),
        "WHENMODIFIED",
    ];

    private async Task<IReadOnlyDictionary<string, IntacctRecord>> ContactsAsync(
        RecordPass pass,
        IEnumerable<IntacctRecord> customers,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<string, IntacctRecord>(StringComparer.OrdinalIgnoreCase);
        var names = customers.SelectMany(Names).Select(n => n.Name).Distinct(StringComparer.Ordinal).ToList();
        foreach (var some in names.Chunk(QueryFilter.MaxValues))
        {
            var query = new IntacctQuery(
                "CONTACT",
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
                ]
            )
            {
                Filter = QueryFilter.In("CONTACTNAME", some),
            };
            await foreach (var row in intacct.QueryAsync(pass.Batch.Access.Intacct, query, cancellationToken))
            {
                if (row["CONTACTNAME"]?.Trim() is { } name)
                    found[name] = row;
            }
        }

        return found;
    }

    /// <summary>
    /// The contacts that Upflow can take: active, and with an address; of two with the same address the first.
    /// </summary>
    private static IReadOnlyList<SourceContact> Contacts(
        IntacctRecord customer,
        IReadOnlyDictionary<string, IntacctRecord> contacts
    ) =>
        [
            .. Names(customer)
                .Select(n => (n.Category, Row: contacts.GetValueOrDefault(n.Name)))
                .Where(c => c.Row?["EMAIL1"] is { } email && EmailAddress.IsOne(email.Trim()))
                .Where(c => !string.Equals(c.Row!["STATUS"], "inactive", StringComparison.OrdinalIgnoreCase))
                .Select(c => Contact(c.Row!, c.Category))
                .DistinctBy(c => c.RecordNo)
                .DistinctBy(c => ComparisonKey.Of(c.Email)),
        ];

    /// <summary>
    /// The contacts that a customer names: who is billed first, then the display contact, then the list in its order.
    /// </summary>
    private static IEnumerable<(string Name, string? Category)> Names(IntacctRecord customer)
    {
        if (customer["BILLTO.CONTACTNAME"]?.Trim() is { Length: > 0 } billTo)
            yield return (billTo, null);
        if (customer["DISPLAYCONTACT.CONTACTNAME"]?.Trim() is { Length: > 0 } display)
            yield return (display, null);
        foreach (var row in customer.Nested(List).Concat(customer.Nested($"{List}.{List}")))
        {
            if ((row["CONTACT.NAME"] ?? row["CONTACT.CONTACTNAME"])?.Trim() is { Length: > 0 } listed)
                yield return (listed, row["CATEGORYNAME"]);
        }
    }

    private static SourceContact Contact(IntacctRecord row, string? category)
    {
        var (first, last) = (row["FIRSTNAME"]?.Trim() ?? "", row["LASTNAME"]?.Trim() ?? "");
        return new SourceContact(
            row["RECORDNO"]!.Trim(),
            row["CONTACTNAME"]!.Trim(),
            row["EMAIL1"]!.Trim(),
            first,
            first.Length + last.Length > 0 ? last : row["PRINTAS"]?.Trim() ?? "",
            (row["PHONE1"] ?? row["CELLPHONE"])?.Trim() ?? "",
            category
        );
    }
}
