using IntacctSync.Simulators.Zuper.Records;

namespace IntacctSync.Tests.Simulators.Zuper;

public sealed class ZuperProductTests : IAsyncLifetime
{
    private ServedZuper _zuper = null!;

    public async Task InitializeAsync() => _zuper = await ServedZuper.StartAsync();

    public async Task DisposeAsync() => await _zuper.DisposeAsync();

    [Fact]
    public async Task Three_categories_are_there_from_the_start() =>
        Assert.Equal(
            [ZuperCategories.Labor, ZuperCategories.Parts, ZuperCategories.Services],
            (await _zuper.GetAsync("/api/products/category"))
                .Rows.OrderBy(c => c!["category_name"]!.GetValue<string>(), StringComparer.Ordinal)
                .Select(c => c!["category_uid"]!.GetValue<string>())
        );

    [Fact]
    public async Task Two_products_may_have_one_number_and_both_are_found_by_it()
    {
        var (first, second) = (await CreateAsync("SRV-1"), await CreateAsync("SRV-1"));
        await CreateAsync("SRV-10");
        Assert.Equal(
            [first, second],
            Uids(await _zuper.GetAsync("/api/product?filter.product_id=SRV-1&sort_by=product_no&sort=ASC"))
        );
        Assert.Equal([second], Uids(await _zuper.GetAsync($"/api/product?filter.product_uid={second}")));
        var filtered = await _zuper.PostAsync(
            "/api/product/filter",
            """{"filter_rules":[{"key":"product_id","operator":"EQUAL_TO","value":"SRV-10"}]}"""
        );
        Assert.Equal(("success", 1), (filtered.Json["type"]!.GetValue<string>(), filtered.Rows.Count));
    }

    [Fact]
    public async Task A_custom_field_is_looked_for_in_the_meta_data_and_broken_text_is_a_fault_of_the_server()
    {
        var uid = await CreateAsync(
            "SRV-1",
            ""","meta_data":[{"label":"Sage Item ID","value":"I-1","type":"SINGLE_LINE"}]"""
        );
        await CreateAsync("SRV-2");
        Assert.Equal(
            [uid],
            Uids(
                await _zuper.GetAsync(
                    "/api/product?filter.custom_field="
                        + Uri.EscapeDataString("""{"label":"Sage Item ID","value":"I-1","is_regex":false}""")
                )
            )
        );
        Assert.Equal(500, (await _zuper.GetAsync("/api/product?filter.custom_field=%7Bbroken")).Status);
    }

    [Fact]
    public async Task What_is_not_available_or_deleted_is_asked_for()
    {
        var (gone, hidden) = (await CreateAsync("GONE"), await CreateAsync("HIDDEN", ""","is_available":false"""));
        await _zuper.SendAsync("DELETE", $"/api/product/{gone}");
        Assert.Equal([hidden], Uids(await _zuper.GetAsync("/api/product?filter.is_available=false")));
        Assert.Equal([gone], Uids(await _zuper.GetAsync("/api/product?filter.is_deleted=true")));
        Assert.Empty((await _zuper.GetAsync("/api/product?filter.is_available=true")).Rows);
    }

    [Fact]
    public async Task Products_is_no_route_and_an_update_keeps_what_it_does_not_name()
    {
        var uid = await CreateAsync("SRV-1", ""","price":26""");
        Assert.Equal("text/html", (await _zuper.GetAsync($"/api/products/{uid}")).MediaType);
        Assert.Equal(
            uid,
            (await _zuper.SendAsync("PUT", $"/api/product/{uid}", """{"product":{"product_name":"New"}}""")).Json[
                "data"
            ]!["product_uid"]!.GetValue<string>()
        );
        var read = (await _zuper.GetAsync($"/api/product/{uid}")).Json["data"]!;
        Assert.Equal(
            ("New", "26.0000", "SRV-1"),
            (
                read["product_name"]!.GetValue<string>(),
                read["price"]!.GetValue<string>(),
                read["product_id"]!.GetValue<string>()
            )
        );
        Assert.Equal(
            400,
            (
                await _zuper.SendAsync("PUT", $"/api/product/{uid}", """{"product":{"product_category":"nowhere"}}""")
            ).Status
        );
    }

    private async Task<string> CreateAsync(string sku, string fields = "") =>
        (
            await _zuper.PostAsync(
                "/api/product",
                $$$"""{"product":{"product_name":"P {{{sku}}}","product_id":"{{{sku}}}","product_category":"{{{ZuperCategories.Parts}}}"{{{fields}}}}}"""
            )
        ).Json["data"]!["product_uid"]!.GetValue<string>();

    private static IEnumerable<string> Uids(ServedAnswer answer) =>
        answer.Rows.Select(r => r!["product_uid"]!.GetValue<string>());
}
