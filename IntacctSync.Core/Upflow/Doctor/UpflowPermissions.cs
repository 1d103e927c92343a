using IntacctSync.Core.Apps.Checks;

namespace IntacctSync.Core.Upflow.Doctor;

/// <summary>The lines that <see cref="UpflowRole"/> may have, by name, and how each is looked at.</summary>
internal static class UpflowPermissions
{
    public const string Customers = "Accounts Receivable > Customers";
    public const string Invoices = "Accounts Receivable > Invoices";
    public const string Adjustments = "Accounts Receivable > Adjustments";
    public const string BankAccounts = "Cash Management > Checking and savings accounts";
    public const string GlAccounts = "General Ledger > Accounts";
    public const string Locations = "Company > Locations";
    public const string Contacts = "Company > Contacts";
    public const string Payments = "Accounts Receivable > Payments";
    public const string Advances = "Accounts Receivable > Advances";
    public const string AuditTrail = "Company > Audit trail";

    public static IReadOnlyList<PermissionCheck> All { get; } =
    [
        new(UpflowCheckNames.IntacctCustomers, Customers, "CUSTOMER", "CUSTOMERID"),
        new(UpflowCheckNames.IntacctContacts, Contacts, "CONTACT", "CONTACTNAME"),
        new(UpflowCheckNames.IntacctInvoices, Invoices, "ARINVOICE", "RECORDNO"),
        new(UpflowCheckNames.IntacctAdjustments, Adjustments, "ARADJUSTMENT", "RECORDNO"),
        new(UpflowCheckNames.IntacctPayments, Payments, "ARPYMT", "RECORDNO"),
        new(UpflowCheckNames.IntacctAdvances, Advances, "ARADVANCE", "RECORDNO"),
        new(UpflowCheckNames.IntacctBankAccounts, BankAccounts, "CHECKINGACCOUNT", "BANKACCOUNTID"),
        new(UpflowCheckNames.IntacctGlAccounts, GlAccounts, "GLACCOUNT", "ACCOUNTNO"),
        new(UpflowCheckNames.IntacctLocations, Locations, "LOCATION", "LOCATIONID"),
    ];

    /// <summary>The permission of each object that is looked at.</summary>
    public static IReadOnlyDictionary<string, string> ByObject { get; } =
        All.ToDictionary(check => check.Object, check => check.Permission, StringComparer.Ordinal);
}
