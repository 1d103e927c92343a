using IntacctSync.Core.Apps.Checks;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Tests.Doctor;

namespace IntacctSync.Tests.Zuper.Doctor;

public sealed class FlowSettingsTests : DoctorTest
{
    [Fact]
    public async Task What_the_contract_shows_as_defaults_can_be_stored_and_each_flow_says_what_it_lacks()
    {
        await ConnectAsync();
        var failed = (await ExamineAsync())
            .Checks.Where(c => c.Status == CheckStatus.Failed)
            .ToDictionary(c => c.Name, StringComparer.Ordinal);
        Says(failed["settings-invoices"], "settings-invoices", "invoice.glAccountNo", "invoice.accountLabel");
        Says(
            failed["settings-products"],
            "settings-products",
            "defaultProductCategoryUid",
            "defaultProductCategoryUid"
        );
        Says(failed["settings-payments"], "settings-payments", "defaultPaymentModeUid", "defaultPaymentModeUid");
    }

    [Fact]
    public async Task Flows_that_are_off_lack_nothing()
    {
        await ConnectOneFlowAsync();
        Assert.DoesNotContain(
            (await ExamineAsync()).Checks,
            c => c.Name is "settings-invoices" or "settings-products" or "settings-payments"
        );
    }

    [Fact]
    public async Task Amounts_without_an_account_are_advised_of_and_fail_nothing()
    {
        await ConnectWholeAsync(s =>
            s with
            {
                Invoice = s.Invoice with { Tax = new AccountSettings(), Fee = new AccountSettings() },
            }
        );
        var check = await WellAsync("settings-invoices");
        Says(
            check,
            "settings-invoices",
            "invoice.tax.glAccountNo, invoice.fee.glAccountNo are not set",
            "Set invoice.tax.glAccountNo"
        );
    }

    [Fact]
    public async Task Maps_without_a_default_are_advised_of()
    {
        await ConnectWholeAsync(s =>
            s with
            {
                DefaultPaymentModeUid = null,
                PaymentModes = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["Cash"] = s.DefaultPaymentModeUid!,
                },
                DefaultProductCategoryUid = null,
                ProductCategories = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["Parts"] = s.DefaultProductCategoryUid!,
                },
            }
        );
        var report = await ExamineAsync();
        Assert.True(report.Ok, Show(report));
        Assert.All(
            report.Checks.Where(c => c.Name is "settings-products" or "settings-payments"),
            c => Assert.Contains("default", c.Fix, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task No_status_at_all_would_carry_nothing_over()
    {
        await ConnectWholeAsync(s => s with { Invoice = s.Invoice with { Statuses = [] } });
        Says(await FailedAsync(), "settings-invoices", "invoice.statuses is empty", "syncInvoices");
    }

    [Fact]
    public async Task An_Order_Entry_document_needs_no_account()
    {
        await ConnectWholeAsync(s =>
            s with
            {
                Invoice = new InvoiceSettings { Document = InvoiceDocument.OrderEntry },
            }
        );
        Assert.Contains("'Sales Invoice'", (await WellAsync("settings-invoices")).Detail, StringComparison.Ordinal);
    }
}
