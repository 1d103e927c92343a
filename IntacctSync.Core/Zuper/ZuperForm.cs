using IntacctSync.Core.Apps.Choices;
using IntacctSync.Core.Connections.Document;
using IntacctSync.Core.Zuper.CustomFields;

namespace IntacctSync.Core.Zuper;

/// <summary>
/// The form of a connection to Zuper: first the fields of Zuper's own page about Sage Intacct, in its order and words,
/// then what invoices need, then the rest.
/// </summary>
internal static class ZuperForm
{
    private static readonly FieldChoice[] Recognized =
    [
        new("none", "None"),
        new("name", "Name"),
        new("email", "Email"),
    ];

    public static ConnectionForm Form { get; } =
        new([
            new FormSection("Sage Intacct and Zuper", [.. IntacctFields.SignIn, .. AsInZuper()]),
            new FormSection(
                "What else is synced",
                [
                    new("syncInvoices", "Sync Invoices", FieldKind.Flag) { Usual = "true" },
                    new("syncPayments", "Sync Payments", FieldKind.Flag) { Usual = "true" },
                    IntacctFields.StartDate,
                    IntacctFields.Mode,
                ]
            ),
            new FormSection(
                "Accounts of invoices",
                Accounts(),
                "Give either general ledger accounts or account labels, as the company books its receivables. What is "
                    + "left empty is asked for once an invoice has a tax, a discount or a fee."
            ),
            new FormSection("Further settings of invoices", FurtherOfInvoices(), Further: true),
            new FormSection("Further settings", Further(), Further: true),
        ]);

    private static FormField[] AsInZuper() =>
        [
            new("syncCustomers", "Sync Customers", FieldKind.Flag) { Usual = "true" },
            new("syncOrganizations", "Sync Organizations", FieldKind.Flag) { Usual = "true" },
            new("syncProducts", "Sync Products", FieldKind.Flag) { Usual = "true" },
            new("identifyCustomerBy", "Identify Customer By", FieldKind.Choice)
            {
                Choices = Recognized,
                Help =
                    "How a customer that Intacct has already is recognized. None makes a new one for each "
                    + "organization.",
            },
            new("invoiceLocationField", "Invoice Custom Field for Location")
            {
                List = ZuperChoices.InvoiceFields,
                Help = "The custom field of Zuper's invoices whose value is a location id of Intacct.",
            },
            new("defaultPaymentModeUid", "Default Payment Mode UID in Zuper")
            {
                List = ZuperChoices.Modes,
                Help =
                    "Payments from Intacct are recorded under this mode. Those of recent payments are offered; "
                    + "Zuper's support tells any other.",
            },
            new("defaultProductCategoryUid", "Default Product Category UID in Zuper")
            {
                List = ZuperChoices.Categories,
                Help = "Items from Intacct become products of this category.",
            },
            new("zuper.companyName", "Zuper company name")
            {
                SignsIn = true,
                Help = "The login name of the account, by which its region is looked up.",
            },
            new(ZuperSecrets.ApiKey, "Zuper API Key", FieldKind.Secret)
            {
                Required = true,
                SignsIn = true,
                Help = "Settings > Developer Hub > API Keys in Zuper.",
            },
            IntacctFields.FailureEmails,
        ];

    private static FormField[] Accounts() =>
        [
            new("invoice.glAccountNo", "Revenue account") { List = IntacctChoices.Accounts.Name },
            new("invoice.accountLabel", "Revenue account label") { List = IntacctChoices.Labels.Name },
            new("invoice.tax.glAccountNo", "Tax account") { List = IntacctChoices.Accounts.Name },
            new("invoice.tax.accountLabel", "Tax account label") { List = IntacctChoices.Labels.Name },
            new("invoice.discount.glAccountNo", "Discount account") { List = IntacctChoices.Accounts.Name },
            new("invoice.discount.accountLabel", "Discount account label") { List = IntacctChoices.Labels.Name },
            new("invoice.fee.glAccountNo", "Fee account") { List = IntacctChoices.Accounts.Name },
            new("invoice.fee.accountLabel", "Fee account label") { List = IntacctChoices.Labels.Name },
            new("invoice.rounding.glAccountNo", "Rounding account") { List = IntacctChoices.Accounts.Name },
            new("invoice.rounding.accountLabel", "Rounding account label") { List = IntacctChoices.Labels.Name },
        ];

