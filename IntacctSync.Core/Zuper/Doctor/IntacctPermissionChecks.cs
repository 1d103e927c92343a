using IntacctSync.Core.Apps.Checks;
using IntacctSync.Core.Connections;
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
            "Accounts Receivable > Customers: list, view, add, edit"
        ),
        May(
            ZuperCheckNames.IntacctContacts,
            s => s.SyncCustomers || s.SyncOrganizations,
            "CONTACT",
            "CONTACTNAME",
            "Company > Contacts: list, view, add, edit"
        ),
        May(
            ZuperCheckNames.IntacctInvoices,
            s => s.SyncInvoices || s.SyncPayments,
            "ARINVOICE",
            "RECORDNO",
            "Accounts Receivable > Invoices: list, view, add, edit, reverse"
        ),
        May(
            ZuperCheckNames.IntacctOrders,
            OrderEntry,
            "SODOCUMENT",
            "DOCID",
            "Order Entry > Order Entry transactions: list, view, add, edit, delete"
        ),
        May(
            ZuperCheckNames.IntacctItems,
            s => s.SyncProducts || OrderEntry(s),
            "ITEM",
            "ITEMID",
            "Inventory Control > Items: list, view"
        ),
        May(
            ZuperCheckNames.IntacctPayments,
            s => s.SyncPayments,
            "ARPYMT",
            "RECORDNO",
            "Accounts Receivable > Payments: list, view"
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
        new BookCheck(
            name,
            concerns,
            async (look, cancellationToken) =>
            {
                await look.AnyAsync(new IntacctQuery(objectName, [field]), cancellationToken);
                return Finding.Passed($"The user may read {PlainWords.Object(objectName)}.");
            }
        ).Needing(objectName, needed);

    /// <summary>A check that names the permission which it lacks.</summary>
    /// <param name="check">The check.</param>
    /// <param name="what">What it reads.</param>
    /// <param name="needed">Application, permission and levels, such as <c>Company > Contacts: list, view</c>.</param>
    public static BookCheck Needing(this BookCheck check, string what, string needed) =>
        check with
        {
            MakeAsync = async (look, cancellationToken) =>
            {
                try
                {
                    return await check.MakeAsync(look, cancellationToken);
                }
                catch (IntacctException e) when (e.Failure == IntacctFailure.PermissionDenied)
                {
                    throw new CheckFailedException(
                        $"The user {look.Settings.Intacct.UserId} may not read {what}. {e.Message}",
                        $"In Intacct, give the role of that user {needed}."
                    );
                }
            },
        };

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
                "In Intacct, give the role of that user Company > Audit trail: list, view."
            );
        }
    }
}
