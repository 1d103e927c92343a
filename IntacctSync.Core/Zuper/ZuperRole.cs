using IntacctSync.Core.Apps;
using IntacctSync.Core.Zuper.Invoices;

namespace IntacctSync.Core.Zuper;

/// <summary>The least that the role of Intacct's user must give for the flows that are on. Pure.</summary>
internal static class ZuperRole
{
    private const string Receivables = "Accounts Receivable";
    private const string Company = "Company";
    private const string See = "list, view";
    private const string Keep = "list, view, add, edit";

    public static IReadOnlyList<RoleNeed> For(ZuperConnectionSettings settings)
    {
        var needs = new List<RoleNeed>();
        var invoice = settings.Invoice;
        var customers = settings.SyncOrganizations || settings.SyncCustomers;
        var orders = settings is { SyncInvoices: true, Invoice.Document: InvoiceDocument.OrderEntry };
        var receivable = settings is { SyncInvoices: true, Invoice.Document: InvoiceDocument.ArInvoice };

        Add(
            customers || settings.SyncInvoices,
            Receivables,
            "Customers",
            customers ? Keep : See,
            "organizations, customers, invoices"
        );
        Add(customers, Company, "Contacts", Keep, "organizations, customers");
        Add(receivable, Receivables, "Invoices", "list, view, add, edit, reverse", "invoices");
        Add(
            !receivable && (orders || settings.SyncPayments),
            Receivables,
            "Invoices",
            See,
            orders ? "invoices that Order Entry makes" : "payments"
        );
        Add(orders, "Order Entry", "Order Entry transactions", "list, view, add, edit, delete", "invoices");
        Add(orders, "Order Entry", "Transaction definitions", See, "invoices");
        Add(
            settings.SyncProducts || settings.SyncInvoices,
            "Inventory Control",
            "Items",
            See,
            "products, and the items that lines of invoices name"
        );
        Add(settings.SyncPayments, Receivables, "Payments", See, "payments");
        Add(settings.SyncInvoices || invoice.TermName is not null, Receivables, "AR terms", See, "invoices, customers");
        Add(receivable && Names(invoice, a => a.AccountLabel), Receivables, "Account labels", See, "invoices");
        Add(receivable && Names(invoice, a => a.GlAccountNo), "General Ledger", "Accounts", See, "invoices");
        Add(
            settings.SyncInvoices && (invoice.DefaultLocationId ?? settings.InvoiceLocationField) is not null,
            Company,
            "Locations",
            See,
            "the location of invoices"
        );
        Add(
            settings.SyncInvoices && (invoice.DefaultDepartmentId ?? invoice.DepartmentField) is not null,
            Company,
            "Departments",
            See,
            "the department of invoices"
        );
        Add(settings.SyncInvoices && invoice.ClassField is not null, Company, "Classes", See, "the class of invoices");
        Add(
            settings.SyncInvoices && invoice.ProjectField is not null,
            "Projects",
            "Projects",
            See,
            "the project of invoices"
        );
        Add(
            settings.SyncProducts || settings.SyncPayments,
            Company,
            "Audit trail",
            See,
            "noticing what is deleted in Intacct; all else works without it"
        );
        return needs;

        void Add(bool needed, string application, string permission, string level, string purpose)
        {
            if (needed)
                needs.Add(new RoleNeed(application, permission, level, purpose));
        }
    }

    private static bool Names(InvoiceSettings invoice, Func<AccountSettings, string?> part) =>
        new[]
        {
            new AccountSettings { GlAccountNo = invoice.GlAccountNo, AccountLabel = invoice.AccountLabel },
            invoice.Tax,
            invoice.Discount,
            invoice.Fee,
            invoice.Rounding,
        }.Any(account => part(account) is not null);
}
