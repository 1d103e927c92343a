using IntacctSync.Core.Apps.Checks;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.Upflow.CustomFields;

namespace IntacctSync.Core.Upflow.Doctor;

/// <summary>
/// What the doctor asks Intacct for a connection to Upflow: whether the user may read what the flows read, and whether
/// what the settings name is there. That it may also write can't be known without writing; the fix names it.
/// </summary>
internal static class UpflowIntacctChecks
{
    internal const string Roles = "In Intacct, under Company > Admin > Roles, let the role of that user ";

    private static readonly TimeSpan Recently = TimeSpan.FromHours(1);

    public static IReadOnlyList<IntacctCheck> Of(UpflowConnectionSettings settings)
    {
        var documents = settings.SyncInvoices || settings.SyncCreditNotes;
        return
        [
            .. May(
                settings.SyncCustomers,
                UpflowCheckNames.IntacctCustomers,
                "CUSTOMER",
                "CUSTOMERID",
                "list and view customers (Accounts Receivable > Customers)"
            ),
            .. May(
                settings.SyncCustomers,
                UpflowCheckNames.IntacctContacts,
                "CONTACT",
                "CONTACTNAME",
                "list and view contacts (Company > Contacts)"
            ),
            .. May(
                documents,
                UpflowCheckNames.IntacctInvoices,
                "ARINVOICE",
                "RECORDNO",
                "list and view invoices (Accounts Receivable > Invoices)"
            ),
            .. settings is { SyncInvoices: true, SyncPdfs: true }
                ? [new IntacctCheck(UpflowCheckNames.IntacctPdf, PdfCheck.MakeAsync)]
                : Array.Empty<IntacctCheck>(),
            .. May(
                documents,
                UpflowCheckNames.IntacctAdjustments,
                "ARADJUSTMENT",
                "RECORDNO",
                "list and view adjustments (Accounts Receivable > Adjustments)"
            ),
            .. May(
                settings.SyncPayments || settings.SyncReceipts,
                UpflowCheckNames.IntacctPayments,
                "ARPYMT",
                "RECORDNO",
                settings.SyncReceipts
                    ? "list, view, add and reverse payments (Accounts Receivable > Receive payments)"
                    : "list and view payments (Accounts Receivable > Posted payments)"
            ),
            .. May(
                settings.SyncPayments,
                UpflowCheckNames.IntacctAdvances,
                "ARADVANCE",
                "RECORDNO",
                "list and view advances (Accounts Receivable > Advances)"
            ),
            new(UpflowCheckNames.IntacctAuditHistory, AuditAsync),
            new(UpflowCheckNames.IntacctCurrency, (look, token) => CurrencyAsync(settings, look, token)),
            .. settings.Intacct.EntityId is { } entity
                ? [new IntacctCheck(UpflowCheckNames.IntacctEntity, (look, token) => EntityAsync(entity, look, token))]
                : Array.Empty<IntacctCheck>(),
            .. settings.SyncReceipts
                ?
                [
                    new IntacctCheck(
                        UpflowCheckNames.IntacctReceiptAccount,
                        (look, token) => AccountAsync(settings.Receipts, look, token)
                    ),
                ]
                : Array.Empty<IntacctCheck>(),
            .. CustomFieldKind.All.Any(k => k.Map(settings.CustomFields).Count > 0)
                ?
                [
                    new IntacctCheck(
                        UpflowCheckNames.IntacctCustomFields,
                        (look, token) => FieldsAsync(settings, look, token)
                    ),
                ]
                : Array.Empty<IntacctCheck>(),
        ];
    }

    private static IEnumerable<IntacctCheck> May(
        bool concerns,
        string name,
        string objectName,
        string field,
        string needed
    ) =>
        !concerns
            ? []
            :
            [
                new IntacctCheck(
                    name,
                    async (look, cancellationToken) =>
                    {
                        try
                        {
                            await look.AnyAsync(new IntacctQuery(objectName, [field]), cancellationToken);
                            return Finding.Passed($"The user may read {PlainWords.Object(objectName)}.");
                        }
                        catch (IntacctException e) when (e.Failure == IntacctFailure.PermissionDenied)
                        {
                            throw new CheckFailedException(
                                $"The user {look.Settings.Intacct.UserId} may not read {objectName}. {e.Message}",
                                $"{Roles}{needed}."
                            );
                        }
                    }
                ),
            ];

