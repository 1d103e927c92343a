using System.Text.Json.Nodes;
using IntacctSync.Simulators;
using IntacctSync.Simulators.Zuper;
using IntacctSync.Simulators.Zuper.Records;

namespace IntacctSync.Tests.Simulators.Zuper;

public sealed class ZuperDeliveryTests : IAsyncLifetime
{
    private static readonly string[] Events =
    [
        "organization.new",
        "organization.update",
        "organization.delete",
        "organization.bulk_action",
        "import.organization",
        "customer.create",
    ];

    private ServedZuper _zuper = null!;
    private HookReceiver _hooks = null!;

    public async Task InitializeAsync()
    {
        _zuper = await ServedZuper.StartAsync(
            new ZuperSimulatorOptions { RequestsPerMinute = 0, WebhookConcurrency = 1 }
        );
        _hooks = await HookReceiver.StartAsync();
        _zuper.Screens.Subscribe(_hooks.Address, "s3cret", Events);
    }

    public async Task DisposeAsync()
    {
        await _zuper.DisposeAsync();
        await _hooks.DisposeAsync();
    }

    [Fact]
    public async Task A_new_organization_is_told_in_a_flat_body_of_texts_with_the_header_registered()
    {
        var uid = await _zuper.OrganizationAsync("Harbor Dental Group");
        var hook = await OneAsync();
        Assert.Equal(("s3cret", "organization.new", uid), (hook.Secret, hook.Event, hook.Text("organization_uid")));
        Assert.StartsWith("application/json", hook.ContentType, StringComparison.Ordinal);
        Assert.Equal(("False", "0"), (hook.Text("is_deleted"), hook.Text("no_of_customers")));
        Assert.Equal(
            ("0", "4", "2026-03-02T09:00:00.000Z"),
            (hook.Text("retry_count"), hook.Text("max_retries"), hook.Text("triggered_at"))
        );
        Assert.Equal("{'workflow_uid': None, 'is_workflow': False}", hook.Text("workflow_builder"));
        Assert.NotNull(hook.Text("company_uid"));
        Assert.False(hook.Json.ContainsKey("module"));
    }

    [Fact]
    public async Task An_update_names_the_fields_that_changed_and_who_did_it()
    {
        var uid = await _zuper.OrganizationAsync("Before");
        await _zuper.SendAsync(
            "PUT",
            $"/api/organization/{uid}",
            """{"organization":{"organization_name":"After","organization_email":null}}"""
        );
        await _zuper.Simulator.WebhooksIdleAsync(CancellationToken.None);
        var byKey = _hooks.Received[^1];
        Assert.Equal(("organization.update", "After"), (byKey.Event, byKey.Text("organization_name")));
        Assert.Equal("""["organization_name"]""", byKey.Json["updated_fields"]!.ToJsonString());
        _zuper.Screens.Edit(uid, o => o["organization_email"] = "a@b.example");
        await _zuper.Simulator.WebhooksIdleAsync(CancellationToken.None);
        Assert.NotEqual(byKey.Text("triggered_by"), _hooks.Received[^1].Text("triggered_by"));
    }

    [Fact]
    public async Task Custom_fields_laid_over_a_record_are_told_as_its_update()
    {
        var uid = await _zuper.OrganizationAsync("A");
        await _zuper.SendAsync(
            "PATCH",
            "/api/custom_fields",
            $$"""{"module_name":"ORGANIZATION","module_uid":"{{uid}}","custom_fields":[{"label":"A","value":"1"}]}"""
        );
        await _zuper.Simulator.WebhooksIdleAsync(CancellationToken.None);
        Assert.Equal(["organization.new", "organization.update"], _hooks.Events);
        Assert.Equal("""["custom_fields"]""", _hooks.Received[1].Json["updated_fields"]!.ToJsonString());
    }

