using System.Text.Json.Nodes;
using IntacctSync.Simulators.Zuper.Records;

namespace IntacctSync.Tests.Simulators.Zuper;

public sealed class ZuperInvoiceListTests : IAsyncLifetime
{
    private readonly List<string> _uids = [];
    private ServedZuper _zuper = null!;

    public async Task InitializeAsync()
    {
        _zuper = await ServedZuper.StartAsync();
        for (var i = 0; i < 6; i++)
        {
            _uids.Add(
                await _zuper.InvoiceAsync(
                    $$""","reference_no":"R{{i}}","line_items":[{"name":"A","quantity":1,"unit_price":{{(i + 1) * 10}}}]"""
                )
            );
            _zuper.Clock.Advance(TimeSpan.FromMinutes(1));
        }
    }

    public async Task DisposeAsync() => await _zuper.DisposeAsync();

    [Fact]
    public async Task One_bound_of_the_time_of_update_is_inert_and_two_are_not()
    {
        Assert.Equal(
            6,
            (await _zuper.GetAsync("/api/invoice?filter.updated_at_from=2026-03-02T09:04:00.000Z")).Rows.Count
        );
        Assert.Equal(
            ["R5", "R4"],
            References(
                await _zuper.GetAsync(
                    "/api/invoice?filter.updated_at_from=2026-03-02T09:04:00.000Z&filter.updated_at_to=2027-01-01"
                )
            )
        );
    }

    [Fact]
    public async Task Status_uid_custom_field_and_keyword_narrow_the_list()
    {
        _zuper.Screens.SetStatus(_uids[2], "CANCELED");
        _zuper.Screens.EditField(_uids[3], "Sage Invoice ID", "77");
        Assert.Equal(["R2"], References(await _zuper.GetAsync("/api/invoice?filter.status=CANCELED")));
        Assert.Equal(["R1"], References(await _zuper.GetAsync($"/api/invoice?filter.invoice_uid={_uids[1]}")));
        Assert.Equal(
            ["R3"],
            References(
                await _zuper.GetAsync(
                    "/api/invoice?filter.custom_field="
                        + Uri.EscapeDataString("""{"label":"Sage Invoice ID","value":"77"}""")
                )
            )
        );
        Assert.Equal(["R4"], References(await _zuper.GetAsync("/api/invoice?filter.keyword=R4")));
    }

    [Fact]
    public async Task Rules_need_no_field_type_here_and_several_uids_are_several_rules()
    {
        var rules = string.Join(
            ',',
            new[] { 4, 1 }.Select(i =>
                $$"""{"key":"invoice_uid","operator":"EQUAL_TO","value":"{{_uids[i]}}","type":"default_field"}"""
            )
        );
        var answer = await FilterAsync(
            $$"""{"filter_rule_operator":"OR","sort_by":"created_at","sort":"ASC","filter_rules":[{{rules}}],"fields_to_select":"reference_no"}"""
        );
        Assert.Equal(["R1", "R4"], References(answer));
        Assert.Equal("success", answer.Json["type"]!.GetValue<string>());
        Assert.Null(answer.Json["current_page_records"]);
        Assert.Null(answer.Rows[0]!["line_items"]);
    }

    [Theory]
    [InlineData("IN", """["x"]""")]
    [InlineData("GREATER_THAN_EQUAL_TO", "\"x\"")]
    public async Task The_operators_of_the_newer_service_are_refused_here(string name, string value) =>
        Assert.Equal(
            400,
            (
                await FilterAsync(
                    $$"""{"filter_rules":[{"key":"invoice_uid","operator":"{{name}}","value":{{value}}}]}"""
                )
            ).Status
        );

    [Fact]
    public async Task Amounts_are_compared_as_numbers() =>
        Assert.Equal(
            6,
            (await FilterAsync("""{"filter_rules":[{"key":"total","operator":"GREATER_THAN","value":"9"}]}"""))
                .Rows
                .Count
        );

    [Fact]
    public async Task A_cursor_goes_through_all_once_while_records_are_changed_on_the_way()
    {
        List<string?> seen = [];
        string? cursor = null;
        do
        {
            var answer = await FilterAsync(
                $$"""{"limit":2,"sort_by":"created_at","sort":"ASC","cursor_pagination":true{{(cursor is null ? "" : $",\"cursor\":\"{cursor}\"")}}}"""
            );
            seen.AddRange(References(answer));
            _zuper.Screens.EditField(_uids[seen.Count - 1], "Sage Invoice ID", "x");
            Assert.Null(answer.Json["current_page"]);
            cursor = answer.Json["paging"]!["next"]?.GetValue<string>();
        } while (cursor is not null);
        Assert.Equal(["R0", "R1", "R2", "R3", "R4", "R5"], seen);
    }

    [Fact]
    public async Task A_kept_order_follows_what_is_changed_and_added()
    {
        Assert.Equal(["R5", "R4"], References(await _zuper.GetAsync("/api/invoice?sort_by=reference_no&count=2")));
        _zuper.Screens.Edit(_uids[0], r => r["reference_no"] = "Z");
        Assert.Equal(["Z", "R5"], References(await _zuper.GetAsync("/api/invoice?sort_by=reference_no&count=2")));
        _zuper.Screens.Edit(_uids[5], r => r["reference_no"] = "A");
        await _zuper.InvoiceAsync(""","reference_no":"Y" """);
        Assert.Equal(
            ["A", "R1", "R2", "R3", "R4", "Y", "Z"],
            References(await _zuper.GetAsync("/api/invoice?sort_by=reference_no&sort=ASC"))
        );
        _zuper.Screens.BulkUpdate(
            [
                .. Enumerable
                    .Range(0, 30)
                    .Select(i =>
                        _zuper.Screens.Create(ZuperModules.Invoice, new JsonObject { ["invoice_date"] = "2026-02-03" })
                    ),
            ],
            r => r["reference_no"] = "M"
        );
        Assert.Equal(
            ["A", "M"],
            References(await _zuper.GetAsync("/api/invoice?sort_by=reference_no&sort=ASC&count=2"))
        );
        Assert.Equal(
            ["Z", "Y", "R4", "R3", "R2", "R1", "M"],
            References(await _zuper.GetAsync("/api/invoice?sort_by=reference_no&count=7"))
        );
    }

    [Fact]
    public async Task A_persons_bulk_change_raises_one_event_and_no_update()
    {
        await using var hooks = await HookReceiver.StartAsync();
        _zuper.Screens.Subscribe(
            hooks.Address,
            "s",
            "invoice.update",
            "invoice.status_update",
            "invoice.delete",
            "invoice.bulk_action"
        );
        _zuper.Screens.BulkStatus(_uids, "AWAIT_PAYMENT");
        await _zuper.Simulator.WebhooksIdleAsync(CancellationToken.None);
        Assert.Equal("invoice.bulk_action", Assert.Single(hooks.Received).Text("event"));
        _zuper.Screens.BulkDelete([_uids[0]]);
        await _zuper.Simulator.WebhooksIdleAsync(CancellationToken.None);
        Assert.Equal(["invoice.bulk_action", "invoice.bulk_action"], hooks.Received.Select(h => h.Text("event")));
        Assert.Equal(5, (await _zuper.GetAsync("/api/invoice?filter.status=AWAIT_PAYMENT")).Rows.Count);
    }

    private Task<ServedAnswer> FilterAsync(string body) => _zuper.PostAsync("/api/invoice/filter", body);

    private static IEnumerable<string?> References(ServedAnswer answer) =>
        answer.Rows.Select(r => r!["reference_no"]?.GetValue<string>());
}
