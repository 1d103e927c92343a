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

/// <summary>Zuper's organizations, and its customers without one, beside Intacct's customers.</summary>
internal sealed class CustomerComparison(ZuperClient zuper, IntacctClient intacct, CustomFieldCatalog customFields)
    : IFlowComparison
{
    private static readonly string[] Names =
    [
        "NAME",
        "STATUS",
        "PRINTAS",
        "COMPANYNAME",
        "EMAIL1",
        "EMAIL2",
        "PHONE1",
        "ADDRESS1",
        "ADDRESS2",
        "CITY",
        "STATE",
        "ZIP",
    ];

    /// <summary>As the target's query names them, in the same order, behind the id and the display contact.</summary>
    private static readonly string[] Queried =
    [
        "CUSTOMERID",
        "NAME",
        "STATUS",
        .. Names[2..].Select(n => "DISPLAYCONTACT." + (ContactComparison.IsOfAddress(n) ? "MAILADDRESS." : "") + n),
        "WHENMODIFIED",
    ];

    public FlowName Flow => ZuperFlows.Organizations;

    public IReadOnlyList<string> Fields => Names;

    /// <summary>Its first write is that of what changes in Zuper from then on.</summary>
    public bool StaysAsAdopted(string field) => field != "STATUS";

    public string? DoubtAbout(ComparedRecord source, ComparedRecord target) =>
        source.IsOut ? "it is not in use in Zuper" : null;

    public string FingerprintOf(string field) => field is "NAME" or "STATUS" ? field : "DC/" + field;

    public string FingerprintOfCustomField(string name) => CustomFieldXml.Remembered(name);

    public async IAsyncEnumerable<IReadOnlyList<ComparedRecord>> SourceAsync(
        ComparedScope scope,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var account = scope.Access.Zuper();
        var carried = await CarriedAsync(scope, ct);
        await foreach (var page in zuper.ReadAllOrganizationsAsync(account, null, ct))
        {
            var rows = await Sides.WholeAsync(
                page.Items,
                uids => zuper.GetOrganizationsAsync(account, uids, RequestPriority.Bulk, ct)
            );
            yield return [.. rows.Select(o => Of(o, carried))];
        }

        if (!scope.Connection.Zuper().SyncCustomers)
            yield break;
        await foreach (var page in zuper.ReadAllCustomersAsync(account, null, ct))
        {
            var rows = await Sides.WholeAsync(
                page.Items,
                uids => zuper.GetCustomersAsync(account, uids, RequestPriority.Bulk, ct)
            );
            yield return
            [
                .. rows.Where(c => c.OrganizationUid is null)
                    .Select(c => Of(OwnCustomer.SourceId(c.Uid), CustomerSource.Of(c))),
            ];
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
            new IntacctQuery("CUSTOMER", [.. Queried, .. carried.Names]),
            record => record["CUSTOMERID"] is { } id ? Of(id, record, carried) : null,
            ct
        );
        await foreach (var page in pages)
            yield return page;
    }

    public async Task<ComparedRecord?> FindSourceAsync(ComparedScope scope, string sourceId, CancellationToken ct)
    {
        var (account, uid) = (scope.Access.Zuper(), OwnCustomer.Uid(sourceId));
        if (OwnCustomer.Is(sourceId))
            return await zuper.GetCustomerAsync(account, uid, RequestPriority.Live, ct) is { } customer
                ? Of(sourceId, CustomerSource.Of(customer)) with
                {
                    Whole = Sides.Whole(customer),
                }
                : null;
        return await zuper.GetOrganizationAsync(account, uid, RequestPriority.Live, ct) is { } organization
            ? Of(organization, await CarriedAsync(scope, ct)) with
            {
                Whole = Sides.Whole(organization),
            }
            : null;
    }

    public async Task<IReadOnlyDictionary<string, ComparedRecord>> FindSourcesAsync(
        ComparedScope scope,
        IReadOnlyCollection<string> sourceIds,
        CancellationToken ct
    )
    {
        var account = scope.Access.Zuper();
        var found = new Dictionary<string, ComparedRecord>(StringComparer.Ordinal);
        var kinds = sourceIds.ToLookup(OwnCustomer.Is);
        if (kinds[false].Any())
        {
            var carried = await CarriedAsync(scope, ct);
            var organizations = await Sides.FindAsync(
                Names.Length,
                () => zuper.GetOrganizationsAsync(account, [.. kinds[false]], RequestPriority.Bulk, ct),
                (_, organization) => Of(organization, carried)
            );
            foreach (var (uid, organization) in organizations)
                found[uid] = organization;
        }

        if (kinds[true].Any())
        {
            var customers = await Sides.FindAsync(
                Names.Length,
                () =>
                    zuper.GetCustomersAsync(
                        account,
                        [.. kinds[true].Select(OwnCustomer.Uid)],
                        RequestPriority.Bulk,
                        ct
                    ),
                (uid, customer) => Of(OwnCustomer.SourceId(uid), CustomerSource.Of(customer))
            );
            foreach (var (uid, customer) in customers)
                found[OwnCustomer.SourceId(uid)] = customer;
        }

        return found;
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
                "CUSTOMER",
                [.. entries.Select(e => e.TargetId!).Distinct(StringComparer.Ordinal)],
                [.. Queried, .. carried.Names],
                ct
            )
        )
        {
            if (record["CUSTOMERID"] is { } id)
                found[id] = Of(id, record, carried) with { Whole = Sides.Whole(record) };
        }

        return entries
            .Where(e => found.ContainsKey(e.TargetId!))
            .ToDictionary(e => e.Key.SourceId, e => found[e.TargetId!], StringComparer.Ordinal);
    }

    private Task<CarriedFieldMap> CarriedAsync(ComparedScope scope, CancellationToken ct) =>
        customFields.OfAsync(scope, CarriedFieldKind.Organization, ct);

    private static ComparedRecord Of(ZuperOrganization organization, CarriedFieldMap carried)
    {
        var fields = carried.Of(organization);
        var compared = Of(organization.Uid, CustomerSource.Of(organization with { Carried = fields }));
        return compared.IsOut ? compared : compared with { CustomFields = fields.Values };
    }

    private static ComparedRecord Of(string sourceId, CustomerSource source)
    {
        if (!source.IsInUse)
            return new ComparedRecord(sourceId, source.Name ?? "", Sides.OnlyInactive(Names))
            {
                ChangedAt = source.Record.UpdatedAt,
                Shows = source.SageId,
                LeftOut = Sides.OutOfUse,
                IsOut = true,
            };
        var values = new string?[Names.Length];
        if (source.Mapped is Mapped<CustomerFields>.Document mapped)
            mapped.Value.Choose(
                (field, value) =>
                {
                    var at = Array.IndexOf(Names, field.Replace("DC/", "", StringComparison.Ordinal));
                    if (at >= 0)
                        values[at] = value;
                    return value;
                }
            );
        return new ComparedRecord(sourceId, source.Name ?? "", values)
        {
            ChangedAt = source.Record.UpdatedAt,
            Problem = (source.Mapped as Mapped<CustomerFields>.Rejected)?.Problem,
            Shows = source.SageId,
        };
    }

    private static ComparedRecord Of(string id, IntacctRecord record, CarriedFieldMap carried) =>
        new(id, record["NAME"] ?? id, [.. Queried[1..(1 + Names.Length)].Select(field => record[field] ?? "")])
        {
            CustomFields = carried.Spelled(field => record[field]),
            IsOut = Sides.IsInactive(record),
        };
}
