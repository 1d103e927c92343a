namespace IntacctSync.Core.Upflow.Doctor;

/// <summary>The checks of a connection to Upflow beside those of every connection, by name.</summary>
public static class UpflowCheckNames
{
    public const string Flows = "settings-upflow-flows";
    public const string Receipts = "settings-upflow-receipts";
    public const string Keys = "upflow-keys";
    public const string Organisation = "upflow-organisation";
    public const string CustomFields = "upflow-custom-fields";
    public const string IntacctCustomers = "intacct-customers";
    public const string IntacctContacts = "intacct-contacts";
    public const string IntacctInvoices = "intacct-invoices";
    public const string IntacctPdf = "intacct-pdf";
    public const string IntacctAdjustments = "intacct-adjustments";
    public const string IntacctPayments = "intacct-payments";
    public const string IntacctAdvances = "intacct-advances";
    public const string IntacctBankAccounts = "intacct-bank-accounts";
    public const string IntacctGlAccounts = "intacct-gl-accounts";
    public const string IntacctLocations = "intacct-locations";
    public const string IntacctAuditHistory = "intacct-audit-history";
    public const string IntacctCurrency = "intacct-currency";
    public const string IntacctEntity = "intacct-entity";
    public const string IntacctReceiptAccount = "intacct-receipt-account";
    public const string IntacctCustomFields = "intacct-custom-fields";
}
