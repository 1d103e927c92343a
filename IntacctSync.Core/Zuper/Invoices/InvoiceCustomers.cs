using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Waiting;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>
/// Finds the Intacct customers that invoices are for: the organization's, or else the one whose contact list has the
/// contact of the invoice's Zuper customer. An invoice waits for its customer, never for the contact it is billed to.
/// </summary>
internal sealed class InvoiceCustomers(
    ParentGate gate,
    KeyMapStore keyMap,
    InvoiceCustomerReader reader,
    ContactFallback fallback
)
{
    /// <summary>
    /// Gives each invoice that is to be booked its customer. One whose customer is not there yet ends and waits.
    /// </summary>
    public async Task FindAsync(InvoicePass pass, CancellationToken cancellationToken)
    {
        if (pass.OpenOf<InvoiceDecision.ToBook>().Count == 0)
            return;
        await FindParentsAsync(pass, cancellationToken);
        await fallback.RunAsync(pass, cancellationToken);
        var works = pass.OpenOf<InvoiceDecision.ToBook>();
        var rows = await gate.PassAsync(
            pass.Records,
            works.ToDictionary(w => w.SourceId, w => w.Parent!.Value, StringComparer.Ordinal),
            cancellationToken
        );
        works = [.. works.Where(w => rows.ContainsKey(w.SourceId))];
        var contacts = await ContactsAsync(pass, works, rows, cancellationToken);
        foreach (var work in works)
        {
            var row = rows[work.SourceId];
            var contact = work.Invoice!.CustomerUid is { } uid ? contacts.GetValueOrDefault(uid) : null;
            work.Customer = CustomerOf(work.Parent!.Value.Flow, row, contact);
            if (work.Customer is null)
                await gate.HoldUnattachedAsync(pass.Records, work.SourceId, work.Parent!.Value, row, cancellationToken);
        }
    }

    /// <summary>
    /// The record that an invoice belongs to; null the location and department of an invoice that names none. Pure.
    /// </summary>
    /// <param name="invoice">As Zuper has it.</param>
    /// <param name="customer">Its customer as Zuper has it; null where the contact's own row will tell.</param>
    internal static ParentKey? ParentOf(ZuperInvoice invoice, ZuperCustomer? customer) =>
        (invoice.OrganizationUid ?? customer?.OrganizationUid, invoice.CustomerUid) switch
        {
            ({ } organization, _) => new ParentKey(ZuperFlows.Organizations, organization),
            (_, { } uid) => new ParentKey(ZuperFlows.Customers, uid),
            _ => null,
        };

    /// <summary>Whom to bill; null while the contact is in no customer's list. Pure.</summary>
    /// <param name="parent">The flow of the record that the invoice belongs to.</param>
    /// <param name="row">That record's row; it is linked.</param>
    /// <param name="contact">The row of the invoice's Zuper customer; null the location and department of an invoice
    /// that names none.</param>
    internal static InvoiceCustomer? CustomerOf(FlowName parent, KeyMapEntry row, KeyMapEntry? contact)
    {
        if ((parent == ZuperFlows.Customers ? row.AttachedTo : row.TargetId) is not { } customerId)
            return null;
        var isListed = string.Equals(contact?.AttachedTo, customerId, StringComparison.OrdinalIgnoreCase);
        return new InvoiceCustomer(customerId, isListed ? contact!.TargetId : null);
    }

    /// <summary>The CUSTOMERID of whom an invoice is for, as the rows tell it; null where they do not.</summary>
    internal static async Task<string?> KnownAsync(
        KeyMapStore keyMap,
        ConnectionId connection,
        ZuperInvoice invoice,
        CancellationToken cancellationToken
    )
    {
        if (ParentOf(invoice, null) is not { } parent)
            return null;
        var row = await keyMap.GetAsync(new SyncKey(connection, parent.Flow, parent.SourceId), cancellationToken);
        return row is { TargetId: not null } ? CustomerOf(parent.Flow, row, null)?.CustomerId : null;
    }

    private async Task FindParentsAsync(InvoicePass pass, CancellationToken cancellationToken)
    {
        // Where customers are not synced, no row says to which organization one belongs; Zuper does.
        if (!pass.Settings.SyncCustomers)
            await reader.ReadAsync(
                pass,
                [
                    .. pass.OpenOf<InvoiceDecision.ToBook>()
                        .Where(w => w.Invoice is { OrganizationUid: null, CustomerUid: not null }),
                ],
                cancellationToken
            );
        foreach (var work in pass.OpenOf<InvoiceDecision.ToBook>())
        {
            // One whose customer is not shown has ended by now, until that may be believed.
            work.Parent = ParentOf(work.Invoice!, work.ZuperCustomer);
            if (work.Parent is null)
                work.Fail(InvoiceProblems.WithoutCustomer());
        }
    }

    /// <summary>The rows of the invoices' Zuper customers by uid; those that are parents were read already.</summary>
    private async Task<Dictionary<string, KeyMapEntry>> ContactsAsync(
        InvoicePass pass,
        IReadOnlyList<InvoiceWork> works,
        IReadOnlyDictionary<string, KeyMapEntry> parents,
        CancellationToken cancellationToken
    )
    {
        var contacts = works
            .Where(w => w.Parent!.Value.Flow == ZuperFlows.Customers)
            .GroupBy(w => w.Parent!.Value.SourceId, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => parents[g.First().SourceId], StringComparer.Ordinal);
        var wanted = works
            .Select(w => w.Invoice!.CustomerUid)
            .OfType<string>()
            .Where(uid => !contacts.ContainsKey(uid))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        if (wanted.Count == 0)
            return contacts;
        var rows = await keyMap.GetManyAsync(pass.Batch.Connection.Id, ZuperFlows.Customers, wanted, cancellationToken);
        foreach (var (uid, row) in rows)
            contacts[uid] = row;
        return contacts;
    }
}

/// <summary>Whom an invoice is for.</summary>
/// <param name="CustomerId">CUSTOMERID.</param>
/// <param name="BillTo">The CONTACTNAME of the Zuper customer's contact, where that customer's contact list has
/// it.</param>
internal sealed record InvoiceCustomer(string CustomerId, string? BillTo);
