using IntacctSync.Core.Apps.Choices;
using IntacctSync.Core.Connections.Document;
using IntacctSync.Core.Upflow.CustomFields;

namespace IntacctSync.Core.Upflow;

/// <summary>The form of a connection to Upflow, in the order of Upflow's own guide to Sage Intacct.</summary>
internal static class UpflowForm
{
    public static ConnectionForm Form { get; } =
        new([
            new FormSection(
                "Sage Intacct and Upflow",
                [
                    .. IntacctFields.SignIn,
                    new("defaultCurrency", "Default currency")
                    {
                        Usual = "USD",
                        List = IntacctChoices.Currencies.Name,
                        Help = "Of the company: Company > Setup > Company.",
                    },
                    new(UpflowSecrets.ApiKey, "Upflow API Key", FieldKind.Secret) { Required = true, SignsIn = true },
                    new(UpflowSecrets.ApiSecret, "Upflow API Secret", FieldKind.Secret)
                    {
                        Required = true,
                        SignsIn = true,
                    },
                ]
            ),
            new FormSection(
                "What is synced",
                [
                    new("syncCustomers", "Sync Customers", FieldKind.Flag) { Usual = "true" },
                    new("syncInvoices", "Sync Invoices", FieldKind.Flag) { Usual = "true" },
                    new("syncCreditNotes", "Sync Credit Notes", FieldKind.Flag) { Usual = "true" },
                    new("syncPayments", "Sync Payments", FieldKind.Flag) { Usual = "true" },
                    new("syncPdfs", "Send the PDFs of invoices", FieldKind.Flag),
                    IntacctFields.StartDate,
                    IntacctFields.Mode,
                    IntacctFields.FailureEmails,
                ]
            ),
            new FormSection(
                "Payments taken in Upflow",
                [
                    new("syncReceipts", "Post them in Intacct", FieldKind.Flag),
                    new("receipts.bankAccountId", "Bank account they go to")
                    {
                        List = IntacctChoices.BankAccounts.Name,
                    },
                    new("receipts.undepositedFundsAccountNo", "Or the undeposited funds account")
                    {
                        List = IntacctChoices.Accounts.Name,
                    },
                    new("receipts.paymentMethods", "Payment methods", FieldKind.Pairs)
                    {
                        KeyList = UpflowChoices.Instruments,
                        List = IntacctChoices.PaymentMethods.Name,
                        Help = "Instrument of Upflow = payment method of Intacct.",
                    },
                ],
                "Exactly one of the two accounts is needed."
            ),
            new FormSection(
                "Further settings",
                [
                    IntacctFields.Entity,
                    IntacctFields.MonthlyTransactions,
                    new("upflow.apiUrl", "Upflow API address"),
                    CustomFields(CustomFieldKind.Customer, "Custom fields of customers"),
                    CustomFields(CustomFieldKind.Invoice, "Custom fields of invoices"),
                    CustomFields(CustomFieldKind.CreditNote, "Custom fields of credit notes"),
                ],
                Further: true
            ),
        ]);

    private static FormField CustomFields(CustomFieldKind kind, string label)
    {
        var (intacct, upflow) = UpflowChoices.NamesOf(kind);
        return new FormField(kind.Setting, label, FieldKind.Pairs)
        {
            KeyList = intacct,
            List = upflow,
            Help = "Integration name in Intacct = field of Upflow.",
        };
    }
}
