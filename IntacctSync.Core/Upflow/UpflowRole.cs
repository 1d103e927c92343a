using IntacctSync.Core.Apps;
using IntacctSync.Core.Upflow.Doctor;

namespace IntacctSync.Core.Upflow;

/// <summary>The least that the role of Intacct's user must give for the flows that are on. Pure.</summary>
internal static class UpflowRole
{
    private const string See = "list, view";

    public static IReadOnlyList<RoleNeed> For(UpflowConnectionSettings settings)
    {
        var documents = settings.SyncInvoices || settings.SyncCreditNotes;
        var payments = settings.SyncPayments || settings.SyncReceipts;
        return
        [
            .. Need(settings.SyncCustomers, UpflowPermissions.Customers, See, "upflow-customers"),
            .. Need(settings.SyncCustomers, UpflowPermissions.Contacts, See, "upflow-customers"),
            .. Need(
                documents || settings.SyncReceipts,
                UpflowPermissions.Invoices,
                settings is { SyncInvoices: true, SyncPdfs: true } ? $"{See}, print" : See,
                "upflow-invoices, upflow-credit-notes, upflow-receipts"
            ),
            .. Need(documents, UpflowPermissions.Adjustments, See, "debit memos and credit memos"),
            .. Need(
                payments,
                UpflowPermissions.Payments,
                settings.SyncReceipts ? "list, view, add, reverse" : See,
                settings.SyncReceipts ? "upflow-payments, upflow-receipts" : "upflow-payments"
            ),
            .. Need(settings.SyncPayments, UpflowPermissions.Advances, See, "upflow-payments"),
            .. Need(
                settings is { SyncReceipts: true, Receipts.BankAccountId: not null },
                UpflowPermissions.BankAccounts,
                See,
                "the bank account of receipts"
            ),
            .. Need(
                settings is { SyncReceipts: true, Receipts.UndepositedFundsAccountNo: not null },
                UpflowPermissions.GlAccounts,
                See,
                "the account of receipts that are not deposited yet"
            ),
            .. Need(settings.Intacct.EntityId is not null, UpflowPermissions.Locations, See, "the entity"),
            .. Need(
                true,
                UpflowPermissions.AuditTrail,
                See,
                "noticing what is deleted in Intacct; all else works without it"
            ),
        ];
    }

    private static IEnumerable<RoleNeed> Need(bool needed, string permission, string level, string purpose) =>
        needed ? [RoleNeed.Of(permission, level, purpose)] : [];
}
