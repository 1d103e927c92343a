using System.Text.Json.Nodes;

namespace IntacctSync.Tests.Simulators.Zuper;

public sealed class ZuperFilterTests : IAsyncLifetime
{
    private ServedZuper _zuper = null!;
    private readonly List<string> _uids = [];

    public async Task InitializeAsync()
    {
        _zuper = await ServedZuper.StartAsync();
        for (var i = 0; i < 12; i++)
        {
            _uids.Add(await _zuper.OrganizationAsync($"Org {i:D2}"));
            _zuper.Clock.Advance(TimeSpan.FromMinutes(1));
        }
    }

    public async Task DisposeAsync() => await _zuper.DisposeAsync();

    [Fact]
    public async Task The_oldest_ten_come_where_nothing_is_said_in_an_envelope_of_its_own()
    {
        var answer = await _zuper.FilterAsync("{}");
        Assert.Equal("SUCCESS", answer.Json["type"]!.GetValue<string>());
        Assert.Equal("Org 00", answer.Names.First());
        Assert.Equal(
            (10, 12, 1, 2),
            (
                answer.Json["current_page_records"]!.GetValue<int>(),
                answer.Json["total_records"]!.GetValue<int>(),
                answer.Json["current_page"]!.GetValue<int>(),
                answer.Json["total_pages"]!.GetValue<int>()
            )
        );
    }

    [Theory]
    [InlineData("limit")]
    [InlineData("count")]
    public async Task More_than_a_thousand_at_once_are_refused(string name)
    {
        var answer = await _zuper.FilterAsync($$"""{"{{name}}":1001}""");
        Assert.Equal(400, answer.Status);
        Assert.Equal("COUNT_LIMIT_EXCEEDED", answer.Message);
        Assert.Equal(200, (await _zuper.FilterAsync($$"""{"{{name}}":1000}""")).Status);
    }

    [Theory]
    [InlineData("""{"key":"organization_name","operator":"EQUAL_TO","value":"Org 03"}""", "field_type is required")]
    [InlineData(
        """{"key":"organization_name","operator":"EQUAL_TO","field_type":"DATETIME","value":"Org 03"}""",
        "field_type of organization_name must be TEXT"
    )]
    [InlineData(
        """{"key":"organization_name","operator":"LIKE","field_type":"TEXT","value":"Org 03"}""",
        "operator is required"
    )]
    [InlineData(
        """{"key":"surname","operator":"EQUAL_TO","field_type":"TEXT","value":"x"}""",
        "surname is not a valid key"
    )]
    [InlineData("""{"operator":"EQUAL_TO","field_type":"TEXT","value":"x"}""", "key is required")]
    [InlineData(
        """{"key":"organization_name","operator":"EQUAL_TO","field_type":"TEXT"}""",
        "value of organization_name is required"
    )]
    [InlineData(
        """{"key":"organization_uid","operator":"IN","field_type":"LOOKUP","value":"x"}""",
        "must be an array for IN"
    )]
    [InlineData(
        """{"key":"updated_at","operator":"BETWEEN","field_type":"DATETIME","value":["2026-01-01"]}""",
        "must be an array of two"
    )]
    [InlineData(
        """{"key":"updated_at","operator":"GREATER_THAN","field_type":"DATETIME","value":"soon"}""",
        "must be a date"
    )]
    [InlineData(
        """{"type":"odd_field","key":"organization_name","operator":"IS_EMPTY","field_type":"TEXT"}""",
        "type must be one of"
    )]
    public async Task A_rule_that_is_not_whole_is_refused(string rule, string message)
    {
        var answer = await _zuper.FilterAsync($$"""{"filter_rules":[{{rule}}]}""");
        Assert.Equal(400, answer.Status);
        Assert.Contains(message, answer.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EQUAL_TO", "\"Org 03\"", "03")]
    [InlineData("CONTAINS", "\"rg 1\"", "10 11")]
    [InlineData("NOT_CONTAINS", "\"rg 0\"", "10 11")]
    [InlineData("GREATER_THAN", "\"Org 10\"", "11")]
    [InlineData("GREATER_THAN_EQUAL_TO", "\"Org 10\"", "10 11")]
    [InlineData("LESS_THAN", "\"Org 01\"", "00")]
    [InlineData("LESS_THAN_EQUAL_TO", "\"Org 01\"", "00 01")]
    [InlineData("BETWEEN", "[\"Org 02\",\"Org 04\"]", "02 03 04")]
    [InlineData("IN", "[\"Org 07\",\"Org 05\",\"Nobody\"]", "05 07")]
    [InlineData("IS_EMPTY", "null", "")]
    public async Task Each_operator_compares(string name, string value, string expected)
    {
        var answer = await _zuper.FilterAsync(
            $$"""{"limit":100,"filter_rules":[{"type":"default_field","key":"organization_name","operator":"{{name}}","field_type":"TEXT","value":{{value}}}]}"""
        );
        Assert.Equal(expected, string.Join(' ', answer.Names.Select(n => n[4..])));
    }

    [Fact]
    public async Task Rules_hold_together_or_one_of_them_as_asked()
    {
        string Body(string any) =>
            $$"""
                {"filter_rule_operator":"{{any}}","filter_rules":[
                 {"key":"organization_name","operator":"CONTAINS","field_type":"TEXT","value":"1"},
                 {"key":"updated_at","operator":"GREATER_THAN_EQUAL_TO","field_type":"DATETIME","value":"2026-03-02T09:11:00Z"}]}
                """;
        Assert.Equal(["Org 11"], (await _zuper.FilterAsync(Body("AND"))).Names);
        Assert.Equal(["Org 01", "Org 10", "Org 11"], (await _zuper.FilterAsync(Body("OR"))).Names);
    }

