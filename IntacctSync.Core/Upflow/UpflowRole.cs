using IntacctSync.Core.Apps;

namespace IntacctSync.Core.Upflow;

/// <summary>The least that the role of Intacct's user must give for the flows that are on. Pure.</summary>
internal static class UpflowRole
{
    private const string Receivables = "Accounts Receivable";
    private const string Company = "Company";
    private const string See = "list, view";

    public static IReadOnlyList<RoleNeed> For(UpflowConnectionSettings settings)
    {
        var documents = settings.SyncInvoices || settings.SyncCreditNotes;
        var payments = settings.SyncPayments || settings.SyncReceipts;
        return
        [
            .. Need(settings.SyncCustomers, Receivables, "Customers", See, "upflow-customers"),
            .. Need(settings.SyncCustomers, Company, "Contacts", See, "upflow-customers"),
            .. Need(
                documents || settings.SyncReceipts,
                Receivables,
                "Invoices",
                settings is { SyncInvoices: true, SyncPdfs: true } ? $"{See}, print" : See,
                "upflow-invoices, upflow-credit-notes, upflow-receipts"
            ),
            .. Need(documents, Receivables, "Adjustments", See, "debit memos and credit memos"),
            .. Need(
                payments,
                Receivables,
                "Payments",
                settings.SyncReceipts ? "list, view, add, reverse" : See,
                settings.SyncReceipts ? "upflow-payments, upflow-receipts" : "upflow-payments"
            ),
            .. Need(settings.SyncPayments, Receivables, "Advances", See, "upflow-payments"),
            .. Need(
                settings is { SyncReceipts: true, Receipts.BankAccountId: not null },
                "Cash Management",
                "Checking and savings accounts",
                See,
                "the bank account of receipts"
            ),
            .. Need(
                settings is { SyncReceipts: true, Receipts.UndepositedFundsAccountNo: not null },
                "General Ledger",
                "Accounts",
                See,
                "the account of receipts that are not deposited yet"
            ),
            .. Need(settings.Intacct.EntityId is not null, Company, "Locations", See, "the entity"),
            .. Need(
                true,
                Company,
                "Audit trail",
                See,
                "noticing what is deleted in Intacct; all else works without it"
            ),
        ];
    }

    private static IEnumerable<RoleNeed> Need(
        bool needed,
        string application,
        string permission,
        string level,
        string purpose
    ) => needed ? [new RoleNeed(application, permission, level, purpose)] : [];
}
