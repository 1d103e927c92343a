using IntacctSync.Core.Apps.Checks;

namespace IntacctSync.Core.Zuper.Doctor;

/// <summary>The lines that <see cref="ZuperRole"/> may have, by name, and how each is looked at.</summary>
internal static class ZuperPermissions
{
    public const string Customers = "Accounts Receivable > Customers";
    public const string Contacts = "Company > Contacts";
    public const string Invoices = "Accounts Receivable > Invoices";
    public const string Orders = "Order Entry > Order Entry transactions";
    public const string Definitions = "Order Entry > Transaction definitions";
    public const string Items = "Inventory Control > Items";
    public const string Payments = "Accounts Receivable > Payments";
    public const string Terms = "Accounts Receivable > AR terms";
    public const string Labels = "Accounts Receivable > Account labels";
    public const string GlAccounts = "General Ledger > Accounts";
    public const string Locations = "Company > Locations";
    public const string Departments = "Company > Departments";
    public const string Classes = "Company > Classes";
    public const string Projects = "Projects > Projects";
    public const string AuditTrail = "Company > Audit trail";

    public static IReadOnlyList<PermissionCheck> All { get; } =
    [
        new(ZuperCheckNames.IntacctCustomers, Customers, "CUSTOMER", "CUSTOMERID"),
        new(ZuperCheckNames.IntacctContacts, Contacts, "CONTACT", "CONTACTNAME"),
        new(ZuperCheckNames.IntacctInvoices, Invoices, "ARINVOICE", "RECORDNO"),
        new(ZuperCheckNames.IntacctOrders, Orders, "SODOCUMENT", "DOCID"),
        new(ZuperCheckNames.IntacctDefinitions, Definitions, "SODOCUMENTPARAMS", "DOCID"),
        new(ZuperCheckNames.IntacctItems, Items, "ITEM", "ITEMID"),
        new(ZuperCheckNames.IntacctPayments, Payments, "ARPYMT", "RECORDNO"),
        new(ZuperCheckNames.IntacctTerms, Terms, "ARTERM", "NAME"),
        new(ZuperCheckNames.IntacctLabels, Labels, "ARACCOUNTLABEL", "ACCOUNTLABEL"),
        new(ZuperCheckNames.IntacctGlAccounts, GlAccounts, "GLACCOUNT", "ACCOUNTNO"),
        new(ZuperCheckNames.IntacctLocations, Locations, "LOCATION", "LOCATIONID"),
        new(ZuperCheckNames.IntacctDepartments, Departments, "DEPARTMENT", "DEPARTMENTID"),
        new(ZuperCheckNames.IntacctClasses, Classes, "CLASS", "CLASSID"),
        new(ZuperCheckNames.IntacctProjects, Projects, "PROJECT", "PROJECTID"),
    ];

    /// <summary>The permission of each object that is looked at.</summary>
    public static IReadOnlyDictionary<string, string> ByObject { get; } =
        All.ToDictionary(check => check.Object, check => check.Permission, StringComparer.Ordinal);
}
