using IntacctSync.Core.Flows;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Contacts;
using IntacctSync.Core.Zuper.CustomFields;
using IntacctSync.Core.Zuper.Records;
using IntacctSync.Core.Zuper.SageIds;

namespace IntacctSync.Core.Zuper.Organizations;

/// <summary>
/// Reads the organizations of a pass from Zuper, and the customers that are among them because they have no
/// organization.
/// </summary>
public sealed class OrganizationReader(ZuperClient zuper, CustomFieldCatalog customFields, TimeProvider time)
{
    private readonly ZuperRecords<ZuperOrganization> _organizations = new(
        zuper.GetOrganizationsAsync,
        zuper.GetOrganizationAsync,
        static id => !OwnCustomer.Is(id)
    );
    private readonly ZuperRecords<ZuperCustomer> _customers = new(
        zuper.GetCustomersAsync,
        zuper.GetCustomerAsync,
        OwnCustomer.Is,
        OwnCustomer.Uid
    );

    /// <summary>
    /// Reads the open records into <paramref name="sources"/>, except those of which only the write-back is due. A
    /// record that is taken for deleted is not in it.
    /// </summary>
    internal async Task ReadAsync(
        RecordPass pass,
        Dictionary<string, CustomerSource> sources,
        CancellationToken cancellationToken
    )
    {
        var wanted = pass.Open.Where(w => !w.WriteBackOnly).ToLookup(w => OwnCustomer.Is(w.SourceId));

        var (carried, carriedOfCustomers) = (
            await customFields.OfAsync(pass.Batch, CarriedFieldKind.Organization, cancellationToken),
            await customFields.OfAsync(pass.Batch, CarriedFieldKind.Customer, cancellationToken)
        );

        // A record that is not linked may have a Sage id that the list in Zuper does not show. Without it, a second
        // customer would be made. Custom fields that are carried are not in that list either.
        var organizations = new Dictionary<string, ZuperOrganization>(StringComparer.Ordinal);
        await _organizations.ReadAsync(
            pass,
            [.. wanted[false]],
            organizations,
            id => pass[id].TargetId is null || carried.Any,
            cancellationToken
        );
        foreach (var (id, organization) in organizations)
            sources[id] = CustomerSource.Of(organization with { Carried = carried.Of(organization) });

        var customers = new Dictionary<string, ZuperCustomer>(StringComparer.Ordinal);
        await _customers.ReadAsync(pass, [.. wanted[true]], customers, static _ => true, cancellationToken);
        foreach (var (id, customer) in customers)
            sources[id] = CustomerSource.Of(customer with { Carried = carriedOfCustomers.Of(customer) });
        await LeaveAttachedAsync(pass, customers, cancellationToken);
    }

    /// <summary>A customer that was given an organization before it had a customer of its own needs none.</summary>
    private Task LeaveAttachedAsync(
        RecordPass pass,
        Dictionary<string, ZuperCustomer> customers,
        CancellationToken cancellationToken
    ) =>
        pass.SaveFinalAsync(
            [
                .. pass
                    .Open.Where(w =>
                        customers.TryGetValue(w.SourceId, out var customer)
                        && customer.OrganizationUid is not null
                        && pass[w.SourceId].TargetId is null
                    )
                    .Select(w =>
                        pass[w.SourceId]
                            .Skip(
                                time.GetUtcNow(),
                                "It belongs to an organization in Zuper, whose customer stands for it."
                            )
                    ),
            ],
            cancellationToken
        );
}
