using IntacctSync.Core.Apps.Checks;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Zuper.Invoices;

namespace IntacctSync.Core.Zuper.Doctor;

/// <summary>
/// Whether the books hold what the settings name for invoices, and take them as they are going to be written.
/// </summary>
internal static class InvoiceAccountChecks
{
    public static IReadOnlyList<BookCheck> All { get; } =
    [
        new(ZuperCheckNames.IntacctAccountLabels, s => Receivable(s) && AccountsOf(s.Invoice).Any(), LabelsAsync),
        new(ZuperCheckNames.IntacctAccounts, s => Receivable(s) && AccountsOf(s.Invoice).Any(), AccountsAsync)
        {
            Reads = "GLACCOUNT or ARACCOUNTLABEL",
            Permissions = [ZuperPermissions.GlAccounts, ZuperPermissions.Labels],
        },
        new(ZuperCheckNames.IntacctTerm, s => s.Invoice.TermName is not null, TermAsync)
        {
            Reads = "ARTERM",
            Permissions = [ZuperPermissions.Terms],
        },
        new(
            ZuperCheckNames.IntacctDimensions,
            s => s.SyncInvoices && s.Invoice is not { DefaultLocationId: null, DefaultDepartmentId: null },
            DimensionsAsync
        )
        {
            Reads = "LOCATION or DEPARTMENT",
            Permissions = [ZuperPermissions.Locations, ZuperPermissions.Departments],
        },
        new(ZuperCheckNames.IntacctCurrency, s => s.SyncInvoices && s.Invoice.Currency is not null, CurrencyAsync),
        new(ZuperCheckNames.IntacctTaxSolution, Receivable, TaxSolutionAsync),
        new(
            ZuperCheckNames.IntacctTransactionDefinition,
            s => s.SyncInvoices && s.Invoice.Document == InvoiceDocument.OrderEntry,
            DefinitionAsync
        )
        {
            Reads = "SODOCUMENTPARAMS",
            Permissions = [ZuperPermissions.Definitions],
        },
    ];

    private static bool Receivable(ZuperConnectionSettings settings) =>
        settings is { SyncInvoices: true, Invoice.Document: InvoiceDocument.ArInvoice };

    private static IEnumerable<AccountSettings> AccountsOf(InvoiceSettings invoice) =>
        PartsOf(invoice).Select(part => part.Account);

    /// <summary>What has an account, by its place in the document.</summary>
    private static IEnumerable<(string Path, AccountSettings Account)> PartsOf(InvoiceSettings invoice) =>
        new[]
        {
            ("invoice", new AccountSettings { GlAccountNo = invoice.GlAccountNo, AccountLabel = invoice.AccountLabel }),
            ("invoice.tax", invoice.Tax),
            ("invoice.discount", invoice.Discount),
            ("invoice.fee", invoice.Fee),
            ("invoice.rounding", invoice.Rounding),
        }.Where(part => part.Item2 is not { GlAccountNo: null, AccountLabel: null });