    private static FormField[] FurtherOfInvoices() =>
        [
            new("invoice.document", "An invoice becomes", FieldKind.Choice)
            {
                Choices =
                [
                    new("arInvoice", "an invoice in Accounts Receivable"),
                    new("orderEntry", "a transaction in Order Entry"),
                ],
            },
            new("invoice.transactionDefinition", "Transaction definition in Order Entry")
            {
                Usual = "Sales Invoice",
                List = IntacctChoices.Definitions.Name,
            },
            new("invoice.statuses", "Statuses that are carried over", FieldKind.Lines)
            {
                Usual = "AWAIT_PAYMENT\nPARTIALLY_PAID\nPAID",
                Help = "Of Zuper's invoices.",
            },
            new("invoice.termName", "Payment term") { List = IntacctChoices.Terms.Name },
            new("invoice.currency", "Currency")
            {
                List = IntacctChoices.Currencies.Name,
                Help = "Where it is not the company's own.",
            },
            new("invoice.exchangeRateType", "Exchange rate type") { List = IntacctChoices.RateTypes.Name },
            new("invoice.recreate", "Replace invoices that can't be changed any more", FieldKind.Flag),
            new("invoice.defaultLocationId", "Location of invoices that name none")
            {
                List = IntacctChoices.Locations.Name,
            },
            new("invoice.defaultDepartmentId", "Department of invoices that name none")
            {
                List = IntacctChoices.Departments.Name,
            },
            new("invoice.departmentField", "Custom field for the department") { List = ZuperChoices.InvoiceFields },
            new("invoice.classField", "Custom field for the class") { List = ZuperChoices.InvoiceFields },
            new("invoice.projectField", "Custom field for the project") { List = ZuperChoices.InvoiceFields },
        ];

    private static FormField[] Further() =>
        [
            new(ZuperSecrets.WebhookSecret, "Webhook secret", FieldKind.Secret)
            {
                IsMade = true,
                Help =
                    "Zuper sends it in the header x-hook-secret. One is made where you give none of your own, of 16 "
                    + "characters or more; the webhooks that are registered here carry it.",
            },
            IntacctFields.Entity,
            IntacctFields.MonthlyTransactions,
            new("zuper.apiUrl", "Zuper API address")
            {
                SignsIn = true,
                Help = "In place of the company name, such as https://us-west-1c.zuperpro.com.",
            },
            new("zuper.timeZone", "Time zone of the Zuper account") { Usual = "America/Chicago" },
            new("customerIds", "The ids of new customers", FieldKind.Choice)
            {
                Choices =
                [
                    new("zuper", "are made by this program"),
                    new("intacct", "are given by Intacct's document sequence"),
                ],
            },
            new("paymentModes", "Payment modes", FieldKind.Pairs)
            {
                KeyList = IntacctChoices.PaymentMethods.Name,
                List = ZuperChoices.Modes,
                Help = "Payment method of Intacct = payment mode in Zuper.",
            },
            new("productCategories", "Product categories", FieldKind.Pairs)
            {
                KeyList = IntacctChoices.ProductLines.Name,
                List = ZuperChoices.Categories,
                Help = "Product line of Intacct = category in Zuper.",
            },
            CustomFields(CarriedFieldKind.Organization, "Custom fields of organizations"),
            CustomFields(CarriedFieldKind.Customer, "Custom fields of customers"),
            CustomFields(CarriedFieldKind.Invoice, "Custom fields of invoices"),
            CustomFields(CarriedFieldKind.InvoiceLine, "Custom fields of invoice lines"),
        ];

    private static FormField CustomFields(CarriedFieldKind kind, string label)
    {
        var (zuper, intacct) = ZuperChoices.NamesOf(kind);
        return new FormField(kind.Setting, label, FieldKind.Pairs)
        {
            KeyList = zuper,
            List = intacct,
            Help = $"Label in Zuper = integration name of a custom field of {Target(kind)}.",
        };
    }

    private static string Target(CarriedFieldKind kind) =>
        kind == CarriedFieldKind.Organization ? "the customer in Intacct"
        : kind == CarriedFieldKind.Customer ? "the contact in Intacct"
        : kind == CarriedFieldKind.Invoice ? "the invoice, or the Order Entry document"
        : "its line in Intacct";
}