    [Fact]
    public async Task A_delete_tells_the_uid_and_nothing_else_of_the_record()
    {
        var uid = _zuper.Screens.Create(ZuperModules.Organization, new JsonObject { ["organization_name"] = "A" });
        _zuper.Screens.Delete(uid);
        await _zuper.Simulator.WebhooksIdleAsync(CancellationToken.None);
        Assert.Equal(
            ("organization.delete", uid),
            (_hooks.Received[1].Event, _hooks.Received[1].Text("organization_uid"))
        );
        Assert.False(_hooks.Received[1].Json.ContainsKey("organization_name"));
    }

    [Fact]
    public async Task Bulk_actions_and_imports_are_told_once_and_name_no_record()
    {
        var uids = _zuper.Screens.Import(
            ZuperModules.Organization,
            [.. Enumerable.Range(0, 3).Select(i => new JsonObject { ["organization_name"] = $"Org {i}" })]
        );
        _zuper.Screens.BulkUpdate([.. uids], o => o["organization_description"] = "bulk");
        await _zuper.Simulator.WebhooksIdleAsync(CancellationToken.None);
        Assert.Equal(["import.organization", "organization.bulk_action"], _hooks.Events);
        Assert.All(_hooks.Received, h => Assert.False(h.Json.ContainsKey("organization_uid")));
        Assert.Equal("bulk", _zuper.Screens.Record(uids[2])!["organization_description"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_customer_is_told_by_a_create_that_does_not_follow_the_others()
    {
        await _zuper.PostAsync("/api/customers_new", """{"customer":{"customer_first_name":"Ines"}}""");
        Assert.Equal("customer.create", (await OneAsync()).Event);
    }

    [Fact]
    public async Task A_refused_delivery_is_made_again_after_1_5_and_25_minutes_and_then_never()
    {
        _hooks.Answer = _ => 500;
        await _zuper.OrganizationAsync("A");
        foreach (var (minutes, count) in new[] { (1, 1), (5, 2), (25, 3) })
        {
            await _zuper.Simulator.WebhooksRestingAsync(CancellationToken.None);
            Assert.Equal(count, _hooks.Received.Count);
            _zuper.Clock.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1));
            Assert.Equal(count, _hooks.Received.Count);
            _zuper.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        await _zuper.Simulator.WebhooksIdleAsync(CancellationToken.None);
        Assert.Equal(["0", "1", "2", "3"], _hooks.Received.Select(h => h.Text("retry_count")));
        Assert.Null(_zuper.Clock.NextTimerDue);
        Assert.Equal([500, 500, 500, 500], _zuper.Simulator.Deliveries.Select(d => d.Status));
    }

    [Fact]
    public async Task A_delivery_that_is_taken_at_last_is_not_made_again()
    {
        _hooks.Answer = h => h.Text("retry_count") == "0" ? 503 : 200;
        await _zuper.OrganizationAsync("A");
        await _zuper.Simulator.WebhooksRestingAsync(CancellationToken.None);
        _zuper.Clock.Advance(TimeSpan.FromMinutes(1));
        await _zuper.Simulator.WebhooksIdleAsync(CancellationToken.None);
        Assert.Equal(2, _hooks.Received.Count);
    }

    [Fact]
    public async Task The_history_shows_what_was_answered_and_sends_again_on_request()
    {
        _hooks.Answer = _ => 400;
        await _zuper.OrganizationAsync("A");
        await _zuper.Simulator.WebhooksRestingAsync(CancellationToken.None);
        Assert.Empty(
            (await _zuper.GetAsync("/service/notifications/webhook_history?filter.response_status=SUCCESS")).Rows
        );
        var failed = (
            await _zuper.GetAsync("/service/notifications/webhook_history?filter.response_status=FAILURE")
        ).Rows.Single()!;
        Assert.Equal(400, failed["response_status"]!.GetValue<int>());
        Assert.Equal("organization.new", failed["webhook"]!["webhook_event"]!.GetValue<string>());
        _hooks.Answer = _ => 200;
        var answer = await _zuper.SendAsync(
            "POST",
            $"/service/notifications/webhook/{failed["webhook_history_uid"]}/retry"
        );
        Assert.Equal("Webhook Retriggered", answer.Message);
        await _zuper.Simulator.WebhooksRestingAsync(CancellationToken.None);
        Assert.Equal(2, _hooks.Received.Count);
    }

    [Fact]
    public async Task Headers_that_were_registered_as_text_are_not_sent()
    {
        await _zuper.PostAsync(
            "/service/notifications/webhook",
            new JsonObject
            {
                ["web_hook"] = new JsonObject
                {
                    ["webhook_name"] = "n",
                    ["webhook_module"] = "CUSTOMER",
                    ["webhook_event"] = "customer.update",
                    ["webhook_url"] = _hooks.Address.AbsoluteUri,
                    ["headers"] = """{"x-hook-secret":"s3cret"}""",
                },
            }.ToJsonString()
        );
        var uid = (
            await _zuper.PostAsync("/api/customers_new", """{"customer":{"customer_first_name":"Ines"}}""")
        ).Json["customer_uid"];
        await _zuper.SendAsync("PUT", $"/api/customers/{uid}", """{"customer":{"customer_last_name":"Roy"}}""");
        await _zuper.Simulator.WebhooksIdleAsync(CancellationToken.None);
        Assert.Equal("", _hooks.Received.Single(h => h.Event == "customer.update").Secret);
    }

    [Fact]
    public async Task Switched_off_nothing_is_told()
    {
        _zuper.Simulator.WebhooksEnabled = false;
        await _zuper.OrganizationAsync("A");
        _zuper.Simulator.WebhooksEnabled = true;
        await _zuper.OrganizationAsync("B");
        Assert.Equal("B", (await OneAsync()).Text("organization_name"));
    }

    [Fact]
    public async Task Webhooks_can_be_dropped_doubled_and_broken()
    {
        _zuper.Simulator.Faults.Add(new FaultRule { Fault = ZuperFaults.WebhookDrop });
        _zuper.Simulator.Faults.Add(new FaultRule { Fault = ZuperFaults.WebhookDuplicate, Skip = 1 });
        await _zuper.OrganizationAsync("Dropped");
        await _zuper.OrganizationAsync("Once");
        await _zuper.OrganizationAsync("Twice");
        _zuper.Simulator.Faults.Add(new FaultRule { Fault = ZuperFaults.WebhookMalformed });
        await _zuper.OrganizationAsync("Broken");
        await _zuper.Simulator.WebhooksIdleAsync(CancellationToken.None);
        Assert.Equal(["Once", "Twice", "Twice"], _hooks.Received.Take(3).Select(h => h.Text("organization_name")));
        Assert.Equal(4, _hooks.Received.Count);
        Assert.ThrowsAny<System.Text.Json.JsonException>(() => JsonNode.Parse(_hooks.Received[3].Body));
    }

    [Fact]
    public async Task Webhooks_can_be_late_and_out_of_order()
    {
        _zuper.Simulator.Faults.Add(new FaultRule { Fault = ZuperFaults.WebhookDelay }.With("seconds", 90));
        await _zuper.OrganizationAsync("Late");
        _zuper.Simulator.Faults.Add(new FaultRule { Fault = ZuperFaults.WebhookReorder });
        await _zuper.OrganizationAsync("Second");
        await _zuper.OrganizationAsync("First");
        await _zuper.Simulator.WebhooksRestingAsync(CancellationToken.None);
        _zuper.Clock.Advance(TimeSpan.FromSeconds(90));
        await _zuper.Simulator.WebhooksIdleAsync(CancellationToken.None);
        var order = _hooks.Received.Select(h => h.Text("organization_name")).ToList();
        Assert.Equal(["First", "Late", "Second"], order.Order(StringComparer.Ordinal));
        Assert.Equal("First", order[0]);
    }

    private async Task<ReceivedHook> OneAsync()
    {
        await _zuper.Simulator.WebhooksIdleAsync(CancellationToken.None);
        return Assert.Single(_hooks.Received);
    }
}
