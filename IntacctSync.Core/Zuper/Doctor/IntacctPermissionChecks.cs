using IntacctSync.Core.Apps.Checks;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.Zuper.Invoices;

namespace IntacctSync.Core.Zuper.Doctor;

/// <summary>
/// Whether the user's role lets it see what the flows work with. That it may also write can't be known without writing;
/// the fix of each names all that is needed.
/// </summary>
internal static class IntacctPermissionChecks
{
    private static readonly TimeSpan Recently = TimeSpan.FromHours(1);

    public static IReadOnlyList<BookCheck> All { get; } =
    [
        May(
            ZuperCheckNames.IntacctCustomers,
            _ => true,
            "CUSTOMER",
            "CUSTOMERID",
            "list, view, add and edit customers (Accounts Receivable)"
        ),
        May(
            ZuperCheckNames.IntacctContacts,
            s => s.SyncCustomers || s.SyncOrganizations,
            "CONTACT",
            "CONTACTNAME",
            "list, view, add and edit contacts (Company)"
        ),
        May(
            ZuperCheckNames.IntacctInvoices,
            s => s.SyncInvoices || s.SyncPayments,
            "ARINVOICE",
            "RECORDNO",
            "list, view, add, edit and reverse invoices (Accounts Receivable)"
        ),
        May(
            ZuperCheckNames.IntacctOrders,
            OrderEntry,
            "SODOCUMENT",
            "DOCID",
            "list, view, add, edit and delete transactions (Order Entry)"
        ),
        May(
            ZuperCheckNames.IntacctItems,
            s => s.SyncProducts || OrderEntry(s),
            "ITEM",
            "ITEMID",
            "list and view items (Inventory Control)"
        ),
        May(
            ZuperCheckNames.IntacctPayments,
            s => s.SyncPayments,
            "ARPYMT",
            "RECORDNO",
            "list and view payments (Accounts Receivable)"
        ),
        new(ZuperCheckNames.IntacctAuditHistory, s => s.SyncProducts || s.SyncPayments, AuditAsync),
    ];

    private static bool OrderEntry(ZuperConnectionSettings settings) =>
        settings is { SyncInvoices: true, Invoice.Document: InvoiceDocument.OrderEntry };

    private static BookCheck May(
        string name,
        Func<ZuperConnectionSettings, bool> concerns,
        string objectName,
        string field,
        string needed
    ) =>
        new(
            name,
            concerns,
            async (look, cancellationToken) =>
            {
                try
                {
                    await look.AnyAsync(new IntacctQuery(objectName, [field]), cancellationToken);
                    return Finding.Passed($"The user may read {objectName}.");
                }
                catch (IntacctException e) when (e.Failure == IntacctFailure.PermissionDenied)
                {
                    throw new CheckFailedException(
                        $"The user {look.Settings.Intacct.UserId} may not read {objectName}. {e.Message}",
                        $"In Intacct, let the role of that user {needed}."
                    );
                }
            }
        );

    private static async Task<Finding> AuditAsync(IntacctLook look, CancellationToken cancellationToken)
    {
        var after = IntacctTime.Format(look.Time.GetUtcNow() - Recently, TimeSpan.Zero);
        try
        {
            await look.AnyAsync(AuditDeletion.Query(["ITEM", "ARPYMT"], after), cancellationToken);
            return Finding.Passed("The user may see the audit history, so what is deleted in Intacct is noticed.");
        }
        catch (IntacctException e) when (e.Failure is IntacctFailure.AuditDenied or IntacctFailure.PermissionDenied)
        {
            return Finding.Advice(
                "The user may not see the audit history: all else works, and what is deleted in Intacct is not "
                    + "noticed.",
                "In Intacct, let the role of that user list and view the audit trail (Company)."
            );
        }
    }
}
