using System.Text.Json.Nodes;
using IntacctSync.Simulators.Zuper;
using IntacctSync.Simulators.Zuper.Records;

namespace IntacctSync.Tests.Simulators.Zuper;

public sealed class ZuperInvoiceTests : IAsyncLifetime
{
    private const string Line = ""","line_items":[{"name":"Filter","quantity":2,"unit_price":120}]""";
    private ServedZuper _zuper = null!;

    public async Task InitializeAsync() => _zuper = await ServedZuper.StartAsync();

    public async Task DisposeAsync() => await _zuper.DisposeAsync();

    [Fact]
    public async Task A_day_is_kept_as_its_first_minute_and_a_due_day_as_its_last_where_the_company_is()
    {
        var invoice = await _zuper.InvoiceOfAsync(await _zuper.InvoiceAsync(""","due_date":"2026-03-09" """));
        Assert.Equal("2026-02-03T06:00:00.000Z", Text(invoice["invoice_date"]));
        // Daylight saving has begun the day before.
        Assert.Equal("2026-03-10T04:59:00.000Z", Text(invoice["due_date"]));
    }

    [Fact]
    public async Task Another_time_zone_begins_its_days_at_another_moment()
    {
        await using var india = await ServedZuper.StartAsync(new ZuperSimulatorOptions { TimeZone = "Asia/Kolkata" });
        Assert.Equal(
            "2026-02-02T18:30:00.000Z",
            Text((await india.InvoiceOfAsync(await india.InvoiceAsync()))["invoice_date"])
        );
    }

    [Fact]
    public async Task Sums_are_made_of_lines_discounts_taxes_and_fees()
    {
        var invoice = await _zuper.InvoiceOfAsync(
            await _zuper.InvoiceAsync(
                ""","line_items":[{"name":"A","quantity":2,"unit_price":120,"discount":40},{"name":"B","quantity":1,"unit_price":100,"discount":10,"discount_type":"PERCENTAGE"}],"total_discount":90,"tax":[{"tax_name":"TX","tax_percent":10,"tax_amount":20}],"fees":[{"fee_name":"Trip","amount":15.5}]"""
            )
        );
        Assert.Equal(
            (290m, 90m, 235.5m, 235.5m),
            (
                Money(invoice, "sub_total"),
                Money(invoice, "total_discount"),
                Money(invoice, "total"),
                Money(invoice, "amount_due")
            )
        );
    }

    [Fact]
    public async Task A_tax_of_the_account_is_counted_on_what_remains_after_the_discount()
    {
        var invoice = await _zuper.InvoiceOfAsync(
            await _zuper.InvoiceAsync(Line + $$""","total_discount":40,"tax":[{"tax_uid":"{{ZuperTaxes.Texas}}"}]""")
        );
        Assert.Equal(
            (16.5m, 216.5m),
            (invoice["tax"]![0]!["tax_amount"]!.GetValue<decimal>(), Money(invoice, "total"))
        );
    }

    [Fact]
    public async Task Taxes_of_lines_show_in_the_header_where_it_has_none()
    {
        var uid = await _zuper.InvoiceAsync(
            ""","line_items":[{"name":"A","quantity":2,"unit_price":120,"tax":{"tax_name":"TX","tax_rate":8.25,"tax_amount":19.8}}]"""
        );
        var invoice = await _zuper.InvoiceOfAsync(uid);
        Assert.Equal(("TX", 259.8m), (Text(invoice["tax"]![0]!["tax_name"]), Money(invoice, "total")));
        Assert.DoesNotContain('$', invoice.ToJsonString());
        await _zuper.SendAsync(
            "PUT",
            $"/api/invoice/{uid}",
            """{"invoice":{"line_items":[{"name":"A","quantity":1,"unit_price":120}]}}"""
        );
        Assert.Equal(120m, Money(await _zuper.InvoiceOfAsync(uid), "total"));
    }

    [Fact]
    public async Task A_line_names_its_product_and_an_update_replaces_the_lines()
    {
        var product = Text(
            (
                await _zuper.PostAsync(
                    "/api/product",
                    $$$"""{"product":{"product_name":"Filter","product_id":"SRV-1","product_category":"{{{ZuperCategories.Parts}}}"}}"""
                )
            ).Json["data"]!["product_uid"]
        );
        var uid = await _zuper.InvoiceAsync(
            $$""","line_items":[{"product_uid":"{{product}}","quantity":2,"unit_price":120},{"section_name":"Extras"}]"""
        );
        var lines = (await _zuper.InvoiceOfAsync(uid))["line_items"]!;
        Assert.Equal(
            ("SRV-1", 801),
            (
                Text(lines[0]!["product_ref_id"]!["product_id"]),
                lines[0]!["product_ref_id"]!["product_no"]!.GetValue<int>()
            )
        );
        Assert.Equal((24, "ITEM"), (Text(lines[0]!["_id"])!.Length, Text(lines[0]!["line_item_type"])));
        Assert.Null(lines[1]!["quantity"]);
        await _zuper.SendAsync(
            "PUT",
            $"/api/invoice/{uid}",
            """{"invoice":{"line_items":[{"name":"Other","quantity":1,"unit_price":7}]}}"""
        );
        var changed = await _zuper.InvoiceOfAsync(uid);
        Assert.Equal(
            ("Other", 7m),
            (Text(Assert.Single((JsonArray)changed["line_items"]!)!["name"]), Money(changed, "total"))
        );
    }

