using IntacctSync.Core.Apps.Checks;

namespace IntacctSync.Core.Upflow.Doctor;

/// <summary>
/// Whether the settings say all that the flows which are on will ask. What is missing would make every record of a flow
/// wait for a person.
/// </summary>
internal static class UpflowSettingsChecks
{
    public static IReadOnlyList<AppCheck> Of(UpflowConnectionSettings settings) =>
        [
            new(UpflowCheckNames.Flows, null, _ => Task.FromResult(Flows(settings))),
            .. settings.SyncReceipts
                ? [new AppCheck(UpflowCheckNames.Receipts, null, _ => Task.FromResult(Receipts(settings.Receipts)))]
                : Array.Empty<AppCheck>(),
        ];

    private static Finding Flows(UpflowConnectionSettings settings)
    {
        var others = settings.SyncInvoices || settings.SyncCreditNotes || settings.SyncPayments;
        if (others && !settings.SyncCustomers)
            throw new CheckFailedException(
                "syncCustomers is off, and every document belongs to a customer.",
                "Set syncCustomers to true, or all others to false."
            );
        if (settings is { SyncInvoices: true, SyncPayments: false } or { SyncInvoices: true, SyncCreditNotes: false })
            return Finding.Advice(
                "Invoices go to Upflow without all that settles them, so they stay open there although they are paid."
                    + (settings is { SyncReceipts: true, SyncPayments: false } ? $" {Unnoticed}" : ""),
                "Set syncPayments and syncCreditNotes to true."
            );
        if (settings is { SyncReceipts: true, SyncPayments: false })
            return Finding.Advice(Unnoticed, "Set syncPayments to true.");
        return Finding.Passed("The flows that are on have what they need of each other.");
    }

    private const string Unnoticed =
        "Payments that are taken in Upflow are posted, and nobody notices when one of them is edited, reversed or "
        + "deleted in Intacct by hand, as syncPayments is off.";

    private static Finding Receipts(ReceiptSettings receipts) =>
        (receipts.BankAccountId, receipts.UndepositedFundsAccountNo) switch
        {
            ({ } bank, null) => Finding.Passed($"Payments that are taken in Upflow are posted to the bank {bank}."),
            (null, { } account) => Finding.Passed(
                $"Payments that are taken in Upflow are posted to the account {account} as not deposited yet."
            ),
            (null, null) => throw new CheckFailedException(
                "syncReceipts is on, and neither receipts.bankAccountId nor receipts.undepositedFundsAccountNo is set.",
                "Set the one of the two that the company's accountant names."
            ),
            _ => throw new CheckFailedException(
                "Both receipts.bankAccountId and receipts.undepositedFundsAccountNo are set.",
                "Set one of the two to null."
            ),
        };
}
