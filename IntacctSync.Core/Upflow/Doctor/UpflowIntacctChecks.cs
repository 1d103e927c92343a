using IntacctSync.Core.Apps.Checks;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Upflow.CustomFields;

namespace IntacctSync.Core.Upflow.Doctor;

/// <summary>
/// What the doctor asks Intacct for a connection to Upflow: whether the user may read what the flows read, and whether
/// what the settings name is there.
/// </summary>
internal static class UpflowIntacctChecks
{
    /// <summary>How many fields of an object a fix names.</summary>
    private const int Named = 10;

    public static IReadOnlyList<IntacctCheck> Of(UpflowConnectionSettings settings)
    {
        var permissions = new PermissionChecks(UpflowRole.For(settings), UpflowPermissions.All);
        var checks = new List<IntacctCheck>(permissions.Needed);
        if (settings is { SyncInvoices: true, SyncPdfs: true })
            checks.Add(
                permissions.After(
                    new IntacctCheck(
                        UpflowCheckNames.IntacctPdf,
                        (look, token) => PdfCheck.MakeAsync(permissions, look, token)
                    ),
                    "ARINVOICE",
                    UpflowPermissions.Invoices
                )
            );
        checks.AddRange(
            permissions.Audit(
                UpflowCheckNames.IntacctAuditHistory,
                UpflowPermissions.AuditTrail,
                ["ARINVOICE", "ARPYMT"]
            )
        );
        checks.Add(new(UpflowCheckNames.IntacctCurrency, (look, token) => CurrencyAsync(settings, look, token)));
        if (settings.Intacct.EntityId is { } entity)
            checks.Add(
                permissions.After(
                    new(UpflowCheckNames.IntacctEntity, (look, token) => EntityAsync(entity, look, token)),
                    "LOCATION",
                    UpflowPermissions.Locations
                )
            );
        if (settings.SyncReceipts)
            checks.Add(
                permissions.After(
                    new(
                        UpflowCheckNames.IntacctReceiptAccount,
                        (look, token) => AccountAsync(settings.Receipts, look, token)
                    ),
                    "CHECKINGACCOUNT, SAVINGSACCOUNT or GLACCOUNT",
                    UpflowPermissions.BankAccounts,
                    UpflowPermissions.GlAccounts
                )
            );
        if (CustomFieldKind.Of(settings).Count > 0)
            checks.Add(
                permissions.After(
                    new(UpflowCheckNames.IntacctCustomFields, (look, token) => FieldsAsync(settings, look, token)),
                    "the fields of CUSTOMER, ARINVOICE or ARADJUSTMENT",
                    UpflowPermissions.Customers,
                    UpflowPermissions.Invoices,
                    UpflowPermissions.Adjustments
                )
            );
        return checks;
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
                    + await look.SomeAsync("LOCATION", "LOCATIONID", wanted: true, cancellationToken)
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
                    + await look.SomeAsync("CHECKINGACCOUNT", "BANKACCOUNTID", wanted: true, cancellationToken)
            );
        if (
            receipts.UndepositedFundsAccountNo is { } account
            && (await look.MissingAsync("GLACCOUNT", "ACCOUNTNO", [account], cancellationToken)).Count > 0
        )
            throw new CheckFailedException(
                $"Intacct has no active account {account}.",
                "Set receipts.undepositedFundsAccountNo to an account that General Ledger > Accounts shows."
                    + await look.SomeAsync("GLACCOUNT", "ACCOUNTNO", wanted: true, cancellationToken)
            );
        return Finding.Passed("The account that payments are posted to is there.");
    }

    private static async Task<Finding> FieldsAsync(
        UpflowConnectionSettings settings,
        IntacctLook look,
        CancellationToken cancellationToken
    )
    {
        var (missing, there) = (new List<string>(), new List<string>());
        foreach (var kind in CustomFieldKind.Of(settings))
        {
            var before = missing.Count;
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

            if (missing.Count > before)
                there.Add(await DefinedAsync(kind, look, cancellationToken));
        }

        return missing.Count == 0
            ? Finding.Passed("Intacct has all custom fields that are mapped.")
            : throw new CheckFailedException(
                $"Intacct does not give {string.Join(", ", missing)}.",
                "Correct the names in the settings: they are integration names (Platform Services > Custom fields). "
                    + string.Join(" ", there)
            );
    }

    /// <summary>What could have been named.</summary>
    private static async Task<string> DefinedAsync(
        CustomFieldKind kind,
        IntacctLook look,
        CancellationToken cancellationToken
    )
    {
        var defined = await look.Client.ListCustomFieldsAsync(look.Credentials, kind.Object, null, cancellationToken);
        return defined.Count == 0
            ? $"{kind.Object} has no custom field."
            : $"{kind.Object} has {string.Join(", ", defined.Take(Named).Select(f => f.Name))}.";
    }
}
