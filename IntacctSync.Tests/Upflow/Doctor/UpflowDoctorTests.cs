using IntacctSync.Core.Apps.Checks;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Doctor;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Upflow;
using IntacctSync.Core.Upflow.Doctor;
using IntacctSync.Tests.Scenarios.Road;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Upflow.Doctor;

public sealed class UpflowDoctorTests : ReceivablesRoadTest
{
    [Fact]
    public async Task A_connection_to_which_nothing_is_missing_is_well()
    {
        await ConnectUpflowAsync(s =>
            s with
            {
                SyncReceipts = true,
                Receipts = new() { BankAccountId = "BANK" },
            }
        );
        var report = await ExamineAsync();
        Assert.True(report.Ok, string.Join("; ", report.Checks.Where(c => c.Status == CheckStatus.Failed)));
        Assert.All(
            (string[])
                [
                    UpflowCheckNames.Keys,
                    UpflowCheckNames.IntacctCustomers,
                    UpflowCheckNames.IntacctContacts,
                    UpflowCheckNames.IntacctInvoices,
                    UpflowCheckNames.IntacctAdjustments,
                    UpflowCheckNames.IntacctPayments,
                    UpflowCheckNames.IntacctAdvances,
                    UpflowCheckNames.IntacctCurrency,
                    UpflowCheckNames.IntacctReceiptAccount,
                ],
            name => Assert.Equal(CheckStatus.Passed, report.Checks.Single(c => c.Name == name).Status)
        );
    }

