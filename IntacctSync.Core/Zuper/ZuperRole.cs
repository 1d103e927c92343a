using IntacctSync.Core.Apps;
using IntacctSync.Core.Zuper.Doctor;
using IntacctSync.Core.Zuper.Invoices;

namespace IntacctSync.Core.Zuper;

/// <summary>The least that the role of Intacct's user must give for the flows that are on. Pure.</summary>
internal static class ZuperRole
{
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
            ZuperPermissions.Customers,
            customers ? Keep : See,
            "organizations, customers, invoices"
        );
        Add(customers, ZuperPermissions.Contacts, Keep, "organizations, customers");
        Add(receivable, ZuperPermissions.Invoices, "list, view, add, edit, reverse", "invoices");
        Add(
            !receivable && (orders || settings.SyncPayments),
            ZuperPermissions.Invoices,
            See,
            orders ? "invoices that Order Entry makes" : "payments"
        );
        Add(orders, ZuperPermissions.Orders, "list, view, add, edit, delete", "invoices");
        Add(orders, ZuperPermissions.Definitions, See, "invoices");
        Add(
            settings.SyncProducts || settings.SyncInvoices,
            ZuperPermissions.Items,
            See,
            "products, and the items that lines of invoices name"
        );
        Add(settings.SyncPayments, ZuperPermissions.Payments, See, "payments");
        Add(settings.SyncInvoices || invoice.TermName is not null, ZuperPermissions.Terms, See, "invoices, customers");
        Add(receivable && Names(invoice, a => a.AccountLabel), ZuperPermissions.Labels, See, "invoices");
        Add(receivable && Names(invoice, a => a.GlAccountNo), ZuperPermissions.GlAccounts, See, "invoices");
        Add(
            settings.SyncInvoices && (invoice.DefaultLocationId ?? settings.InvoiceLocationField) is not null,
            ZuperPermissions.Locations,
            See,
            "the location of invoices"
        );
        Add(
            settings.SyncInvoices && (invoice.DefaultDepartmentId ?? invoice.DepartmentField) is not null,
            ZuperPermissions.Departments,
            See,
            "the department of invoices"
        );
        Add(
            settings.SyncInvoices && invoice.ClassField is not null,
            ZuperPermissions.Classes,
            See,
            "the class of invoices"
        );
        Add(
            settings.SyncInvoices && invoice.ProjectField is not null,
            ZuperPermissions.Projects,
            See,
            "the project of invoices"
        );
        Add(
            settings.SyncProducts || settings.SyncPayments,
            ZuperPermissions.AuditTrail,
            See,
            "noticing what is deleted in Intacct; all else works without it"
        );
        return needs;

        void Add(bool needed, string permission, string level, string purpose)
        {
            if (needed)
                needs.Add(RoleNeed.Of(permission, level, purpose));
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