    /// <summary>
    /// Sage documents the preferences' route and not their names, so the one about labels is known by its name having
    /// that word.
    /// </summary>
    private static async Task<Finding> LabelsAsync(IntacctLook look, CancellationToken cancellationToken)
    {
        var preferences = await look.Client.GetCompanyPreferencesAsync(look.Credentials, "AR", cancellationToken);
        var said = preferences
            .FirstOrDefault(p => p.Key.Contains("ACCOUNTLABEL", StringComparison.OrdinalIgnoreCase))
            .Value?.Trim()
            .ToUpperInvariant();
        bool? labels = said switch
        {
            "T" or "TRUE" or "Y" or "1" => true,
            "F" or "FALSE" or "N" or "0" => false,
            _ => null,
        };
        if (labels is null)
            return Finding.CannotTell(
                "Not made: the company's AR preferences do not say whether it uses account labels."
            );
        var wrong = PartsOf(look.Settings.Zuper().Invoice)
            .Where(part => labels.Value ? part.Account.AccountLabel is null : part.Account.GlAccountNo is null)
            .ToList();
        var named = wrong.Select(p => p.Account.GlAccountNo ?? p.Account.AccountLabel).Distinct(StringComparer.Ordinal);
        var (use, rather) = labels.Value ? ("account labels", "accountLabel") : ("GL accounts", "glAccountNo");
        return wrong.Count == 0
            ? Finding.Passed($"The company's AR preference asks for {use}, and the settings give them.")
            : throw new CheckFailedException(
                $"The company's AR preference asks for {use}, and the settings name "
                    + $"{string.Join(", ", named)} as the other kind.",
                $"Set {string.Join(", ", wrong.Select(p => $"{p.Path}.{rather}"))} instead, or change the preference "
                    + "under Accounts Receivable > Setup > Configuration."
            );
    }

    private static async Task<Finding> AccountsAsync(IntacctLook look, CancellationToken cancellationToken)
    {
        var accounts = AccountsOf(look.Settings.Zuper().Invoice).ToList();
        var missing = await look.MissingAsync(
            "GLACCOUNT",
            "ACCOUNTNO",
            accounts.Select(a => a.GlAccountNo),
            cancellationToken
        );
        var labels = await look.MissingAsync(
            "ARACCOUNTLABEL",
            "ACCOUNTLABEL",
            accounts.Select(a => a.AccountLabel),
            cancellationToken
        );
        if (missing.Count + labels.Count == 0)
            return Finding.Passed("The accounts of invoices exist.");
        var named = missing.Select(a => $"GL account '{a}'").Concat(labels.Select(l => $"account label '{l}'"));
        throw new CheckFailedException(
            $"Intacct has no active {string.Join(", no active ", named)}.",
            "Correct invoice.glAccountNo or invoice.accountLabel, and those of tax, discount, fee and "
                + "rounding, or make "
                + "the account in Intacct."
                + await look.SomeAsync("GLACCOUNT", "ACCOUNTNO", missing.Count > 0, cancellationToken)
                + await look.SomeAsync("ARACCOUNTLABEL", "ACCOUNTLABEL", labels.Count > 0, cancellationToken)
        );
    }

    private static async Task<Finding> TermAsync(IntacctLook look, CancellationToken cancellationToken)
    {
        var term = look.Settings.Zuper().Invoice.TermName!;
        return await look.AnyAsync(
            new IntacctQuery("ARTERM", ["NAME"]) { Filter = QueryFilter.EqualTo("NAME", term) },
            cancellationToken
        )
            ? Finding.Passed($"The term '{term}' exists.")
            : throw new CheckFailedException(
                $"Intacct has no AR term '{term}'.",
                "Set invoice.termName to the name of a term under Accounts Receivable > Setup > Terms, or make "
                    + "that term."
                    + await look.SomeAsync("ARTERM", "NAME", wanted: true, cancellationToken)
            );
    }

    private static async Task<Finding> DimensionsAsync(IntacctLook look, CancellationToken cancellationToken)
    {
        var invoice = look.Settings.Zuper().Invoice;
        var locations = await look.MissingAsync(
            "LOCATION",
            "LOCATIONID",
            [invoice.DefaultLocationId],
            cancellationToken
        );
        var departments = await look.MissingAsync(
            "DEPARTMENT",
            "DEPARTMENTID",
            [invoice.DefaultDepartmentId],
            cancellationToken
        );
        if (locations.Count + departments.Count == 0)
            return Finding.Passed("The default location and department exist.");
        var named = locations.Select(l => $"location '{l}'").Concat(departments.Select(d => $"department '{d}'"));
        throw new CheckFailedException(
            $"Intacct has no active {string.Join(" and no active ", named)}.",
            "Set invoice.defaultLocationId to a LOCATIONID, and invoice.defaultDepartmentId to a DEPARTMENTID, "
                + "as Intacct lists them under Company > Setup."
                + await look.SomeAsync("LOCATION", "LOCATIONID", locations.Count > 0, cancellationToken)
                + await look.SomeAsync("DEPARTMENT", "DEPARTMENTID", departments.Count > 0, cancellationToken)
        );
    }