    [Fact]
    public async Task Many_uids_are_read_in_one_go_in_either_of_two_ways()
    {
        var wanted = new JsonArray(_uids[2], _uids[9], "unknown");
        var byRule = await _zuper.FilterAsync(
            $$"""{"filter_rules":[{"key":"organization_uid","operator":"IN","field_type":"LOOKUP","value":{{wanted.ToJsonString()}}}]}"""
        );
        Assert.Equal(["Org 02", "Org 09"], byRule.Names);
        Assert.Equal(
            ["Org 02", "Org 09"],
            (await _zuper.FilterAsync($$"""{"filter.module_uid":"{{_uids[9]}},{{_uids[2]}}"}""")).Names
        );
    }

    [Fact]
    public async Task Custom_fields_and_nested_fields_and_a_keyword_can_be_asked_for()
    {
        _zuper.Screens.EditField(_uids[4], "Region", "South");
        _zuper.Screens.Edit(_uids[5], o => o["organization_address"]!["city"] = "Austin");
        Assert.Equal(
            ["Org 04"],
            (
                await _zuper.FilterAsync(
                    """{"filter_rules":[{"type":"custom_field","key":"Region","operator":"EQUAL_TO","field_type":"SINGLE_LINE","value":"South"}]}"""
                )
            ).Names
        );
        Assert.Equal(
            ["Org 05"],
            (
                await _zuper.FilterAsync(
                    """{"filter_rules":[{"type":"nested_field","key":"organization_address.city","operator":"EQUAL_TO","field_type":"TEXT","value":"Austin"}]}"""
                )
            ).Names
        );
        Assert.Equal(
            ["Org 06"],
            (
                await _zuper.FilterAsync(
                    """{"filter_rules":[{"key":"keyword","operator":"CONTAINS","field_type":"TEXT","value":"org 06"}]}"""
                )
            ).Names
        );
    }

    [Fact]
    public async Task A_cursor_walks_the_list_forth_and_back_without_page_numbers()
    {
        var first = await _zuper.FilterAsync("""{"limit":5,"cursor_pagination":true}""");
        Assert.Null(first.Json["current_page"]);
        Assert.Null(first.Json["current_page_records"]);
        Assert.True(first.Json["paging"]!["has_more"]!.GetValue<bool>());
        Assert.Null(first.Json["paging"]!["previous"]);
        var second = await _zuper.FilterAsync($$"""{"limit":5,"cursor":"{{first.Json["paging"]!["next"]}}"}""");
        Assert.Equal(["Org 05", "Org 06", "Org 07", "Org 08", "Org 09"], second.Names);
        var third = await _zuper.FilterAsync($$"""{"limit":5,"cursor":"{{second.Json["paging"]!["next"]}}"}""");
        Assert.Equal(["Org 10", "Org 11"], third.Names);
        Assert.Null(third.Json["paging"]!["next"]);
        Assert.False(third.Json["paging"]!["has_more"]!.GetValue<bool>());
        var back = await _zuper.FilterAsync($$"""{"limit":5,"prev_cursor":"{{second.Json["paging"]!["previous"]}}"}""");
        Assert.Equal(["Org 00", "Org 01", "Org 02", "Org 03", "Org 04"], back.Names);
        Assert.Equal(400, (await _zuper.FilterAsync("""{"cursor":"nonsense"}""")).Status);
    }

    [Fact]
    public async Task A_cursor_passes_nobody_over_while_rows_are_deleted()
    {
        var first = await _zuper.FilterAsync("""{"limit":5,"cursor_pagination":true}""");
        _zuper.Screens.Delete(_uids[0]);
        var second = await _zuper.FilterAsync($$"""{"limit":5,"cursor":"{{first.Json["paging"]!["next"]}}"}""");
        Assert.Equal("Org 05", second.Names.First());
    }

    [Fact]
    public async Task It_sorts_by_the_time_of_update_too_and_shows_only_the_fields_asked_for()
    {
        _zuper.Screens.EditField(_uids[0], "Region", "South");
        var answer = await _zuper.FilterAsync(
            """{"limit":1,"sort":"DESC","sort_by":"updated_at","fields_to_select":"organization_name, updated_at"}"""
        );
        Assert.Equal(["Org 00"], answer.Names);
        Assert.Subset(
            new HashSet<string>(StringComparer.Ordinal) { "organization_uid", "organization_name", "updated_at" },
            ((JsonObject)answer.Rows[0]!).Select(f => f.Key).ToHashSet(StringComparer.Ordinal)
        );
        Assert.Equal(400, (await _zuper.FilterAsync("""{"sort_by":"organization_email"}""")).Status);
    }

    [Fact]
    public async Task The_keys_that_rules_may_use_are_listed()
    {
        var answer = await _zuper.GetAsync("/api/organization/meta/filter");
        Assert.Equal("SUCCESS", answer.Json["type"]!.GetValue<string>());
        Assert.Contains(
            answer.Rows,
            r =>
                r!["fieldDataKey"]!.GetValue<string>() == "organization_address.zip_code"
                && r["type"]!.GetValue<string>() == "nested_field"
        );
    }
}
