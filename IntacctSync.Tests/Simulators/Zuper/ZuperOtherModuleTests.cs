namespace IntacctSync.Tests.Simulators.Zuper;

public sealed class ZuperOtherModuleTests : IAsyncLifetime
{
    private ServedZuper _zuper = null!;

    public async Task InitializeAsync() => _zuper = await ServedZuper.StartAsync();

    public async Task DisposeAsync() => await _zuper.DisposeAsync();

    [Fact]
    public async Task A_created_customer_has_its_uid_at_the_top_and_its_organization_embedded()
    {
        var organization = await _zuper.OrganizationAsync("Harbor Dental Group");
        var created = await _zuper.PostAsync(
            "/api/customers_new",
            $$$"""{"customer":{"customer_first_name":"Ines","customer_organization":"{{{organization}}}"}}"""
        );
        Assert.Null(created.Json["data"]);
        var read = (await _zuper.GetAsync($"/api/customers/{created.Json["customer_uid"]}")).Json["data"]!;
        Assert.Equal("Harbor Dental Group", read["customer_organization"]!["organization_name"]!.GetValue<string>());
        Assert.NotNull(read["updated_at"]);
        Assert.Equal(404, (await _zuper.PostAsync("/api/customers", "{}")).Status);
    }

    [Fact]
    public async Task Rows_of_customers_do_not_say_when_they_were_updated()
    {
        await _zuper.PostAsync("/api/customers_new", """{"customer":{"customer_first_name":"Ines"}}""");
        var row = (await _zuper.GetAsync("/api/customers")).Rows.Single()!;
        Assert.Null(row["updated_at"]);
        Assert.NotNull(row["created_at"]);
    }

    [Theory]
    [InlineData("""{"customer":{"customer_last_name":"Roy"}}""")]
    [InlineData("""{"customer":{"customer_first_name":"Ines","customer_organization":"nowhere"}}""")]
    public async Task A_customer_needs_a_first_name_and_an_organization_that_exists(string body) =>
        Assert.Equal(400, (await _zuper.PostAsync("/api/customers_new", body)).Status);

    [Fact]
    public async Task A_product_has_a_number_of_the_account_and_prices_as_text()
    {
        var refused = await _zuper.PostAsync(
            "/api/product",
            """{"product":{"product_name":"Filter","product_category":"none"}}"""
        );
        Assert.Equal((400, "The Category is not valid"), (refused.Status, refused.Message));
        var category = (
            await _zuper.PostAsync("/api/products/category", """{"category":{"category_name":"Parts"}}""")
        ).Json["data"]!["category_uid"];
        var product = await _zuper.PostAsync(
            "/api/product",
            $$$"""{"product":{"product_name":"Filter","product_id":"SRV-1","price":120,"product_category":"{{{category}}}"}}"""
        );
        var row = (await _zuper.GetAsync("/api/product?filter.product_id=SRV-1")).Rows.Single()!;
        Assert.Equal(product.Json["data"]!["product_uid"]!.GetValue<string>(), row["product_uid"]!.GetValue<string>());
        Assert.Equal(("\"120.0000\"", "801"), (row["price"]!.ToJsonString(), row["product_no"]!.ToJsonString()));
        Assert.Equal("Parts", row["product_category"]!["category_name"]!.GetValue<string>());
        Assert.Equal(
            ["Labor", "Parts", "Parts", "Services"],
            (await _zuper.GetAsync("/api/products/category"))
                .Rows.Select(c => c!["category_name"]!.GetValue<string>())
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task An_invoice_is_numbered_by_the_account_and_its_sums_are_made_of_its_lines()
    {
        Assert.Equal(400, (await _zuper.PostAsync("/api/invoice", """{"invoice":{"prefix":"INV-"}}""")).Status);
        var organization = await _zuper.OrganizationAsync("Harbor Dental Group");
        var created = await _zuper.PostAsync(
            "/api/invoice",
            $$$"""
            {"invoice":{"invoice_date":"2026-02-03","organization":"{{{organization}}}","line_items":[{"quantity":2,"unit_price":120,"total":240}],
             "tax":[{"tax_name":"TX","tax_percent":8.25,"tax_amount":19.8}]}}
            """
        );
        var read = (await _zuper.GetAsync($"/api/invoice/{created.Json["data"]!["invoice_uid"]}")).Json["data"]!;
        Assert.Equal(
            (2001, 240m, 259.8m, 259.8m),
            (
                read["invoice_no"]!.GetValue<int>(),
                read["sub_total"]!.GetValue<decimal>(),
                read["total"]!.GetValue<decimal>(),
                read["amount_due"]!.GetValue<decimal>()
            )
        );
        Assert.Equal("DRAFT", read["invoice_status"]!.GetValue<string>());
        Assert.Equal("Harbor Dental Group", read["organization"]!["organization_name"]!.GetValue<string>());
    }
}