    private static async Task<Finding> CurrencyAsync(IntacctLook look, CancellationToken cancellationToken)
    {
        var (wanted, invoice) = (look.Settings.Zuper().Invoice.Currency!, look.Settings.Zuper().Invoice);
        var setup = await look.Client.GetFinancialSetupAsync(look.Credentials, cancellationToken);
        return setup switch
        {
            null => Finding.CannotTell("Not made: Intacct does not say in which currency the company keeps its books."),
            { BaseCurrency: { } own } when string.Equals(own, wanted, StringComparison.OrdinalIgnoreCase) =>
                Finding.Passed($"{own} is the company's base currency."),
            { MultiCurrency: false } => throw new CheckFailedException(
                $"invoice.currency is {wanted}, and the company keeps its books in "
                    + $"{setup.BaseCurrency ?? "one currency"} alone.",
                "Leave invoice.currency out, or have multi-currency books set up in Intacct."
            ),
            _ when invoice.ExchangeRateType is null => throw new CheckFailedException(
                $"invoice.currency is {wanted}, which is not the company's base currency, and "
                    + $"invoice.exchangeRateType is missing.",
                "Set invoice.exchangeRateType to the name of an exchange rate type of the company, such as "
                    + "Intacct Daily Rate."
            ),
            _ => Finding.Passed(
                $"The company takes other currencies; {wanted} is converted by '{invoice.ExchangeRateType}'."
            ),
        };
    }

    /// <summary>
    /// Where the object can't be read there are no tax solutions, or none that this user's role shows.
    /// </summary>
    private static async Task<Finding> TaxSolutionAsync(IntacctLook look, CancellationToken cancellationToken)
    {
        var query = new IntacctQuery("TAXSOLUTION", ["SOLUTIONID"])
        {
            Filter = QueryFilter.EqualTo("STATUS", "active"),
        };
        try
        {
            if (!await look.AnyAsync(query, cancellationToken))
                return Finding.Passed("The company has no tax solution.");
        }
        catch (IntacctException e)
            when (e.Failure
                    is IntacctFailure.PermissionDenied
                        or IntacctFailure.Malformed
                        or IntacctFailure.NotFound
                        or IntacctFailure.Unknown
                        or IntacctFailure.InvalidData
            )
        {
            return Finding.CannotTell($"Not made: Intacct shows no tax solutions to this user. {e.Message}");
        }

        throw new CheckFailedException(
            "The company has a tax solution (VAT or GST), with which each line needs a tax entry that an AR "
                + "invoice from Zuper does not have.",
            "Set invoice.document to orderEntry, whose transaction definition decides the taxes, or set "
                + "syncInvoices to false."
        );
    }

    private static async Task<Finding> DefinitionAsync(IntacctLook look, CancellationToken cancellationToken)
    {
        var name = look.Settings.Zuper().Invoice.TransactionDefinition;
        return await look.AnyAsync(
            new IntacctQuery("SODOCUMENTPARAMS", ["DOCID"]) { Filter = QueryFilter.EqualTo("DOCID", name) },
            cancellationToken
        )
            ? Finding.Passed($"The transaction definition '{name}' exists.")
            : throw new CheckFailedException(
                $"Order Entry has no transaction definition '{name}'.",
                "Set invoice.transactionDefinition to the name of one under Order Entry > Setup > Transaction "
                    + "definitions; upper and lower case count."
                    + await look.SomeAsync("SODOCUMENTPARAMS", "DOCID", wanted: true, cancellationToken)
            );
    }
}
