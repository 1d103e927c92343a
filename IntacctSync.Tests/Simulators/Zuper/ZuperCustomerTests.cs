using System.Text.Json.Nodes;

namespace IntacctSync.Tests.Simulators.Zuper;

public sealed class ZuperCustomerTests : IAsyncLifetime
{
    private ServedZuper _zuper = null!;
    private string _uid = "";

    public async Task InitializeAsync()
    {
        _zuper = await ServedZuper.StartAsync();
        _uid = await CreateAsync("Ines");
    }

    public async Task DisposeAsync() => await _zuper.DisposeAsync();

    [Fact]
    public async Task A_filter_finds_customers_by_uid_and_says_when_they_were_updated()
    {
        var other = await CreateAsync("Pat");
        await CreateAsync("Kim");
        var answer = await _zuper.PostAsync(
            "/api/customers/filter",
            $$"""{"sort":"ASC","filter_rules":[{"key":"customer_uid","operator":"IN","value":["{{_uid}}","{{other}}","nowhere"],"field_type":"LOOKUP","type":"default_field"}]}"""
        );
        Assert.Equal(
            ["Ines", "Pat"],
            answer.Rows.Select(r => r!["customer_first_name"]!.GetValue<string>()).Order(StringComparer.Ordinal)
        );
        Assert.All(answer.Rows, r => Assert.NotNull(r!["updated_at"]));
        Assert.Equal(
            ("SUCCESS", 2),
            (answer.Json["type"]!.GetValue<string>(), answer.Json["current_page_records"]!.GetValue<int>())
        );
        Assert.Equal(
            400,
            (
                await _zuper.PostAsync(
                    "/api/customers/filter",
                    """{"filter_rules":[{"key":"customer_uid","operator":"IN","value":["x"]}]}"""
                )
            ).Status
        );
    }

    [Fact]
    public async Task Activation_and_deactivation_are_told_as_such_and_not_as_an_update()
    {
        await using var hooks = await HookReceiver.StartAsync();
        _zuper.Screens.Subscribe(hooks.Address, "s", "customer.update", "customer.activate", "customer.deactivate");
        await _zuper.SendAsync("PUT", $"/api/customers/{_uid}/activate", """{"is_active":false}""");
        await _zuper.Simulator.WebhooksIdleAsync(CancellationToken.None);
        Assert.False((await ReadAsync())["is_active"]!.GetValue<bool>());
        _zuper.Screens.Activate(_uid);
        await _zuper.Simulator.WebhooksIdleAsync(CancellationToken.None);
        Assert.Equal(
            [("customer.deactivate", _uid), ("customer.activate", _uid)],
            hooks.Received.Select(h => (h.Text("event"), h.Text("customer_uid")))
        );
    }

    [Fact]
    public async Task A_deleted_customer_can_be_recovered()
    {
        await _zuper.SendAsync("DELETE", $"/api/customers/{_uid}");
        Assert.Empty((await _zuper.GetAsync("/api/customers")).Rows);
        Assert.Equal(
            200,
            (await _zuper.PostAsync("/api/customers/recover", $$"""{"customer_uids":["{{_uid}}"]}""")).Status
        );
        Assert.Single((await _zuper.GetAsync("/api/customers")).Rows);
    }

    [Theory]
    [InlineData("CUSTOMER", "customer.update")]
    [InlineData("INVOICE", "invoice.update")]
    public async Task Writing_a_custom_field_raises_the_update_of_its_module(string module, string raised)
    {
        var uid = module == "CUSTOMER" ? _uid : await _zuper.InvoiceAsync();
        await using var hooks = await HookReceiver.StartAsync();
        _zuper.Screens.Subscribe(hooks.Address, "s", raised);
        await _zuper.SendAsync(
            "PATCH",
            "/api/custom_fields",
            $$"""{"module_name":"{{module}}","module_uid":"{{uid}}","custom_fields":[{"label":"Sage ID","value":"9"}]}"""
        );
        await _zuper.Simulator.WebhooksIdleAsync(CancellationToken.None);
        Assert.Equal(
            (raised, "9"),
            (Assert.Single(hooks.Received).Text("event"), _zuper.Screens.CustomField(uid, "Sage ID"))
        );
    }

    private async Task<string> CreateAsync(string name) =>
        (await _zuper.PostAsync("/api/customers_new", $$$"""{"customer":{"customer_first_name":"{{{name}}}"}}""")).Json[
            "customer_uid"
        ]!.GetValue<string>();

    private async Task<JsonObject> ReadAsync() =>
        (JsonObject)(await _zuper.GetAsync($"/api/customers/{_uid}")).Json["data"]!;
}
