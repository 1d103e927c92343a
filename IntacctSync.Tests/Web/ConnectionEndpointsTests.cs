using System.Text;
using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Cursors;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Notifications;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Storage;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Web;

public class ConnectionEndpointsTests : ApiTest
{
    private static readonly ConnectionId Id = ConnectionId.Parse("acme");

    [Fact]
    public async Task A_new_connection_answers_201_with_the_document_and_no_secret()
    {
        var answer = (await PutAsync()).Is(201);
        Assert.Equal(["acme", "zuper", "true"], answer.Of("id", "app", "active"));
        Assert.Equal("""{"set":true}""", answer.Json["intacct"]!["senderPassword"]!.ToJsonString());
        Assert.Equal("""{"set":true}""", answer.Json["zuper"]!["webhookSecret"]!.ToJsonString());
        Assert.Equal("America/Chicago", answer.Json["zuper"]!["timeZone"]!.ToString());
        Assert.Equal("arInvoice", answer.Json["invoice"]!["document"]!.ToString());
    }

    [Theory]
    [InlineData("GET", "/api/nothing", 404, "/api/openapi.json")]
    [InlineData("GET", "/api/connections/acme/test", 405, "it takes POST")]
    [InlineData("PATCH", "/api/connections/acme", 405, "does not take PATCH")]
    public async Task An_address_or_a_method_that_is_no_call_is_answered_with_problem_details(
        string method,
        string path,
        int status,
        string says
    ) => Assert.Contains(says, (await CallAsync(method, path)).Is(status)["detail"], StringComparison.Ordinal);

    [Fact]
    public async Task Who_asks_for_a_new_one_replaces_none_that_was_made_meanwhile()
    {
        Task<Answer> MakeAsync() =>
            CallAsync(
                "PUT",
                "/api/connections/acme?rest=true",
                Some.ConnectionDocument(d => d["invoice"] = new JsonObject { ["termName"] = "Net 15" }),
                r => r.Headers.TryAddWithoutValidation("If-None-Match", "*")
            );
        var answers = await Task.WhenAll(MakeAsync(), MakeAsync(), MakeAsync()).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal([201, 412, 412], answers.Select(a => a.Status).Order());
        (await PutAsync()).Is(200);
        var refused = (await MakeAsync()).Is(412);
        Assert.Contains("There is a connection 'acme' already", refused["detail"], StringComparison.Ordinal);
        var stored = (await CallAsync("GET", "/api/connections/acme")).Json;
        Assert.NotEqual("Net 15", stored["invoice"]!["termName"]?.ToString());
    }

    [Fact]
    public async Task What_was_read_can_be_put_back_and_changes_nothing()
    {
        var first = (await PutAsync()).Is(201);
        var second = (await CallAsync("PUT", "/api/connections/acme", first.Json)).Is(200);
        Assert.Equal(first.Text, second.Text);
        Assert.Equal(
            Some.UserPassword,
            await Get<ConnectionSecrets>().GetAsync(Id, SecretField.UserPassword, CancellationToken.None)
        );
    }

    [Fact]
    public async Task A_secret_left_out_keeps_its_value_and_one_set_to_false_is_cleared()
    {
        (await PutAsync()).Is(201);
        var answer = (
            await PutAsync(d =>
            {
                d["intacct"]!.AsObject().Remove("senderPassword");
                d["zuper"]!["webhookSecret"] = new JsonObject { ["set"] = false };
            })
        ).Is(200);
        Assert.Equal("""{"set":true}""", answer.Json["intacct"]!["senderPassword"]!.ToJsonString());
        Assert.Equal("""{"set":false}""", answer.Json["zuper"]!["webhookSecret"]!.ToJsonString());
        Assert.Null(await Get<ConnectionSecrets>().GetAsync(Id, ZuperSecrets.WebhookSecret, CancellationToken.None));
    }

    [Fact]
    public async Task A_new_connection_without_a_required_secret_is_refused_and_leaves_nothing()
    {
        var answer = (await PutAsync(d => d["zuper"]!.AsObject().Remove("apiKey"))).Is(400);
        Assert.Contains("required", answer.Error("zuper.apiKey"), StringComparison.Ordinal);
        (await CallAsync("GET", "/api/connections/acme")).Is(404);
        Assert.Null(await Get<ConnectionSecrets>().GetAsync(Id, SecretField.UserPassword, CancellationToken.None));
    }

    [Fact]
    public async Task A_required_secret_can_not_be_cleared()
    {
        (await PutAsync()).Is(201);
        var answer = (await PutAsync(d => d["intacct"]!["userPassword"] = new JsonObject { ["set"] = false })).Is(400);
        Assert.Contains("can't be cleared", answer.Error("intacct.userPassword"), StringComparison.Ordinal);
        Assert.Equal(
            Some.UserPassword,
            await Get<ConnectionSecrets>().GetAsync(Id, SecretField.UserPassword, CancellationToken.None)
        );
    }

