using System.Text;
using IntacctSync.Core.Apps;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Webhooks;

namespace IntacctSync.Tests.Zuper.Webhooks;

public sealed class ZuperWebhookBodyTests
{
    [Theory]
    [InlineData("organization.new", "organization_uid", "organizations")]
    [InlineData("organization.update", "organization_uid", "organizations")]
    [InlineData("organization.activate", "organization_uid", "organizations")]
    [InlineData("ORGANIZATION.Update ", "organization_uid", "organizations")]
    [InlineData("customer.create", "customer_uid", "customers")]
    [InlineData("customer.update", "customer_uid", "customers")]
    [InlineData("customer.activate", "customer_uid", "customers")]
    [InlineData("customer.deactivate", "customer_uid", "customers")]
    [InlineData("customer.accounts_update", "customer_uid", "customers")]
    [InlineData("invoice.new", "invoice_uid", "invoices")]
    [InlineData("invoice.update", "invoice_uid", "invoices")]
    [InlineData("invoice.status_update", "invoice_uid", "invoices")]
    [InlineData("invoice.payment", "invoice_uid", "invoices")]
    [InlineData("invoice.send", "invoice_uid", "invoices")]
    [InlineData("invoice.print", "invoice_uid", "invoices")]
    [InlineData("product.new", "product_uid", "products")]
    [InlineData("product.update", "product_uid", "products")]
    [InlineData("products.update", "product_uid", "products")]
    [InlineData("product.update_stock", "product_uid", "products")]
    [InlineData("product.transcation_inward", "product_uid", "products")]
    public void An_event_of_a_record_names_its_flow_and_uid(string name, string key, string flow)
    {
        var hint = Assert.IsType<WebhookHint.RecordChanged>(
            Read($$"""{"event":"{{name}}","{{key}}":"u-1","company_uid":"c","retry_count":"0"}""")
        );
        Assert.Equal((flow, "u-1", false), (hint.Flow.Value, hint.Uid, hint.Deleted));
    }

    [Theory]
    [InlineData("organization.delete", "organization_uid")]
    [InlineData("customer.delete", "customer_uid")]
    [InlineData("invoice.delete", "invoice_uid")]
    [InlineData("product.delete", "product_uid")]
    public void A_delete_event_says_so(string name, string key) =>
        Assert.True(
            Assert.IsType<WebhookHint.RecordChanged>(Read($$"""{"event":"{{name}}","{{key}}":"u-1"}""")).Deleted
        );

    [Theory]
    [InlineData("""{"event":"organization.update","organization":{"organization_uid":"u-1"}}""")]
    [InlineData("""{"event":"organization.update","data":{"organization_uid":"u-1"}}""")]
    [InlineData(
        """{"event":"organization.update","data":{"organization_uid":"u-1"},"organization":{"organization_uid":"u-1"}}"""
    )]
    [InlineData(
        """{"event":"organization.update","organization":{"organization_uid":"u-1"},"parent":{"organization_uid":"u-2"}}"""
    )]
    [InlineData("""{"event":"organization.update","organization_uid":"u-1","parent":{"organization_uid":"u-2"}}""")]
    [InlineData("""{"event":"organization.update","organization_uid":" u-1 ","customer_uid":"u-9"}""")]
    [InlineData(
        """{"event":"organization.update","organization_uid":null,"organization":{"organization_uid":"u-1"}}"""
    )]
    public void A_uid_is_looked_for_one_level_down_too(string body) =>
        Assert.Equal("u-1", Assert.IsType<WebhookHint.RecordChanged>(Read(body)).Uid);

    [Theory]
    [InlineData("""{"event":"organization.update"}""")]
    [InlineData("""{"event":"organization.update","customer_uid":"u-9"}""")]
    [InlineData("""{"event":"organization.update","organization":"{'organization_uid': 'u-1'}"}""")]
    [InlineData("""{"event":"organization.update","a":{"organization_uid":"u-1"},"b":{"organization_uid":"u-2"}}""")]
    [InlineData("""{"event":"organization.update","organization_uid":"../../x"}""")]
    [InlineData("""{"event":"organization.update","organization_uid":"undefined"}""")]
    [InlineData("""{"event":"organization.update","organization_uid":["u-1"]}""")]
    public void An_event_whose_record_can_not_be_told_asks_for_a_sweep_of_its_module(string body) =>
        Assert.Equal(ZuperFlows.Organizations, Assert.IsType<WebhookHint.SweepNeeded>(Read(body)).Flow);

