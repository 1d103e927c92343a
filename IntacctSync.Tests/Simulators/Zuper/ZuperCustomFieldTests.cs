using System.Text.Json.Nodes;

namespace IntacctSync.Tests.Simulators.Zuper;

public sealed class ZuperCustomFieldTests : IAsyncLifetime
{
    private ServedZuper _zuper = null!;
    private string _uid = "";

    public async Task InitializeAsync()
    {
        _zuper = await ServedZuper.StartAsync();
        _uid = await _zuper.OrganizationAsync("Harbor Dental Group");
    }

    public async Task DisposeAsync() => await _zuper.DisposeAsync();

    [Fact]
    public async Task Fields_are_laid_over_those_that_are_there_by_label()
    {
        await PatchAsync("""[{"label":"Region","value":"South"},{"label":"Sage Customer ID","value":"C-1"}]""");
        _zuper.Clock.Advance(TimeSpan.FromSeconds(5));
        var answer = await PatchAsync("""[{"label":"Sage Customer ID","value":"C-2"}]""");
        Assert.Equal("SUCCESS", answer.Json["type"]!.GetValue<string>());
        var read = await _zuper.ReadAsync(_uid);
        Assert.Equal(
            ["Region=South (SINGLE_LINE)", "Sage Customer ID=C-2 (SINGLE_LINE)"],
            ((JsonArray)read["custom_fields"]!).Select(f => $"{f!["label"]}={f["value"]} ({f["type"]})")
        );
        Assert.Equal("2026-03-02T09:00:05.000Z", read["updated_at"]!.GetValue<string>());
    }

    [Fact]
    public async Task Numbers_become_text_and_empty_text_clears()
    {
        await PatchAsync("""[{"label":"Sage Customer ID","value":1001}]""");
        Assert.Equal("\"1001\"", (await _zuper.ReadAsync(_uid))["custom_fields"]![0]!["value"]!.ToJsonString());
        await PatchAsync("""[{"label":"Sage Customer ID","value":""}]""");
        Assert.Equal("", _zuper.Screens.CustomField(_uid, "Sage Customer ID"));
    }

    [Theory]
    [InlineData("""[{"label":"Sage Customer ID","value":null}]""")]
    [InlineData("""[{"label":"Sage Customer ID"}]""")]
    [InlineData("""[{"value":"C-1"}]""")]
    [InlineData("""[{"label":"Sage Customer ID","value":"C-1","type":"TEXT"}]""")]
    [InlineData("""[{"label":"Region","value":"South"},{"label":"Sage Customer ID","value":["C-1"]}]""")]
    [InlineData("[]")]
    [InlineData("{}")]
    public async Task What_is_not_whole_is_refused_and_changes_nothing(string fields)
    {
        var answer = await PatchAsync(fields);
        Assert.Equal(400, answer.Status);
        Assert.Equal("Validation Error", answer.Message);
        Assert.Equal("ERROR", answer.Json["type"]!.GetValue<string>());
        Assert.NotEmpty((JsonArray)answer.Json["errors"]!);
        Assert.Empty((JsonArray)(await _zuper.ReadAsync(_uid))["custom_fields"]!);
    }

    [Fact]
    public async Task A_group_that_is_not_there_is_named()
    {
        var answer = await PatchAsync("""[{"label":"Region","value":"South","group_uid":"g-1"}]""");
        Assert.Equal(400, answer.Status);
        Assert.Equal("[\"g-1\"]", answer.Json["data"]!["group_uids_not_found"]!.ToJsonString());
    }

    [Theory]
    [InlineData("ORGANIZATION", 404)]
    [InlineData("JOB", 404)]
    [InlineData("organization", 400)]
    [InlineData("HOUSE", 400)]
    public async Task An_unknown_record_is_404_and_an_unknown_module_400(string module, int status)
    {
        var answer = await _zuper.SendAsync(
            "PATCH",
            "/api/custom_fields",
            $$"""{"module_name":"{{module}}","module_uid":"9a6e0000-0000-4000-8000-000000000000","custom_fields":[{"label":"A","value":"1"}]}"""
        );
        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public async Task A_product_keeps_them_in_its_meta_data()
    {
        var category = (
            await _zuper.PostAsync("/api/products/category", """{"category":{"category_name":"Parts"}}""")
        ).Json["data"]!["category_uid"];
        var product = (
            await _zuper.PostAsync(
                "/api/product",
                $$$"""{"product":{"product_name":"Filter","product_category":"{{{category}}}"}}"""
            )
        ).Json["data"]!["product_uid"];
        await _zuper.SendAsync(
            "PATCH",
            "/api/custom_fields",
            $$"""{"module_name":"PRODUCT","module_uid":"{{product}}","custom_fields":[{"label":"Sage Item ID","value":"SRV-1"}]}"""
        );
        var read = (await _zuper.GetAsync($"/api/product/{product}")).Json["data"]!;
        Assert.Equal("SRV-1", read["meta_data"]![0]!["value"]!.GetValue<string>());
        Assert.Null(read["custom_fields"]);
    }

    private Task<ServedAnswer> PatchAsync(string fields) =>
        _zuper.SendAsync(
            "PATCH",
            "/api/custom_fields",
            $$"""{"module_name":"ORGANIZATION","module_uid":"{{_uid}}","custom_fields":{{fields}}}"""
        );
}
