using System.Text.Json.Nodes;
using IntacctSync.Core.Apps.Checks;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Tests.Doctor;

namespace IntacctSync.Tests.Zuper.Doctor;

public sealed class ZuperSetupTests : DoctorTest
{
    [Fact]
    public async Task Webhooks_that_are_missing_are_listed_by_their_events()
    {
        await ConnectOneFlowAsync(s => s with { SyncCustomers = true });
        var failed = await FailedAsync();
        Says(
            failed,
            "zuper-webhooks",
            "customer.create, customer.update, customer.activate, customer.deactivate, customer.bulk_action",
            $"/api/webhooks/{Id}"
        );
        Assert.DoesNotContain("organization.new", failed.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_category_that_does_not_exist_is_named_with_those_that_do()
    {
        await ConnectWholeAsync(s => s with { DefaultProductCategoryUid = "c9d20f3e-0000-0000-0000-000000000000" });
        Says(await FailedAsync(), "zuper-categories", "c9d20f3e-0000", $"Parts ({ZuperCategories.Parts})");
    }

    [Fact]
    public async Task Payment_modes_can_not_be_listed_and_that_speaks_not_against_the_connection()
    {
        await ConnectWholeAsync();
        var check = await WellAsync("zuper-payment-modes");
        Assert.Equal(CheckStatus.Skipped, check.Status);
        Assert.Contains("no route", check.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_payment_mode_that_is_no_uid_fails()
    {
        await ConnectWholeAsync(s => s with { DefaultPaymentModeUid = "Cheque" });
        Says(await FailedAsync(), "zuper-payment-modes", "Cheque", "defaultPaymentModeUid");
    }

    [Fact]
    public async Task A_custom_field_that_no_recent_invoice_has_is_advised_of()
    {
        await ConnectWholeAsync(s =>
            s with
            {
                InvoiceLocationField = "Location",
                Invoice = s.Invoice with { ClassField = "Klass" },
            }
        );
        Zuper.Screens.Create(
            ZuperModules.Invoice,
            new JsonObject
            {
                ["invoice_date"] = "2026-03-01",
                ["line_items"] = new JsonArray(
                    new JsonObject
                    {
                        ["name"] = "Visit",
                        ["quantity"] = 1,
                        ["unit_price"] = 10,
                    }
                ),
                ["custom_fields"] = new JsonArray(
                    new JsonObject
                    {
                        ["label"] = "Location",
                        ["value"] = "100",
                        ["type"] = "SINGLE_LINE",
                    }
                ),
            }
        );
        var check = await WellAsync("zuper-invoice-fields");
        Says(check, "zuper-invoice-fields", "invoice.classField ('Klass')", "label");
        Assert.DoesNotContain("invoiceLocationField", check.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_any_invoice_its_custom_fields_can_not_be_told()
    {
        await ConnectWholeAsync(s => s with { InvoiceLocationField = "Location" });
        Assert.Equal(CheckStatus.Skipped, (await WellAsync("zuper-invoice-fields")).Status);
    }
}
