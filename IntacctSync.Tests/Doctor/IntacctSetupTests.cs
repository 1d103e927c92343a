using IntacctSync.Core.Apps.Checks;
using IntacctSync.Core.Zuper.Invoices;

namespace IntacctSync.Tests.Doctor;

public sealed class IntacctSetupTests : DoctorTest
{
    [Fact]
    public async Task A_company_to_which_nothing_is_missing_passes_every_check()
    {
        await ConnectWholeAsync(s =>
            s with
            {
                Invoice = s.Invoice with { DefaultLocationId = "100", DefaultDepartmentId = "SVC", Currency = "USD" },
            }
        );
        var report = await ExamineAsync();
        Assert.True(report.Ok, Show(report));
        Assert.All(
            report.Checks.Where(c => c.Name != "zuper-payment-modes"),
            c => Assert.Equal((CheckStatus.Passed, null), (c.Status, c.Fix))
        );
        Assert.Equal(
            [
                "intacct-customers",
                "intacct-contacts",
                "intacct-invoices",
                "intacct-items",
                "intacct-payments",
                "intacct-terms",
                "intacct-gl-accounts",
                "intacct-locations",
                "intacct-departments",
                "intacct-audit-history",
                "intacct-account-labels",
                "intacct-accounts",
                "intacct-dimensions",
                "intacct-currency",
                "intacct-tax-solution",
            ],
            report.Checks.Select(c => c.Name).SkipWhile(n => n != "intacct-customers")
        );
    }

    [Theory]
    [InlineData("CONTACT", "intacct-contacts", "Company > Contacts: list, view, add, edit")]
    [InlineData("ARINVOICE", "intacct-invoices", "Accounts Receivable > Invoices: list, view, add, edit, reverse")]
    [InlineData("ITEM", "intacct-items", "Inventory Control > Items: list, view")]
    [InlineData("ARPYMT", "intacct-payments", "Accounts Receivable > Payments: list, view")]
    public async Task A_permission_that_is_missing_is_named_with_its_object(string kind, string name, string fix)
    {
        await ConnectWholeAsync();
        Intacct.Company.Deny("sandbox-user", kind);
        var failed = await FailedAsync();
        Says(failed, name, $"may not read {kind}", fix);
        Assert.Contains("PL04000005", failed.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "intacct-customers",
        " Accounts Receivable > Customers: add and edit can be seen with the first write."
    )]
    [InlineData(
        "intacct-invoices",
        " Accounts Receivable > Invoices: add, edit and reverse can be seen with the first write."
    )]
    [InlineData("intacct-items", "")]
    public async Task What_the_user_may_write_was_not_looked_at_and_the_check_says_so(string name, string told)
    {
        await ConnectWholeAsync();
        var detail = (await WellAsync(name)).Detail;
        Assert.StartsWith("The user may read ", detail, StringComparison.Ordinal);
        Assert.Equal(told, detail[(detail.IndexOf('.', StringComparison.Ordinal) + 1)..]);
    }

    [Fact]
    public async Task An_audit_history_that_may_not_be_seen_is_advised_of_and_fails_nothing()
    {
        await ConnectWholeAsync();
        Intacct.Options.AuditHistoryDenied = true;
        Says(await WellAsync("intacct-audit-history"), "intacct-audit-history", "not noticed", "Company > Audit trail");
    }

    [Fact]
    public async Task A_company_that_uses_account_labels_is_told_from_one_that_does_not()
    {
        await ConnectWholeAsync();
        Intacct.Screens.SetPreference("AR", "USEACCOUNTLABELS", "T");
        Says(
            await FailedAsync(),
            "intacct-account-labels",
            "account labels",
            "Set invoice.accountLabel, invoice.tax.accountLabel"
        );
    }

    [Fact]
    public async Task Labels_in_a_company_that_uses_accounts_are_refused()
    {
        await ConnectWholeAsync(s =>
            s with
            {
                Invoice = s.Invoice with { GlAccountNo = null, AccountLabel = "Service" },
            }
        );
        Says(await FailedAsync(), "intacct-account-labels", "Service", "Set invoice.glAccountNo instead");
    }

    [Fact]
    public async Task An_account_and_a_label_that_do_not_exist_are_named()
    {
        await ConnectWholeAsync(s => s with { Invoice = s.Invoice with { GlAccountNo = "4711" } });
        Says(await FailedAsync(), "intacct-accounts", "GL account '4711'", "invoice.glAccountNo");
    }

    [Fact]
    public async Task A_default_location_and_a_default_department_that_do_not_exist_are_named()
    {
        await ConnectWholeAsync(s =>
            s with
            {
                Invoice = s.Invoice with { DefaultLocationId = "999", DefaultDepartmentId = "NONE" },
            }
        );
        Says(
            await FailedAsync(),
            "intacct-dimensions",
            "location '999' and no active department 'NONE'",
            "invoice.defaultLocationId"
        );
    }

    [Fact]
    public async Task Another_currency_than_that_of_the_books_is_refused()
    {
        await ConnectWholeAsync(s => s with { Invoice = s.Invoice with { Currency = "EUR" } });
        Says(await FailedAsync(), "intacct-currency", "USD alone", "invoice.currency");
    }

    [Fact]
    public async Task A_company_with_a_tax_solution_takes_no_AR_invoices_from_Zuper()
    {
        await ConnectWholeAsync();
        Add("TAXSOLUTION", ("SOLUTIONID", "UK VAT"));
        Says(await FailedAsync(), "intacct-tax-solution", "VAT", "orderEntry");
    }

    [Fact]
    public async Task A_transaction_definition_that_does_not_exist_is_named()
    {
        await ConnectWholeAsync(s =>
            s with
            {
                Invoice = s.Invoice with
                {
                    Document = InvoiceDocument.OrderEntry,
                    TransactionDefinition = "Field Invoice",
                },
            }
        );
        Says(await FailedAsync(), "intacct-transaction-definition", "'Field Invoice'", "for example, Sales Invoice");
    }
}
