using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Waiting;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>
/// Finds the Intacct customers that invoices are for: the organization's, or else the one that the invoice's person
/// belongs to. An invoice waits for its customer, never for the contact it is billed to.
/// </summary>
internal sealed class InvoiceCustomers(ParentGate gate, KeyMapStore keyMap, InvoicePersons persons)
{
    /// <returns>By source id, for those that may go on; the others have ended.</returns>
    public async Task<Dictionary<string, InvoiceCustomer>> FindAsync(
        InvoicePass pass,
        IReadOnlyCollection<string> sourceIds,
        CancellationToken cancellationToken
    )
    {
        var invoices = sourceIds
            .Where(pass.IsOpen)
            .ToDictionary(id => id, id => pass.Invoices[id], StringComparer.Ordinal);
        if (invoices.Count == 0)
            return [];
        var parents = await ParentsAsync(pass, invoices, cancellationToken);
        await persons.PassByAsync(pass, parents, cancellationToken);
        var rows = await gate.PassAsync(pass.Records, parents, cancellationToken);
        var contacts = await ContactsAsync(pass, invoices, rows, parents, cancellationToken);
        var found = new Dictionary<string, InvoiceCustomer>(StringComparer.Ordinal);
        foreach (var (id, row) in rows)
        {
            var customerId = parents[id].Flow == ZuperFlows.Customers ? row.AttachedTo : row.TargetId;
            if (customerId is null)
            {
                // The contact is there, but in no customer's list yet.
                await gate.HoldUnattachedAsync(pass.Records, id, parents[id], row, cancellationToken);
                continue;
            }

            var contact = invoices[id].CustomerUid is { } uid ? contacts.GetValueOrDefault(uid) : null;
            found[id] = new InvoiceCustomer(
                customerId,
                string.Equals(contact?.AttachedTo, customerId, StringComparison.OrdinalIgnoreCase)
                    ? contact!.TargetId
                    : null
            );
        }

        return found;
    }

    private async Task<Dictionary<string, ParentKey>> ParentsAsync(
        InvoicePass pass,
        Dictionary<string, ZuperInvoice> invoices,
        CancellationToken cancellationToken
    )
    {
        var organizations = pass.Settings.SyncCustomers
            ? new Dictionary<string, string>(StringComparer.Ordinal)
            : await OrganizationsOfCustomersAsync(pass, invoices, cancellationToken);
        var parents = new Dictionary<string, ParentKey>(StringComparer.Ordinal);
        foreach (var (id, invoice) in invoices.Where(i => pass.IsOpen(i.Key)))
        {
            if (
                (
                    invoice.OrganizationUid
                    ?? (invoice.CustomerUid is { } uid ? organizations.GetValueOrDefault(uid) : null)
                ) is
                { } organization
            )
                parents[id] = new ParentKey(ZuperFlows.Organizations, organization);
            else if (invoice.CustomerUid is { } customer)
                parents[id] = new ParentKey(ZuperFlows.Customers, customer);
            else
                pass.Fail(
                    id,
                    new Problem(
                        "invoice-without-customer",
                        "The invoice has neither organization nor customer.",
                        "Choose the organization or the customer of the invoice in Zuper."
                    )
                );
        }

        return parents;
    }

    /// <summary>
    /// Where customers are not synced, the rows do not say to which organization one belongs; Zuper does.
    /// </summary>
    private async Task<Dictionary<string, string>> OrganizationsOfCustomersAsync(
        InvoicePass pass,
        Dictionary<string, ZuperInvoice> invoices,
        CancellationToken cancellationToken
    )
    {
        var asking = invoices
            .Where(i => i.Value is { OrganizationUid: null, CustomerUid: not null })
            .ToDictionary(i => i.Key, i => i.Value.CustomerUid!, StringComparer.Ordinal);
        var customers = await persons.ReadAsync(pass, asking, cancellationToken);
        return customers
            .Where(c => c.Value.OrganizationUid is not null)
            .ToDictionary(c => c.Key, c => c.Value.OrganizationUid!, StringComparer.Ordinal);
    }

    /// <summary>
    /// The rows of the persons that invoices are for; those that were looked up as parents are there already.
    /// </summary>
    private async Task<Dictionary<string, KeyMapEntry>> ContactsAsync(
        InvoicePass pass,
        Dictionary<string, ZuperInvoice> invoices,
        IReadOnlyDictionary<string, KeyMapEntry> rows,
        Dictionary<string, ParentKey> parents,
        CancellationToken cancellationToken
    )
    {
        var known = rows.Where(r => parents[r.Key].Flow == ZuperFlows.Customers)
            .GroupBy(r => parents[r.Key].SourceId, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.First().Value, StringComparer.Ordinal);
        var wanted = rows
            .Keys.Select(id => invoices[id].CustomerUid)
            .OfType<string>()
            .Where(uid => !known.ContainsKey(uid))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        if (wanted.Count > 0)
        {
            foreach (
                var (uid, entry) in await keyMap.GetManyAsync(
                    pass.Batch.Connection.Id,
                    ZuperFlows.Customers,
                    wanted,
                    cancellationToken
                )
            )
                known[uid] = entry;
        }

        return known;
    }
}

/// <summary>Whom an invoice is for.</summary>
/// <param name="CustomerId">CUSTOMERID.</param>
/// <param name="BillTo">The CONTACTNAME of the person, where it stands in that customer's contact list already.</param>
internal sealed record InvoiceCustomer(string CustomerId, string? BillTo);
