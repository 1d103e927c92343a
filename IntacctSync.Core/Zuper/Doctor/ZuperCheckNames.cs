namespace IntacctSync.Core.Zuper.Doctor;

/// <summary>The checks of a connection to Zuper beside those of every connection, by name.</summary>
public static class ZuperCheckNames
{
    public const string InvoiceSettings = "settings-invoices";
    public const string ProductSettings = "settings-products";
    public const string PaymentSettings = "settings-payments";
    public const string TimeZone = "settings-time-zone";
    public const string Region = "zuper-region";
    public const string Key = "zuper-key";
    public const string Webhooks = "zuper-webhooks";
    public const string Categories = "zuper-categories";
    public const string PaymentModes = "zuper-payment-modes";
    public const string InvoiceFields = "zuper-invoice-fields";
    public const string CustomFields = "zuper-custom-fields";
    public const string IntacctCustomers = "intacct-customers";
    public const string IntacctContacts = "intacct-contacts";
    public const string IntacctInvoices = "intacct-invoices";
    public const string IntacctOrders = "intacct-orders";
    public const string IntacctItems = "intacct-items";
    public const string IntacctPayments = "intacct-payments";
    public const string IntacctTerms = "intacct-terms";
    public const string IntacctLabels = "intacct-labels";
    public const string IntacctGlAccounts = "intacct-gl-accounts";
    public const string IntacctLocations = "intacct-locations";
    public const string IntacctDepartments = "intacct-departments";
    public const string IntacctClasses = "intacct-classes";
    public const string IntacctProjects = "intacct-projects";
    public const string IntacctDefinitions = "intacct-definitions";
    public const string IntacctAuditHistory = "intacct-audit-history";
    public const string IntacctAccountLabels = "intacct-account-labels";
    public const string IntacctAccounts = "intacct-accounts";
    public const string IntacctTerm = "intacct-term";
    public const string IntacctDimensions = "intacct-dimensions";
    public const string IntacctCurrency = "intacct-currency";
    public const string IntacctTaxSolution = "intacct-tax-solution";
    public const string IntacctTransactionDefinition = "intacct-transaction-definition";
    public const string IntacctCustomFields = "intacct-custom-fields";
    public const string IntacctLocationField = "intacct-location-field";
}