    private static async Task<Finding> AuditAsync(IntacctLook look, CancellationToken cancellationToken)
    {
        var after = IntacctTime.Format(look.Time.GetUtcNow() - Recently, TimeSpan.Zero);
        try
        {
            await look.AnyAsync(AuditDeletion.Query(["ARINVOICE", "ARPYMT"], after), cancellationToken);
            return Finding.Passed("The user may see the audit history, so what is deleted in Intacct is noticed.");
        }
        catch (IntacctException e) when (e.Failure is IntacctFailure.AuditDenied or IntacctFailure.PermissionDenied)
        {
            return Finding.Advice(
                "The user may not see the audit history: all else works, and what is deleted in Intacct is not "
                    + "noticed.",
                $"{Roles}list and view the audit trail (Company > Audit trail)."
            );
        }
    }

    private static async Task<Finding> CurrencyAsync(
        UpflowConnectionSettings settings,
        IntacctLook look,
        CancellationToken cancellationToken
    )
    {
        var setup = await look.Client.GetFinancialSetupAsync(look.Credentials, cancellationToken);
        if (setup?.BaseCurrency is not { } currency)
            return Finding.CannotTell("The company does not name one base currency for all of its entities.");
        if (string.Equals(currency, settings.DefaultCurrency, StringComparison.OrdinalIgnoreCase))
            return Finding.Passed($"Documents that name no currency are in {currency}, as the company's books are.");
        throw new CheckFailedException(
            $"defaultCurrency is {settings.DefaultCurrency}, and the company's books are in {currency}.",
            $"Set defaultCurrency to {currency}."
        );
    }

    private static async Task<Finding> EntityAsync(
        string entity,
        IntacctLook look,
        CancellationToken cancellationToken
    ) =>
        (await look.MissingAsync("LOCATION", "LOCATIONID", [entity], cancellationToken)).Count == 0
            ? Finding.Passed($"The entity {entity} is there and active.")
            : throw new CheckFailedException(
                $"Intacct has no active entity {entity}.",
                "Set intacct.entityId to an id that Company > Setup > Entities shows, or to null for the top level."
            );

    private static async Task<Finding> AccountAsync(
        ReceiptSettings receipts,
        IntacctLook look,
        CancellationToken cancellationToken
    )
    {
        if (
            receipts.BankAccountId is { } bank
            && (await look.MissingAsync("CHECKINGACCOUNT", "BANKACCOUNTID", [bank], cancellationToken)).Count > 0
            && (await look.MissingAsync("SAVINGSACCOUNT", "BANKACCOUNTID", [bank], cancellationToken)).Count > 0
        )
            throw new CheckFailedException(
                $"Intacct has no active bank account {bank}.",
                "Set receipts.bankAccountId to an id that Cash Management > Accounts shows."
            );
        if (
            receipts.UndepositedFundsAccountNo is { } account
            && (await look.MissingAsync("GLACCOUNT", "ACCOUNTNO", [account], cancellationToken)).Count > 0
        )
            throw new CheckFailedException(
                $"Intacct has no active account {account}.",
                "Set receipts.undepositedFundsAccountNo to an account that General Ledger > Accounts shows."
            );
        return Finding.Passed("The account that payments are posted to is there.");
    }

    private static async Task<Finding> FieldsAsync(
        UpflowConnectionSettings settings,
        IntacctLook look,
        CancellationToken cancellationToken
    )
    {
        var missing = new List<string>();
        foreach (var kind in CustomFieldKind.All)
        {
            foreach (var field in kind.Map(settings.CustomFields).Keys)
            {
                try
                {
                    await look.AnyAsync(new IntacctQuery(kind.Object, ["RECORDNO", field]), cancellationToken);
                }
                catch (IntacctException e)
                    when (e.Failure
                            is IntacctFailure.Malformed
                                or IntacctFailure.InvalidData
                                or IntacctFailure.NotFound
                                or IntacctFailure.Unknown
                    )
                {
                    missing.Add($"{field} of {kind.Object}");
                }
            }
        }

        return missing.Count == 0
            ? Finding.Passed("Intacct has all custom fields that are mapped.")
            : throw new CheckFailedException(
                $"Intacct does not give {string.Join(", ", missing)}.",
                "Correct the names in customFields: they are integration names (Platform Services > Custom fields)."
            );
    }
}
