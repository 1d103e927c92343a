namespace IntacctSync.Core.Doctor;

/// <summary>The checks by name; a check is skipped when what it needs did not pass.</summary>
public static class CheckNames
{
    public const string Settings = "settings";
    public const string InvoiceSettings = "settings-invoices";
    public const string ProductSettings = "settings-products";
    public const string PaymentSettings = "settings-payments";
    public const string TimeZone = "settings-time-zone";
    public const string ZuperRegion = "zuper-region";
    public const string ZuperKey = "zuper-key";
    public const string ZuperWebhooks = "zuper-webhooks";
    public const string ZuperCategories = "zuper-categories";
    public const string ZuperPaymentModes = "zuper-payment-modes";
    public const string ZuperInvoiceFields = "zuper-invoice-fields";
    public const string IntacctEndpoint = "intacct-endpoint";
    public const string IntacctSender = "intacct-sender";
    public const string IntacctLogin = "intacct-login";
    public const string IntacctUserFormat = "intacct-user-format";
    public const string IntacctCustomers = "intacct-customers";
    public const string IntacctContacts = "intacct-contacts";
    public const string IntacctInvoices = "intacct-invoices";
    public const string IntacctOrders = "intacct-orders";
    public const string IntacctItems = "intacct-items";
    public const string IntacctPayments = "intacct-payments";
    public const string IntacctAuditHistory = "intacct-audit-history";
    public const string IntacctAccountLabels = "intacct-account-labels";
    public const string IntacctAccounts = "intacct-accounts";
    public const string IntacctTerm = "intacct-term";
    public const string IntacctDimensions = "intacct-dimensions";
    public const string IntacctCurrency = "intacct-currency";
    public const string IntacctTaxSolution = "intacct-tax-solution";
    public const string IntacctTransactionDefinition = "intacct-transaction-definition";
}
