namespace IntacctSync.Tests.Simulators.Zuper;

public sealed class ZuperListTests : IAsyncLifetime
{
    private ServedZuper _zuper = null!;

    public async Task InitializeAsync()
    {
        _zuper = await ServedZuper.StartAsync();
        for (var i = 0; i < 12; i++)
        {
            await _zuper.OrganizationAsync($"Org {i:D2}");
            _zuper.Clock.Advance(TimeSpan.FromMinutes(1));
        }
    }

    public async Task DisposeAsync() => await _zuper.DisposeAsync();

    [Fact]
    public async Task A_page_has_ten_rows_the_youngest_first_where_nothing_is_said()
    {
        var answer = await _zuper.GetAsync("/api/organization");
        Assert.Equal("success", answer.Json["type"]!.GetValue<string>());
        Assert.Equal(["Org 11", "Org 10"], answer.Names.Take(2));
        Assert.Equal(10, answer.Rows.Count);
        Assert.Equal(
            (12, 1, 2),
            (
                answer.Json["total_records"]!.GetValue<int>(),
                answer.Json["current_page"]!.GetValue<int>(),
                answer.Json["total_pages"]!.GetValue<int>()
            )
        );
    }

    [Fact]
    public async Task Pages_go_on_until_an_empty_one()
    {
        Assert.Equal(
            ["Org 10", "Org 11"],
            (await _zuper.GetAsync("/api/organization?count=5&page=3&sort=ASC&sort_by=organization_name")).Names
        );
        Assert.Empty((await _zuper.GetAsync("/api/organization?count=5&page=4")).Rows);
    }

    [Fact]
    public async Task Sorting_by_what_is_not_in_the_list_is_refused()
    {
        var answer = await _zuper.GetAsync("/api/organization?sort_by=updated_at");
        Assert.Equal(400, answer.Status);
        Assert.Equal("Invalid Sort By Value", answer.Message);
    }

    [Fact]
    public async Task One_bound_of_the_time_of_update_changes_nothing_and_both_do()
    {
        Assert.Equal(
            12,
            (await _zuper.GetAsync("/api/organization?filter.updated_at_from=2026-03-02T09:10:00.000Z")).Json[
                "total_records"
            ]!.GetValue<int>()
        );
        Assert.Equal(
            12,
            (await _zuper.GetAsync("/api/organization?filter.updated_at_to=2026-03-02T09:01:00.000Z")).Json[
                "total_records"
            ]!.GetValue<int>()
        );
        var both = await _zuper.GetAsync(
            "/api/organization?filter.updated_at_from=2026-03-02T09:10:00.000Z&filter.updated_at_to=2026-03-03"
        );
        Assert.Equal(["Org 11", "Org 10"], both.Names);
    }

    [Fact]
    public async Task A_keyword_is_looked_for_in_name_and_email()
    {
        _zuper.Screens.Edit(
            _zuper.Screens.Records(IntacctSync.Simulators.Zuper.Records.ZuperModules.Organization)[3][
                "organization_uid"
            ]!.GetValue<string>(),
            o => o["organization_email"] = "ORG 07@example.example"
        );
        Assert.Equal(
            ["Org 03", "Org 07"],
            (await _zuper.GetAsync("/api/organization?filter.keyword=org%2007&sort=ASC")).Names
        );
    }

    [Fact]
    public async Task One_uid_gives_one_row()
    {
        var uid = await _zuper.OrganizationAsync("Wanted");
        Assert.Equal(["Wanted"], (await _zuper.GetAsync($"/api/organization?filter.organization_uid={uid}")).Names);
    }

    [Fact]
    public async Task A_custom_field_is_looked_for_by_label_and_value_or_pattern()
    {
        var uid = await _zuper.OrganizationAsync("Wanted");
        _zuper.Screens.EditField(uid, "Sage Customer ID", "C-1001");
        string Path(string json) => "/api/organization?filter.custom_field=" + Uri.EscapeDataString(json);
        Assert.Equal(
            ["Wanted"],
            (await _zuper.GetAsync(Path("""{"label":"Sage Customer ID","value":"C-1001","is_regex":false}"""))).Names
        );
        Assert.Empty(
            (await _zuper.GetAsync(Path("""{"label":"Sage Customer ID","value":"C-10","is_regex":false}"""))).Rows
        );
        Assert.Equal(
            ["Wanted"],
            (await _zuper.GetAsync(Path("""{"label":"Sage Customer ID","value":"^C-10","is_regex":true}"""))).Names
        );
        Assert.Equal(500, (await _zuper.GetAsync(Path("{\"label\":"))).Status);
    }

    [Fact]
    public async Task Deleted_and_inactive_ones_are_asked_for()
    {
        var (deleted, inactive) = (
            await _zuper.OrganizationAsync("Deleted"),
            await _zuper.OrganizationAsync("Inactive")
        );
        _zuper.Screens.Delete(deleted);
        _zuper.Screens.Deactivate(inactive);
        Assert.Equal(13, (await _zuper.GetAsync("/api/organization")).Json["total_records"]!.GetValue<int>());
        Assert.Equal(["Deleted"], (await _zuper.GetAsync("/api/organization?filter.is_deleted=true")).Names);
        Assert.Equal(["Inactive"], (await _zuper.GetAsync("/api/organization?filter.is_active=false")).Names);
    }

    [Fact]
    public async Task Some_rows_carry_an_id_of_undefined_which_the_detail_does_not()
    {
        var rows = (await _zuper.GetAsync("/api/organization?count=100")).Rows;
        Assert.Contains(rows, r => r!["id"]?.GetValue<string>() == "undefined");
        Assert.Contains(rows, r => r!["id"] is null);
        var odd = rows.First(r => r!["id"] is not null)!["organization_uid"]!.GetValue<string>();
        Assert.Null((await _zuper.ReadAsync(odd))["id"]);
    }

    [Fact]
    public async Task Rows_can_be_made_to_lack_the_custom_fields()
    {
        Assert.NotNull((await _zuper.GetAsync("/api/organization")).Rows[0]!["custom_fields"]);
        _zuper.Simulator.ListRowsCarryCustomFields = false;
        Assert.Null((await _zuper.GetAsync("/api/organization")).Rows[0]!["custom_fields"]);
        Assert.Null((await _zuper.FilterAsync("{}")).Rows[0]!["custom_fields"]);
    }
}
