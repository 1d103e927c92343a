using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Runs;
using IntacctSync.Web.Answers;
using IntacctSync.Web.Operations;

namespace IntacctSync.Tests.Web;

public sealed class ReviewEndpointsTests : ApiTest
{
    private const string Acme = "/api/connections/acme";

    [Fact]
    public async Task The_budget_tells_by_flow_what_was_read_and_written()
    {
        (await PutAsync(d => d["intacct"]!["monthlyTransactions"] = 5000)).Is(201);
        var tally = Get<TransactionTally>();
        using (TransactionPurpose.Enter("invoices"))
        {
            tally.Add("harbor-dental", 3);
            tally.Add("harbor-dental", 2, writes: true);
        }

        await tally.FlushAsync(CancellationToken.None);
        tally.Add("harbor-dental", 4);
        var budget = (await CallAsync("GET", Acme + "/budget")).Is(200);
        Assert.Equal(["9", "5000"], budget.Of("transactions", "allowance"));
        Assert.Equal(
            ["invoices 3 2", "other 4 0"],
            budget.Json["byFlow"]!.AsArray().Select(f => $"{f!["flow"]} {f["reads"]} {f["writes"]}")
        );
    }

    [Theory]
    [InlineData("2026-01-01T06:00:00Z", 10, 310)]
    [InlineData("2026-01-11T00:00:00Z", 100, 310)]
    [InlineData("2026-01-31T23:59:00Z", 100, 100)]
    public void The_forecast_goes_on_as_the_month_went(string now, long used, long forecast) =>
        Assert.Equal(
            forecast,
            BudgetEndpoints.Forecast(used, DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture))
        );

    [Fact]
    public async Task The_role_names_what_is_switched_on_and_nothing_else()
    {
        (await PutAsync(d => d["syncPayments"] = false)).Is(201);
        var role = (await CallAsync("GET", Acme + "/role")).Is(200);
        var needs = role.Json.AsArray().ToDictionary(n => n!["permission"]!.ToString(), n => n!["level"]!.ToString());
        Assert.Equal("list, view, add, edit, reverse", needs["Invoices"]);
        Assert.Equal("list, view", needs["Items"]);
        Assert.DoesNotContain("Payments", needs.Keys);
        Assert.Equal(["application", "permission", "level", "for"], role.Json[0]!.AsObject().Select(n => n.Key));
        (await PutAsync(d => d["syncPayments"] = true)).Is(200);
        Assert.Contains("Payments", (await CallAsync("GET", Acme + "/role")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_status_tells_of_webhooks_mail_and_stop()
    {
        (await PutAsync()).Is(201);
        (await HookAsync("{}", secret: "wrong")).Is(401);
        (await HookAsync("""{"event": "organization.update", "organization_uid": "o-1"}""")).Is(202);
        var status = (await CallAsync("GET", Acme + "/status")).Is(200);
        Assert.Null(status.Json["stop"]);
        Assert.Equal(1, status.Json["webhooks"]!["refusedToday"]!.GetValue<int>());
        Assert.Equal(Clock.GetUtcNow(), status.Json["webhooks"]!["lastAcceptedAt"]!.GetValue<DateTimeOffset>());
        Assert.Null(status.Json["mail"]!["lastSentAt"]);
    }

    [Fact]
    public async Task Since_when_something_is_pending_is_always_told()
    {
        (await PutAsync()).Is(201);
        await RememberAsync("1", e => e);
        var flow = (await CallAsync("GET", Acme + "/status")).Is(200).Json["flows"]![0]!;
        Assert.Equal(1, flow["pending"]!.GetValue<int>());
        Assert.NotNull(flow["oldestPendingAt"]);
    }

    [Theory]
    [InlineData("preview", """{"since": "2026-01-31", "full": true}""", "full")]
    [InlineData("preview", """{"first": true, "full": true}""", "first")]
    [InlineData("preview", """{"flow": "nothing"}""", "flow")]
    [InlineData("reconcile", """{"since": "soon"}""", "since")]
    [InlineData("reconcile", """{"since": "2026-02-01", "until": "2026-01-01"}""", "until")]
    [InlineData("reconcile", """{"flows": "invoices"}""", "flows")]
    [InlineData("reconcile", """{"flows": []}""", "flows")]
    [InlineData("reconcile", """{"flows": ["nothing"]}""", "flows")]
    [InlineData("retry", """{"flow": "nothing"}""", "flow")]
    public async Task A_body_that_is_wrong_is_refused_by_field(string call, string body, string field)
    {
        (await PutAsync()).Is(201);
        Assert.NotEmpty((await CallAsync("POST", $"{Acme}/{call}", JsonNode.Parse(body))).Is(400).Error(field));
    }

    [Fact]
    public async Task An_explanation_that_waiting_does_not_help_is_refused_with_the_fix()
    {
        (await PutAsync()).Is(201);
        await Get<ConnectionSecrets>()
            .ApplyAsync(
                ConnectionId.Parse("acme"),
                new Dictionary<string, SecretChange>(StringComparer.Ordinal)
                {
                    [SecretField.UserPassword] = SecretChange.Cleared,
                },
                CancellationToken.None
            );
        var answer = (await CallAsync("GET", Acme + "/records/organizations/o-1/explain")).Is(409);
        Assert.Contains("intacct.userPassword", answer["detail"], StringComparison.Ordinal);
        Assert.Null(answer.Headers.RetryAfter);
    }

    [Fact]
    public async Task A_comparison_of_a_flow_that_is_off_is_refused_and_not_told_as_equal()
    {
        (await PutAsync(d => d["syncProducts"] = false)).Is(201);
        var body = JsonNode.Parse("""{"flows": ["invoices", "products"]}""");
        Assert.Contains(
            "products is off",
            (await CallAsync("POST", Acme + "/reconcile", body)).Is(409)["detail"],
            StringComparison.Ordinal
        );
        (
            await PutAsync(d =>
            {
                foreach (var flow in new[] { "Organizations", "Customers", "Invoices", "Products", "Payments" })
                    d["sync" + flow] = false;
            })
        ).Is(200);
        Assert.Contains(
            "No flow is on",
            (await CallAsync("POST", Acme + "/reconcile")).Is(409)["detail"],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_rebuild_replaces_links_only_when_it_is_told_to()
    {
        (await PutAsync()).Is(201);
        await RememberAsync("1", e => (e with { TargetId = "C-1" }).Sync(Clock.GetUtcNow(), "created", "C-1"));
        Assert.Contains(
            "replace",
            (await CallAsync("POST", Acme + "/rebuild")).Is(409)["detail"],
            StringComparison.Ordinal
        );
        (await CallAsync("POST", Acme + "/rebuild", new JsonObject { ["replace"] = true })).Is(202);
    }

    [Fact]
    public async Task A_run_whose_process_is_gone_has_failed()
    {
        (await PutAsync()).Is(201);
        var run = await Get<RunStore>()
            .StartAsync(ConnectionId.Parse("acme"), RunKinds.Reconcile, null, CancellationToken.None);
        Assert.Equal("running", (await CallAsync("GET", $"{Acme}/runs/{run.RunId}"))["state"]);
        Clock.Advance(TimeSpan.FromMinutes(4));
        var ended = (await CallAsync("GET", $"{Acme}/runs/{run.RunId}")).Is(200);
        Assert.Equal("failed", ended["state"]);
        Assert.Contains("start it again", ended.Json["report"]!["message"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_report_of_a_comparison_comes_as_json_and_as_lines()
    {
        (await PutAsync()).Is(201);
        var id = ConnectionId.Parse("acme");
        var run = await Get<RunStore>().StartAsync(id, RunKinds.Reconcile, null, CancellationToken.None);
        var path = $"{Acme}/runs/{run.RunId}/report";
        (await CallAsync("GET", path)).Is(404);
        await Get<RunReports>()
            .AddAsync(
                id,
                run.RunId,
                0,
                ["""{"flow":"invoices","sourceId":"1","title":"=cmd|' /C calc'!A0","source":"-5.00","why":"a, b"}"""],
                CancellationToken.None
            );
        await Get<RunStore>()
            .ChangeAsync(
                id,
                run.RunId,
                r => r with { State = RunState.Done, EndedAt = r.StartedAt, Report = """{"equal":false}""" },
                CancellationToken.None
            );
        var json = (await CallAsync("GET", path)).Is(200);
        Assert.False(json.Json["equal"]!.GetValue<bool>());
        Assert.Equal("1", Assert.Single(json.Json["records"]!.AsArray())!["sourceId"]!.ToString());
        Assert.Empty(json.Json["leftOut"]!.AsArray());
        await Get<RunReports>()
            .AddAsync(
                id,
                RunReports.LeftOut(run.RunId),
                0,
                ["""{"flow":"invoices","sourceId":"2","title":"=1+1","date":"2026-01-31","why":"It is ignored."}"""],
                CancellationToken.None
            );
        json = (await CallAsync("GET", path)).Is(200);
        Assert.Equal("1", Assert.Single(json.Json["records"]!.AsArray())!["sourceId"]!.ToString());
        Assert.Equal("2", Assert.Single(json.Json["leftOut"]!.AsArray())!["sourceId"]!.ToString());
        Assert.Equal(
            "flow,sourceId,title,date,why\r\ninvoices,2,'=1+1,2026-01-31,It is ignored.\r\n",
            (await CallAsync("GET", path + "?format=csv&of=leftOut")).Is(200).Text
        );
        (await CallAsync("GET", path + "?format=csv&of=all")).Is(400);
        var csv = (await CallAsync("GET", path + "?format=csv")).Is(200);
        Assert.Equal("text/csv", csv.Type);
        Assert.Equal(
            "flow,sourceId,title,targetId,date,field,source,target,cause,why,repair\r\n"
                + "invoices,1,'=cmd|' /C calc'!A0,,,,-5.00,,,\"a, b\",\r\n",
            csv.Text
        );
        (await CallAsync("GET", path + "?format=xls")).Is(400);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+49 30", "'+49 30")]
    [InlineData("-12.50", "-12.50")]
    [InlineData("@sum", "'@sum")]
    [InlineData("\tx", "'\tx")]
    [InlineData("say \"no\"", "\"say \"\"no\"\"\"")]
    [InlineData("x;=HYPERLINK(1)", "\"x;'=HYPERLINK(1)\"")]
    [InlineData("x; \"-1+2", "\"x; \"\"'-1+2\"")]
    [InlineData("two\n@sum", "\"two\n'@sum\"")]
    [InlineData("a\t=1", "a\t'=1")]
    [InlineData("\uFF1D1+1", "'\uFF1D1+1")]
    [InlineData("a;b", "\"a;b\"")]
    [InlineData("", "")]
    public void A_cell_is_never_a_formula(string value, string cell) => Assert.Equal(cell, Cell.Of(value));

    [Fact]
    public async Task A_test_letter_needs_a_mail_server()
    {
        (await PutAsync()).Is(201);
        Assert.Contains(
            "Email:Smtp:Host",
            (await CallAsync("POST", Acme + "/mail/test")).Is(409)["detail"],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Webhooks_are_registered_only_where_their_address_is_known()
    {
        (await PutAsync()).Is(201);
        Assert.NotEmpty((await CallAsync("POST", Acme + "/webhooks")).Is(400).Error("url"));
    }

    [Theory]
    [InlineData("https://canary-user:canary-password@sync.example.com")]
    [InlineData("https://sync.example.com/?key=canary")]
    [InlineData("https://sync.example.com/#canary")]
    [InlineData("ftp://sync.example.com")]
    public async Task An_address_of_webhooks_that_holds_more_than_a_place_is_refused_and_told_nowhere(string url)
    {
        (await PutAsync()).Is(201);
        var answer = await CallAsync("POST", Acme + "/webhooks", new JsonObject { ["url"] = url });
        Assert.NotEmpty(answer.Is(400).Error("url"));
        Assert.DoesNotContain(LogLines, l => l.Contains("sync.example.com", StringComparison.Ordinal));
    }
}
