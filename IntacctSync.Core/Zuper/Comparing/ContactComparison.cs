using System.Runtime.CompilerServices;
using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Contacts;
using IntacctSync.Core.Zuper.CustomFields;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Comparing;

/// <summary>Zuper's customers, which are persons, beside Intacct's contacts.</summary>
internal sealed class ContactComparison(ZuperClient zuper, IntacctClient intacct, CustomFieldCatalog customFields)
    : IFlowComparison
{
    private const string DisplayContact = "DISPLAYCONTACT.CONTACTNAME";

    private static readonly string[] Names =
    [
        "PRINTAS",
        "COMPANYNAME",
        "FIRSTNAME",
        "LASTNAME",
        "EMAIL1",
        "EMAIL2",
        "PHONE1",
        "PHONE2",
        "CELLPHONE",
        "ADDRESS1",
        "ADDRESS2",
        "CITY",
        "STATE",
        "ZIP",
        "STATUS",
    ];

    private static readonly string[] Queried =
    [
        "CONTACTNAME",
        .. Names.Select(n => IsOfAddress(n) ? "MAILADDRESS." + n : n),
    ];

    public FlowName Flow => ZuperFlows.Customers;

    public IReadOnlyList<string> Fields => Names;

    /// <summary>Its first write is that of what changes in Zuper from then on.</summary>
    public bool StaysAsAdopted(string field) => field != "STATUS";

    /// <summary>
    /// Customers, vendors and employees share the contacts of a company: only one that was named for the record is
    /// surely its own.
    /// </summary>
    public string? DoubtAbout(ComparedRecord source, ComparedRecord target) =>
        source.IsOut ? "it is not in use in Zuper"
        : ContactNames.IsOf(target.Id, source.Id) ? null
        : $"{target.Id} was not made for it and may be a vendor's, an employee's or another customer's";

    public string FingerprintOfCustomField(string name) => CustomFieldXml.Remembered(name);

    internal static bool IsOfAddress(string field) => field is "ADDRESS1" or "ADDRESS2" or "CITY" or "STATE" or "ZIP";

    public async IAsyncEnumerable<IReadOnlyList<ComparedRecord>> SourceAsync(
        ComparedScope scope,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var account = scope.Access.Zuper();
        var carried = await CarriedAsync(scope, ct);
        await foreach (var page in zuper.ReadAllCustomersAsync(account, null, ct))
        {
            var rows = await Sides.WholeAsync(
                page.Items,
                uids => zuper.GetCustomersAsync(account, uids, RequestPriority.Bulk, ct)
            );
            yield return [.. rows.Select(c => Of(c, carried))];
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<ComparedRecord>> TargetAsync(
        ComparedScope scope,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var carried = await CarriedAsync(scope, ct);
        var pages = Sides.PagesAsync(
            intacct,
            scope,
            new IntacctQuery("CONTACT", [.. Queried, .. carried.Names]),
            record => record["CONTACTNAME"] is { } name ? Of(name, record, carried) : null,
            ct
        );
        await foreach (var page in pages)
            yield return page;
    }

    /// <summary>The contacts that show how customers are called, which come and go with their customers.</summary>
    public async IAsyncEnumerable<IReadOnlyList<string>> PartsAsync(
        ComparedScope scope,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var query = new IntacctQuery("CUSTOMER", [DisplayContact]);
        await foreach (var page in intacct.QueryPagesAsync(scope.Access.Intacct, query, ct))
            yield return [.. page.Records.Select(customer => customer[DisplayContact]).OfType<string>()];
    }

    public async Task<ComparedRecord?> FindSourceAsync(ComparedScope scope, string sourceId, CancellationToken ct) =>
        await zuper.GetCustomerAsync(scope.Access.Zuper(), sourceId, RequestPriority.Live, ct) is { } customer
            ? Of(customer, await CarriedAsync(scope, ct)) with
            {
                Whole = Sides.Whole(customer),
            }
            : null;

    public async Task<IReadOnlyDictionary<string, ComparedRecord>> FindSourcesAsync(
        ComparedScope scope,
        IReadOnlyCollection<string> sourceIds,
        CancellationToken ct
    )
    {
        var carried = await CarriedAsync(scope, ct);
        return await Sides.FindAsync(
            Names.Length,
            () => zuper.GetCustomersAsync(scope.Access.Zuper(), sourceIds, RequestPriority.Bulk, ct),
            (_, customer) => Of(customer, carried)
        );
    }

    public async Task<IReadOnlyDictionary<string, ComparedRecord>> FindTargetsAsync(
        ComparedScope scope,
        IReadOnlyCollection<KeyMapEntry> entries,
        CancellationToken ct
    )
    {
        var carried = await CarriedAsync(scope, ct);
        var found = new Dictionary<string, ComparedRecord>(StringComparer.OrdinalIgnoreCase);
        foreach (
            var record in await intacct.ReadByNameAsync(
                scope.Access.Intacct,
                "CONTACT",
                [.. entries.Select(e => e.TargetId!).Distinct(StringComparer.Ordinal)],
                [.. Queried, .. carried.Names],
                ct
            )
        )
        {
            if (record["CONTACTNAME"] is { } name)
                found[name] = Of(name, record, carried) with { Whole = Sides.Whole(record) };
        }

        return entries
            .Where(e => found.ContainsKey(e.TargetId!))
            .ToDictionary(e => e.Key.SourceId, e => found[e.TargetId!], StringComparer.Ordinal);
    }

    private Task<CarriedFieldMap> CarriedAsync(ComparedScope scope, CancellationToken ct) =>
        customFields.OfAsync(scope, CarriedFieldKind.Customer, ct);

    private static ComparedRecord Of(ZuperCustomer customer, CarriedFieldMap carried)
    {
        if (customer is not { IsActive: true, IsDeleted: false })
            return new ComparedRecord(customer.Uid, ContactMapper.NameOf(customer), Sides.OnlyInactive(Names))
            {
                ChangedAt = customer.UpdatedAt,
                Shows = customer.CustomField(ContactMapper.SageContactId),
                LeftOut = Sides.OutOfUse,
                IsOut = true,
            };
        var fields = carried.Of(customer);
        var mapped = ContactMapper.Map(customer with { Carried = fields });
        var values = new string?[Names.Length];
        if (mapped is Mapped<ContactFields>.Document document)
            document.Value.Choose(
                (field, value) =>
                {
                    var at = Array.IndexOf(Names, field);
                    if (at >= 0)
                        values[at] = value;
                    return value;
                }
            );
        return new ComparedRecord(customer.Uid, ContactMapper.NameOf(customer), values)
        {
            CustomFields = fields.Values,
            ChangedAt = customer.UpdatedAt,
            Problem = (mapped as Mapped<ContactFields>.Rejected)?.Problem,
            Shows = customer.CustomField(ContactMapper.SageContactId),
        };
    }

    private static ComparedRecord Of(string name, IntacctRecord record, CarriedFieldMap carried) =>
        new(name, record["PRINTAS"] ?? name, [.. Queried[1..].Select(field => record[field] ?? "")])
        {
            CustomFields = carried.Spelled(field => record[field]),
            IsOut = Sides.IsInactive(record),
        };
}