    [Fact]
    public async Task A_refused_document_names_every_field_and_changes_nothing()
    {
        (await PutAsync()).Is(201);
        var answer = (
            await PutAsync(d =>
            {
                d["mode"] = "dry";
                d["intacct"]!["companyId"] = "";
                d["intacct"]!["userPassword"] = "canary-new-password";
                d["zuper"]!["apiUrl"] = "https://evil.example";
                d["synchOrganizations"] = true;
            })
        ).Is(400);
        Assert.Contains("live", answer.Error("mode"), StringComparison.Ordinal);
        Assert.Contains("required", answer.Error("intacct.companyId"), StringComparison.Ordinal);
        Assert.Contains("zuperpro.com", answer.Error("zuper.apiUrl"), StringComparison.Ordinal);
        Assert.Contains("no setting", answer.Error("synchOrganizations"), StringComparison.Ordinal);
        Assert.Equal(
            "Harbor-Dental",
            (await CallAsync("GET", "/api/connections/acme")).Json["intacct"]!["companyId"]!.ToString()
        );
        Assert.Equal(
            Some.UserPassword,
            await Get<ConnectionSecrets>().GetAsync(Id, SecretField.UserPassword, CancellationToken.None)
        );
    }

    [Theory]
    [InlineData("Acme")]
    [InlineData("a_b")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")]
    public async Task An_id_of_other_characters_or_too_many_is_refused(string id) =>
        Assert.Contains("a-z, 0-9 and '-'", (await PutAsync(id: id)).Is(400).Error("id"), StringComparison.Ordinal);

    [Fact]
    public async Task Malformed_JSON_is_refused_where_it_breaks_and_without_quoting_it()
    {
        var answer = (
            await CallAsync(
                "PUT",
                "/api/connections/acme",
                null,
                r => r.Content = Body("{\n  \"app\": canary", "application/json")
            )
        ).Is(400);
        Assert.Contains("line 2, byte 10", answer.Error(""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_given_twice_is_refused() =>
        (
            await CallAsync(
                "PUT",
                "/api/connections/acme",
                null,
                r => r.Content = Body("{\"app\": \"zuper\", \"app\": \"zuper\"}", "application/json")
            )
        ).Is(400);

    [Fact]
    public async Task Another_content_type_answers_415() =>
        (
            await CallAsync(
                "PUT",
                "/api/connections/acme",
                null,
                r => r.Content = Body("app=zuper", "application/x-www-form-urlencoded")
            )
        ).Is(415);

    [Fact]
    public async Task A_document_over_256_KiB_answers_413() =>
        (await PutAsync(d => d["mode"] = new string('x', 256 * 1024))).Is(413);

    [Fact]
    public async Task All_documents_are_listed()
    {
        (await PutAsync()).Is(201);
        (await PutAsync(id: "beta")).Is(201);
        Assert.Equal(
            ["acme", "beta"],
            (await CallAsync("GET", "/api/connections")).Is(200).Json.AsArray().Select(c => c!["id"]!.ToString())
        );
    }

    [Fact]
    public async Task A_stop_is_shown_and_ends_with_new_settings()
    {
        (await PutAsync()).Is(201);
        await StopAsync();
        Assert.Equal(
            "intacct-login-rejected",
            (await CallAsync("GET", "/api/connections/acme")).Json["stop"]!["code"]!.ToString()
        );
        Assert.Null((await PutAsync()).Is(200).Json["stop"]);
    }

    [Fact]
    public async Task Deleting_deactivates_and_activating_sweeps()
    {
        (await PutAsync()).Is(201);
        (await CallAsync("DELETE", "/api/connections/acme")).Is(204);
        Assert.Equal("false", (await CallAsync("GET", "/api/connections/acme"))["active"]);
        Assert.Empty(Queue.Sent);
        (await CallAsync("POST", "/api/connections/acme/activate")).Is(204);
        Assert.Equal("true", (await CallAsync("GET", "/api/connections/acme"))["active"]);
        Assert.Equal(
            ["organizations", "customers", "invoices", "products", "payments"],
            Queue.Sent.Select(s => s.Envelope.Feed)
        );
    }

    [Fact]
    public async Task Purging_removes_state_secrets_and_the_connection_and_nothing_of_others()
    {
        (await PutAsync()).Is(201);
        (await PutAsync(id: "acme-2")).Is(201);
        foreach (var flow in ZuperFlows.All.Select(f => f.Name))
            await RememberAsync(
                "1",
                e => (e with { TargetId = "C-1", Title = "Harbor" }).Need(Clock.GetUtcNow(), FailedRecord()),
                flow
            );
        foreach (var feed in ZuperFlows.All.Select(f => f.Name))
            await Get<CursorStore>()
                .ChangeAsync(Id, feed.Value, c => c with { Position = "here" }, CancellationToken.None);
        await Get<NoticeStore>().AddFeedAsync(Id, "payments", FailedRecord(), CancellationToken.None);
        await Get<RunStore>().StartAsync(Id, "poll", ZuperFlows.Organizations, CancellationToken.None);
        await Get<RunStore>()
            .StartAsync(ConnectionId.Parse("acme-2"), "poll", ZuperFlows.Organizations, CancellationToken.None);
        (await CallAsync("DELETE", "/api/connections/acme")).Is(204);
        var before = (await Get<ConnectionStore>().GetAsync(Id, CancellationToken.None))!;
        Clock.Advance(TimeSpan.FromDays(70));

        (await CallAsync("DELETE", "/api/connections/acme?purge=true")).Is(204);

        (await CallAsync("GET", "/api/connections/acme")).Is(404);
        Assert.Empty(await Get<ConnectionSecrets>().SetAsync(Id, ZuperProfile.Instance, CancellationToken.None));
        foreach (var partition in ConnectionPurge.Partitions(before, Clock.GetUtcNow()))
            Assert.Empty((await Table.QueryAsync(new TableRange(partition), null, 10, CancellationToken.None)).Rows);
        Assert.Null(
            await Get<KeyMapStore>().GetAsync(new SyncKey(Id, ZuperFlows.Organizations, "1"), CancellationToken.None)
        );
        foreach (var feed in ZuperFlows.All.Select(f => f.Name))
            Assert.Null((await Get<CursorStore>().GetAsync(Id, feed.Value, CancellationToken.None)).Position);
        Assert.Equal(
            4,
            (
                await Get<ConnectionSecrets>()
                    .SetAsync(ConnectionId.Parse("acme-2"), ZuperProfile.Instance, CancellationToken.None)
            ).Count
        );
        Clock.AdvanceTo(Clock.GetUtcNow());
        Assert.NotNull(await Get<ConnectionStore>().GetAsync(ConnectionId.Parse("acme-2"), CancellationToken.None));
    }

    [Theory]
    [InlineData("intacct", "companyId", "Other")]
    [InlineData("intacct", "entityId", "West")]
    [InlineData("zuper", "companyName", "other")]
    [InlineData("zuper", "apiUrl", "https://eu-west-1.zuperpro.com")]
    public async Task Another_account_is_refused_while_records_are_linked_and_taken_before(
        string group,
        string field,
        string value
    )
    {
        (await PutAsync(d => d["zuper"]!["apiUrl"] = "https://us-west-1c.zuperpro.com/api")).Is(201);
        await RememberAsync("1", e => e with { TargetId = "12" }, ZuperFlows.Payments);
        var refused = await PutAsync(d =>
        {
            d["zuper"]!["apiUrl"] = "https://us-west-1c.zuperpro.com/api";
            d[group]![field] = value;
        });
        var text = refused.Is(400).Json["errors"]![$"{group}.{field}"]!.ToJsonString();
        Assert.Contains(value, text, StringComparison.Ordinal);
        Assert.Contains("purge this one first", text, StringComparison.Ordinal);

        (await PutAsync(d => d[group]![field] = value, id: "acme-2")).Is(201);
    }

    [Theory]
    [InlineData("zuper", "companyName", "HARBOR")]
    [InlineData("zuper", "apiUrl", "https://us-west-1c.zuperpro.com")]
    [InlineData("zuper", "apiKey", "canary-another-key")]
    public async Task The_same_account_written_otherwise_or_with_another_key_is_taken(
        string group,
        string field,
        string value
    )
    {
        (await PutAsync(d => d["zuper"]!["apiUrl"] = "https://us-west-1c.zuperpro.com/api")).Is(201);
        await RememberAsync("1", e => e with { TargetId = "12" });
        (await PutAsync(d => d[group]![field] = value)).Is(200);
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("DELETE", "")]
    [InlineData("DELETE", "?purge=true")]
    [InlineData("POST", "/activate")]
    [InlineData("POST", "/test")]
    [InlineData("GET", "/status")]
    [InlineData("GET", "/runs")]
    [InlineData("GET", "/records")]
    [InlineData("POST", "/retry")]
    [InlineData("POST", "/flows/organizations/run")]
    public async Task An_unknown_connection_answers_404(string method, string path) =>
        Assert.Contains(
            "no connection 'nobody'",
            (await CallAsync(method, $"/api/connections/nobody{path}")).Is(404)["detail"],
            StringComparison.Ordinal
        );

    [Fact]
    public async Task Another_value_of_purge_is_refused()
    {
        (await PutAsync()).Is(201);
        Assert.Contains(
            "true or false",
            (await CallAsync("DELETE", "/api/connections/acme?purge=yes")).Is(400).Error("purge"),
            StringComparison.Ordinal
        );
        Assert.Equal("true", (await CallAsync("GET", "/api/connections/acme"))["active"]);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_503_with_Retry_After_and_the_same_put_completes_later()
    {
        Table.Down = true;
        var answer = (await PutAsync()).Is(503);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Contains("disk is full", answer["detail"], StringComparison.Ordinal);
        Table.Down = false;
        (await PutAsync()).Is(201);
    }

    private static StringContent Body(string text, string type) => new(text, Encoding.UTF8, type);
}
