using System.Text.Json.Nodes;

namespace IntacctSync.Tests.Simulators.Upflow;

public sealed class UpflowListTests : UpflowTest
{
    [Theory]
    [InlineData("customers", "customers")]
    [InlineData("invoices", "invoices")]
    [InlineData("users", "users")]
    [InlineData("payments", "items")]
    [InlineData("credit_notes", "items")]
    [InlineData("refunds", "items")]
    [InlineData("bank_accounts", "items")]
    [InlineData("dunning_plans", "items")]
    [InlineData("custom_fields", "items")]
    public async Task Each_list_has_its_envelope(string list, string key)
    {
        var page = (await Upflow.GetAsync($"/v1/{list}?offset=0&limit=7")).Json;
        Assert.IsType<JsonArray>(page[key]);
        Assert.Equal((0, 7), (page["offset"]!.GetValue<int>(), page["limit"]!.GetValue<int>()));
        Assert.Equal(page[key]!.AsArray().Count, page["total"]!.GetValue<int>());
    }

    [Fact]
    public async Task The_rows_have_the_name_that_is_set()
    {
        Switches.ListKeys["refunds"] = "refunds";
        Assert.NotNull((await Upflow.GetAsync("/v1/refunds")).Json["refunds"]);
    }

    [Theory]
    [InlineData(false, "I-2,I-3")]
    [InlineData(true, "I-2,I-1")]
    public async Task A_page_is_a_part_of_the_list_in_its_order(bool newestFirst, string expected)
    {
        Switches.ListsNewestFirst = newestFirst;
        foreach (var id in new[] { "I-1", "I-2", "I-3" })
            await Upflow.InvoiceAsync(id, 100);

        var page = (await Upflow.GetAsync("/v1/invoices?offset=1&limit=2")).Json;

        Assert.Equal(expected, string.Join(',', Ids(page)));
        Assert.Equal(3, page["total"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_limit_beyond_500_is_taken_for_500()
    {
        Assert.Equal(500, (await Upflow.GetAsync("/v1/invoices?limit=5000")).Json["limit"]!.GetValue<int>());
        Assert.Equal(100, (await Upflow.GetAsync("/v1/invoices")).Json["limit"]!.GetValue<int>());
        foreach (var query in new[] { "limit=0", "limit=x", "offset=-1" })
            Assert.Equal(400, (await Upflow.GetAsync($"/v1/invoices?{query}")).Status);
    }

    [Fact]
    public async Task The_customer_is_a_filter_and_state_and_dates_are_none()
    {
        var other = await Upflow.CustomerAsync("C-2");
        await Upflow.InvoiceAsync("I-1", 100);
        await Upflow.InvoiceAsync("I-2", 100, "C-2");

        var byCustomer = (await Upflow.GetAsync($"/v1/invoices?customerId={other["id"]}")).Json;
        var byState = (await Upflow.GetAsync("/v1/invoices?state=PAID&issuedAfter=2030-01-01")).Json;

        Assert.Equal(["I-2"], Ids(byCustomer));
        Assert.Equal(1, byCustomer["total"]!.GetValue<int>());
        Assert.Equal(["I-1", "I-2"], Ids(byState));
    }

    [Fact]
    public async Task Refunds_are_sorted_on_request()
    {
        await Upflow.RefundAsync("R-1", 9);
        await Upflow.RefundAsync("R-2", 100);
        await Upflow.RefundAsync("R-3", 20);

        var down = (await Upflow.GetAsync("/v1/refunds?sortBy=amount&sortOrder=desc")).Json;

        Assert.Equal(["R-2", "R-3", "R-1"], down["items"]!.AsArray().Select(r => r!["externalId"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Custom_fields_are_defined_once_and_taken_away()
    {
        var body = """{"name":"Route","entity":"CUSTOMER","type":"TEXT"}""";
        var made = await Upflow.TakenAsync("/v1/custom_fields", body);
        Assert.Contains("already", await Upflow.RefusedAsync("/v1/custom_fields", body), StringComparison.Ordinal);
        await Upflow.RefusedAsync("/v1/custom_fields", """{"name":"Route","entity":"PLANET"}""");

        Assert.Equal(204, (await Upflow.SendAsync("DELETE", $"/v1/custom_fields/{made["id"]}")).Status);

        Assert.Equal(404, (await Upflow.SendAsync("DELETE", $"/v1/custom_fields/{made["id"]}")).Status);
    }

    private static IEnumerable<string> Ids(JsonNode page) =>
        page["invoices"]!.AsArray().Select(r => r!["externalId"]!.GetValue<string>());

    [Theory]
    [InlineData(true, 200)]
    [InlineData(false, 404)]
    public async Task One_credit_note_or_payment_is_read_where_that_is_switched_on(bool read, int status)
    {
        (Switches.ReadsOneCreditNote, Switches.ReadsOnePayment) = (read, read);
        await Upflow.CreditNoteAsync("N-1", 10);
        await Upflow.PaymentAsync("P-1", 10);
        Assert.Equal(status, (await Upflow.GetAsync("/v1/credit_notes/external:N-1")).Status);
        Assert.Equal(status, (await Upflow.GetAsync("/v1/payments/external:P-1")).Status);
    }
}
