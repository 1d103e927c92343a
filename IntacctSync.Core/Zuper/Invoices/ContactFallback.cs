using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Waiting;
using IntacctSync.Core.Zuper.Contacts;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>
/// An invoice that belongs to a Zuper customer waits until that customer's contact is in the contact list of an Intacct
/// customer. Some contacts will never be: the person is inactive, or the record has failed. The invoice then falls back
/// on the organization's customer, or on the person's own.
/// </summary>
internal sealed class ContactFallback(KeyMapStore keyMap, InvoiceCustomerReader reader)
{
    /// <summary>Gives another parent to each invoice whose contact will be in no contact list.</summary>
    public async Task RunAsync(InvoicePass pass, CancellationToken cancellationToken)
    {
        var waiting = pass.OpenOf<InvoiceDecision.ToBook>()
            .Where(w => w.Parent is { Flow: var flow } && flow == ZuperFlows.Customers)
            .ToList();
        if (waiting.Count == 0)
            return;
        var contacts = await RowsAsync(pass, ZuperFlows.Customers, waiting.Select(Uid), cancellationToken);
        var stuck = waiting.Where(w => IsStuck(contacts[Uid(w)], pass.Settings)).ToList();
        if (stuck.Count == 0)
            return;
        await reader.ReadAsync(pass, stuck, cancellationToken);
        var own = await RowsAsync(
            pass,
            ZuperFlows.Organizations,
            stuck.Select(w => OwnCustomer.SourceId(Uid(w))),
            cancellationToken
        );
        foreach (var work in stuck.Where(w => w.IsOpen))
        {
            var (contact, ownRow) = (contacts[Uid(work)], own[OwnCustomer.SourceId(Uid(work))]);
            if (ParentOf(work.ZuperCustomer, contact, ownRow) is { } parent)
                work.Parent = parent;
            else if (contact.TargetId is not null && !pass.Shadow)
                ParentGate.Hold(
                    pass.Records,
                    work.SourceId,
                    new ParentKey(ZuperFlows.Organizations, ownRow.Key.SourceId),
                    WithoutCustomer(contact, ownRow)
                );
        }
    }

    /// <summary>Whether nothing is under way that would put a contact into a customer's contact list. Pure.</summary>
    internal static bool IsStuck(KeyMapEntry contact, ConnectionSettings settings) =>
        contact is { Stored: not null, AttachedTo: null }
        && (contact.State is not (RecordState.Pending or RecordState.InDoubt) || !settings.Syncs(ZuperFlows.Customers));

    /// <summary>What an invoice belongs to in place of a stuck contact; null where there is nothing. Pure.</summary>
    /// <param name="customer">The Zuper customer; null where Zuper does not know it.</param>
    /// <param name="contact">Its contact's row.</param>
    /// <param name="own">The row of its own customer, which need not exist.</param>
    internal static ParentKey? ParentOf(ZuperCustomer? customer, KeyMapEntry contact, KeyMapEntry own)
    {
        if (customer?.OrganizationUid is { } organization)
            return new ParentKey(ZuperFlows.Organizations, organization);
        var ownIsThere = own.TargetId is not null;
        var ownWillCome = contact.TargetId is not null && customer is { IsActive: true, IsDeleted: false };
        return ownIsThere || ownWillCome ? new ParentKey(ZuperFlows.Organizations, own.Key.SourceId) : null;
    }

    private static string Uid(InvoiceWork work) => work.Invoice!.CustomerUid!;

    private async Task<IReadOnlyDictionary<string, KeyMapEntry>> RowsAsync(
        InvoicePass pass,
        FlowName flow,
        IEnumerable<string> sourceIds,
        CancellationToken cancellationToken
    ) =>
        await keyMap.GetManyAsync(
            pass.Batch.Connection.Id,
            flow,
            [.. sourceIds.Distinct(StringComparer.Ordinal)],
            cancellationToken
        );

    private static Failure WithoutCustomer(KeyMapEntry contact, KeyMapEntry own)
    {
        var name = contact.Title is { Length: > 0 } title ? $"'{title}'" : $"customers/{contact.Key.SourceId}";
        var record = own.Title is { Length: > 0 } called
            ? $"the organizations record '{called}'"
            : $"organizations/{own.Key.SourceId}";
        return new Failure(
            FailureClass.Data,
            new Problem(
                ParentProblems.Skipped,
                $"It belongs to {name}, whose contact {contact.TargetId} stands in the list of no Intacct "
                    + $"customer, since the person is not active in Zuper.",
                $"Activate {name} in Zuper, or link {record} to the Intacct customer "
                    + $"that the invoice is for; it then goes on by itself."
            )
        );
    }
}