    [Theory]
    [InlineData(""" "organization":"nowhere" """, "Invalid Organization UID")]
    [InlineData(""" "customer":"nowhere" """, "Invalid Customer UID")]
    [InlineData(""" "line_items":[{"product_uid":"nowhere"}] """, "Invalid Product UID")]
    [InlineData(""" "line_items":{} """, "line_items must be an array")]
    [InlineData(""" "payment_term":"nowhere" """, "Invalid Payment Term")]
    [InlineData(""" "due_date":"soon" """, "Due date is not a valid date")]
    public async Task What_refers_to_nothing_is_refused(string field, string message)
    {
        var answer = await _zuper.PostAsync(
            "/api/invoice",
            $$$"""{"invoice":{"invoice_date":"2026-02-03",{{{field}}}}}"""
        );
        Assert.Equal((400, message), (answer.Status, answer.Message));
        Assert.Empty(_zuper.Screens.Records(ZuperModules.Invoice));
    }

    [Fact]
    public async Task A_status_is_set_with_an_entry_in_its_history_and_an_unknown_one_refused()
    {
        var uid = await _zuper.InvoiceAsync(Line);
        Assert.Equal(200, (await _zuper.StatusAsync(uid, """ "invoice_status":"AWAIT_PAYMENT" """)).Status);
        Assert.Equal(200, (await _zuper.StatusAsync(uid, """ "invoice_status":"CANCELED" """)).Status);
        var invoice = await _zuper.InvoiceOfAsync(uid);
        Assert.Equal(
            ["DRAFT", "AWAIT_PAYMENT", "CANCELED"],
            ((JsonArray)invoice["status_history"]!).Select(s => Text(s!["status_name"]))
        );
        foreach (var wrong in new[] { "CANCELLED", "PARTIALLY_PAID" })
            Assert.Equal(400, (await _zuper.StatusAsync(uid, $""" "invoice_status":"{wrong}" """)).Status);
        Assert.Equal(
            400,
            (await _zuper.SendAsync("PUT", $"/api/invoice/{uid}/status", """{"invoice_status":"CLOSED"}""")).Status
        );
    }

    [Fact]
    public async Task A_deleted_invoice_leaves_the_list_and_comes_back_when_it_is_recovered()
    {
        var uid = await _zuper.InvoiceAsync(Line);
        Assert.Equal("Invoice deleted successfully", (await _zuper.SendAsync("DELETE", $"/api/invoice/{uid}")).Message);
        Assert.Empty((await _zuper.GetAsync("/api/invoice")).Rows);
        Assert.True((await _zuper.InvoiceOfAsync(uid))["is_deleted"]!.GetValue<bool>());
        await _zuper.PostAsync("/api/invoice/recover", $$"""{"invoice_uids":["{{uid}}"]}""");
        Assert.Single((await _zuper.GetAsync("/api/invoice")).Rows);
    }

    [Fact]
    public async Task An_archived_invoice_goes_back_to_the_status_that_it_had()
    {
        var uid = await _zuper.InvoiceAsync(Line);
        Assert.Equal(400, (await _zuper.SendAsync("PUT", $"/api/invoice/{uid}/unarchive")).Status);
        _zuper.Screens.SetStatus(uid, "AWAIT_PAYMENT");
        _zuper.Screens.SetStatus(uid, "ARCHIVED");
        Assert.Equal(200, (await _zuper.SendAsync("PUT", $"/api/invoice/{uid}/unarchive")).Status);
        Assert.Equal("AWAIT_PAYMENT", Text((await _zuper.InvoiceOfAsync(uid))["invoice_status"]));
    }

    [Fact]
    public async Task The_list_of_payment_modes_is_no_route_but_an_invoice_that_is_not_there()
    {
        var answer = await _zuper.GetAsync("/api/invoice/payment_mode");
        Assert.Equal((404, "application/json"), (answer.Status, answer.MediaType));
    }

    [Fact]
    public async Task Untidy_invoices_lack_ids_have_money_as_text_and_section_rows()
    {
        for (var i = 0; i < 24; i++)
            await _zuper.InvoiceAsync(Line);
        JsonArray Rows() => [.. _zuper.Screens.Records(ZuperModules.Invoice)];
        Assert.All(Rows(), i => Assert.NotNull(i!["line_items"]![0]!["line_item_uid"]));
        _zuper.Simulator.Untidy = true;
        Assert.Contains(
            Rows(),
            i => i!["line_items"]![0]!["line_item_uid"] is null && i["line_items"]![0]!["quantity"] is not null
        );
        Assert.Contains(Rows(), i => i!["total"]!.ToJsonString() == "\"240.00\"");
        Assert.Contains(Rows(), i => i!["line_items"]![0]!["section_name"] is not null);
        Assert.Contains(Rows(), i => i!["total"]!.ToJsonString() == "240" && i["line_items"]![0]!["tax"] is not null);
    }

    private static string? Text(JsonNode? node) => node?.GetValue<string>();

    private static decimal Money(JsonObject invoice, string field) => invoice[field]!.GetValue<decimal>();
}
