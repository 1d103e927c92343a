using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Upflow.Customers;
using IntacctSync.Core.Upflow.Invoices;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow;

/// <summary>
/// Before a record is made under its external id, looks whether that id stands in Upflow already: the same call would
/// overwrite what it stands for. One that is recognizably the same is taken over, as after the loss of the store; any
/// other may be of another company, or of a copy of this one that was tried first, and a person is asked.
/// </summary>
public sealed class TakenIds(ShownRecords shown)
{
    /// <summary>
    /// A customer is the same by its name, or by the address of a contact. Those whose id is taken by another end.
    /// </summary>
    internal async Task LeaveCustomersAsync(
        RecordPass pass,
        IReadOnlyList<CustomerWrite> due,
        CancellationToken cancellationToken
    )
    {
        var asked = due.Where(d => pass[d.Work.SourceId] is { TargetId: null, NaturalKey: null })
            .ToDictionary(d => d.Work.SourceId, StringComparer.Ordinal);
        var found = await shown.FindAsync(
            pass,
            UpflowKind.Customer,
            [.. asked.Values.Select(d => (d.Work, d.Customer.ExternalId))],
            cancellationToken
        );
        foreach (var (id, read) in found)
        {
            var customer = asked[id].Customer;
            if (!IsSame(customer, read))
                pass.Fail(id, Taken(customer.ExternalId, read, $"the customer '{VisibleText.Of(read.Name ?? "")}'"));
        }
    }

    /// <summary>
    /// An invoice is the same by its number together with its customer or its total. Those whose id is taken by another
    /// end.
    /// </summary>
    internal async Task LeaveInvoicesAsync(
        RecordPass pass,
        IReadOnlyList<InvoiceWrite> due,
        CancellationToken cancellationToken
    )
    {
        var asked = due.Where(d => !UpflowInvoiceDecision.MayStand(pass[d.Work.SourceId]))
            .ToDictionary(d => d.Work.SourceId, StringComparer.Ordinal);
        var found = await shown.FindAsync(
            pass,
            UpflowKind.Invoice,
            [.. asked.Values.Select(d => (d.Work, d.Document.ExternalId))],
            cancellationToken
        );
        foreach (var (id, read) in found)
        {
            var document = asked[id].Document;
            if (!IsSame(document, read))
                pass.Fail(id, Taken(document.ExternalId, read, $"the invoice '{VisibleText.Of(read.CustomId ?? "")}'"));
        }
    }

    /// <summary>Pure.</summary>
    internal static bool IsSame(UpflowCustomer customer, UpflowRead read) =>
        read.Name is { } name && ComparisonKey.AreEqual(name, customer.Name)
        || UpflowJson
            .List(read.Json, "contacts")
            .Select(c => UpflowJson.Text(c, "email"))
            .OfType<string>()
            .Any(email => customer.Contacts.Any(c => ComparisonKey.AreEqual(c.Email, email)));

    /// <summary>Pure.</summary>
    internal static bool IsSame(UpflowDocument document, UpflowRead read) =>
        read.CustomId?.Trim() == document.CustomId.Trim()
        && (
            read.GrossAmount == document.GrossAmount
            || (
                read.CustomerId is { } customer
                && string.Equals(
                    UpflowIds.Own(customer),
                    UpflowIds.Own(document.Customer.TargetId),
                    StringComparison.OrdinalIgnoreCase
                )
            )
        );

    private static Failure Taken(string externalId, UpflowRead read, string what) =>
        new(
            FailureClass.Data,
            new Problem(
                "upflow-id-taken",
                $"Upflow has {what} under the external id {externalId} already, which is another one, and would be "
                    + "overwritten.",
                $"If both are one, link this record to {read.Id ?? externalId}. If that one is of another company of "
                    + "Intacct, or of a copy of this company that was tried first, give this company an organisation "
                    + "of its own in Upflow. If it is of no use, delete it in Upflow, then retry."
            )
        );
}