    [Fact]
    public async Task Keys_that_Upflow_refuses_are_told_with_where_to_make_others()
    {
        await ConnectUpflowAsync();
        await Process
            .Get<ConnectionSecrets>()
            .ApplyAsync(
                Id,
                new Dictionary<string, SecretChange>(StringComparer.Ordinal)
                {
                    [UpflowSecrets.ApiSecret] = SecretChange.To("canary-wrong"),
                },
                Forever
            );
        var failed = await FailedAsync(UpflowCheckNames.Keys);
        Assert.Contains("Settings > API", failed.Fix, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", failed.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_currency_than_the_companys_is_told()
    {
        await ConnectUpflowAsync(s => s with { DefaultCurrency = "EUR" });
        var failed = await FailedAsync(UpflowCheckNames.IntacctCurrency);
        Assert.Contains("USD", failed.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CUSTOMER", UpflowCheckNames.IntacctCustomers, "Accounts Receivable > Customers")]
    [InlineData("CONTACT", UpflowCheckNames.IntacctContacts, "Company > Contacts")]
    [InlineData("ARINVOICE", UpflowCheckNames.IntacctInvoices, "Accounts Receivable > Invoices")]
    [InlineData("ARADJUSTMENT", UpflowCheckNames.IntacctAdjustments, "Accounts Receivable > Adjustments")]
    [InlineData("ARPYMT", UpflowCheckNames.IntacctPayments, "Accounts Receivable > Payments: list, view")]
    [InlineData("ARADVANCE", UpflowCheckNames.IntacctAdvances, "Accounts Receivable > Advances")]
    public async Task What_the_user_may_not_read_is_told_with_where_to_allow_it(string kind, string check, string where)
    {
        await ConnectUpflowAsync();
        Intacct.Company.Deny("sandbox-user", kind);
        Assert.Contains(where, (await FailedAsync(check)).Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whether_the_user_may_print_invoices_is_asked_where_PDFs_are_carried(bool may)
    {
        await ConnectUpflowAsync(s => s with { SyncPdfs = true });
        Intacct.Screens.AddCustomer("C-9", "Harbor");
        Intacct.Screens.PostInvoice("C-9", "INV-9", 100);
        ExactRole.Give(Intacct.Company, "sandbox-user", UpflowRole.For((await ConnectionAsync()).Upflow()));
        if (!may)
            Intacct.Company.Deny("sandbox-user", "ARINVOICE", "PRINT");
        var check = (await ExamineAsync()).Checks.Single(c => c.Name == UpflowCheckNames.IntacctPdf);
        Assert.Equal(may ? CheckStatus.Passed : CheckStatus.Failed, check.Status);
        if (!may)
            Assert.Contains("Accounts Receivable > Invoices: list, view, print.", check.Fix, StringComparison.Ordinal);
        await ChangeSettingsAsync(s => s with { SyncPdfs = false });
        Assert.DoesNotContain((await ExamineAsync()).Checks, c => c.Name == UpflowCheckNames.IntacctPdf);
    }

    [Fact]
    public async Task An_account_of_receipts_that_is_not_there_is_told()
    {
        await ConnectUpflowAsync(s =>
            s with
            {
                SyncReceipts = true,
                Receipts = new() { BankAccountId = "NOBANK" },
            }
        );
        Assert.Contains(
            "NOBANK",
            (await FailedAsync(UpflowCheckNames.IntacctReceiptAccount)).Detail,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("BANK", "1000")]
    public async Task Exactly_one_account_of_receipts_is_needed(string? bank, string? account)
    {
        await ConnectUpflowAsync(s =>
            s with
            {
                SyncReceipts = true,
                Receipts = new() { BankAccountId = bank, UndepositedFundsAccountNo = account },
            }
        );
        Assert.NotEmpty((await FailedAsync(UpflowCheckNames.Receipts)).Fix!);
    }

    [Fact]
    public async Task Receipts_without_payments_are_told_to_go_unnoticed_when_Intacct_changes_them()
    {
        await ConnectUpflowAsync(s =>
            s with
            {
                SyncReceipts = true,
                SyncPayments = false,
                Receipts = new() { BankAccountId = "BANK" },
            }
        );
        var told = (await ExamineAsync()).Checks.Single(c => c.Name == UpflowCheckNames.Flows);
        Assert.Equal(CheckStatus.Passed, told.Status);
        Assert.Contains("edited, reversed or deleted", told.Detail, StringComparison.Ordinal);
        Assert.Contains("syncPayments", told.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Custom_fields_that_one_side_lacks_are_named()
    {
        await ConnectUpflowAsync(s =>
            s with
            {
                CustomFields = new() { Customers = Fields(("NOT_HERE", "Nor there")) },
            }
        );
        var report = await ExamineAsync();
        Assert.Contains(
            "Nor there",
            report.Checks.Single(c => c.Name == UpflowCheckNames.CustomFields).Detail,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "NOT_HERE of CUSTOMER",
            report.Checks.Single(c => c.Name == UpflowCheckNames.IntacctCustomFields).Detail,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Another_company_that_fills_the_same_organisation_is_named()
    {
        await ConnectUpflowAsync();
        await ConnectUpflowAsync(
            s => s with { Intacct = s.Intacct with { CompanyId = "another" } },
            ConnectionId.Parse("other")
        );
        var failed = await FailedAsync(UpflowCheckNames.Organisation);
        Assert.Contains("'other'", failed.Detail, StringComparison.Ordinal);
        Assert.Contains("'another'", failed.Detail, StringComparison.Ordinal);
        await ConnectUpflowAsync(another: ConnectionId.Parse("other"));
        Assert.Equal(
            CheckStatus.Passed,
            (await ExamineAsync()).Checks.Single(c => c.Name == UpflowCheckNames.Organisation).Status
        );
    }

    [Fact]
    public async Task Documents_without_their_customers_are_refused()
    {
        await ConnectUpflowAsync(s => s with { SyncCustomers = false });
        Assert.Contains("syncCustomers", (await FailedAsync(UpflowCheckNames.Flows)).Fix, StringComparison.Ordinal);
    }

    private async Task<DoctorCheck> FailedAsync(string name)
    {
        var check = (await ExamineAsync()).Checks.Single(c => c.Name == name);
        Assert.Equal(CheckStatus.Failed, check.Status);
        return check;
    }

    private async Task<DoctorReport> ExamineAsync() =>
        (await PassAsync(() => Process.Get<ConnectionDoctor>().ExamineAsync(Id, Forever)))!;
}