    [Theory]
    [InlineData("organization.bulk_action", "organizations")]
    [InlineData("customer.bulk_action", "customers")]
    [InlineData("invoice.bulk_action", "invoices")]
    [InlineData("product.bulk_action", "products")]
    [InlineData("products.bulk_action", "products")]
    [InlineData("import.organization", "organizations")]
    [InlineData("import.customer", "customers")]
    [InlineData("import.customers", "customers")]
    [InlineData("import.invoice", "invoices")]
    [InlineData("import.product", "products")]
    [InlineData("import.products.done", "products")]
    [InlineData("bulk_action", null)]
    [InlineData("import", null)]
    [InlineData("import.", null)]
    public void Bulk_actions_and_imports_ask_for_a_sweep_of_their_module_or_of_all(string name, string? flow) =>
        Assert.Equal(
            flow,
            Assert
                .IsType<WebhookHint.SweepNeeded>(Read($$"""{"event":"{{name}}","organization_uid":"u-1"}"""))
                .Flow?.Value
        );

    [Theory]
    [InlineData("job.update")]
    [InlineData("job.bulk_action")]
    [InlineData("import.job")]
    [InlineData("timesheet.new")]
    [InlineData("invoice.payment_mode_create")]
    [InlineData("invoice.payment_mode_delete")]
    [InlineData("invoice.payment_term_update")]
    [InlineData("organization_group.update")]
    [InlineData("update")]
    public void An_event_that_no_flow_knows_is_not_ours(string name) =>
        Assert.Equal(
            name,
            Assert
                .IsType<WebhookHint.NotOurs>(
                    Read($$"""{"event":"{{name}}","job_uid":"u-1","organization_uid":"u-1"}""")
                )
                .Event
        );

    [Theory]
    [InlineData("")]
    [InlineData("event=organization.update")]
    [InlineData("{'event': 'organization.update', 'is_active': False}")]
    [InlineData("""{"event":"organization.update","organization_uid":"u-1",""")]
    [InlineData("""["organization.update"]""")]
    [InlineData("\"organization.update\"")]
    [InlineData("null")]
    [InlineData("""{"organization_uid":"u-1"}""")]
    [InlineData("""{"event":"","organization_uid":"u-1"}""")]
    [InlineData("""{"event":null}""")]
    [InlineData("""{"event":{"key":"organization.update"}}""")]
    [InlineData("{\"event\":\"\\ud800\"}")]
    public void A_body_that_can_not_be_read_is_unreadable_and_its_text_is_not_repeated(string body)
    {
        var reason = Assert.IsType<WebhookHint.Unreadable>(Read(body)).Reason;
        Assert.NotEmpty(reason);
        Assert.DoesNotContain("u-1", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_unreadable() =>
        Assert.IsType<WebhookHint.Unreadable>(ZuperWebhookBody.Read([0x7B, 0x22, 0xFF, 0xFE, 0x22, 0x7D]));

    [Fact]
    public void A_mark_of_the_byte_order_does_not_matter() =>
        Assert.IsType<WebhookHint.RecordChanged>(
            Read("\uFEFF{\"event\":\"customer.create\",\"customer_uid\":\"u-1\"}")
        );

    [Fact]
    public void Times_are_read_where_they_are()
    {
        var hint = Assert.IsType<WebhookHint.RecordChanged>(
            Read(
                """{"event":"invoice.update","triggered_at":"2026-02-03T15:04:05.000Z","invoice":{"invoice_uid":"u-1","updated_at":"2026-02-03T15:04:04.000Z"},"workflow_builder":"{'workflow_uid': None}"}"""
            )
        );
        Assert.Equal(new DateTimeOffset(2026, 2, 3, 15, 4, 4, TimeSpan.Zero), hint.UpdatedAt);
        Assert.Equal(new DateTimeOffset(2026, 2, 3, 15, 4, 5, TimeSpan.Zero), hint.TriggeredAt);
        Assert.Null(
            Assert
                .IsType<WebhookHint.RecordChanged>(
                    Read("""{"event":"invoice.update","invoice_uid":"u-1","updated_at":"yesterday"}""")
                )
                .UpdatedAt
        );
    }

    private static WebhookHint Read(string body) => ZuperWebhookBody.Read(Encoding.UTF8.GetBytes(body));
}
