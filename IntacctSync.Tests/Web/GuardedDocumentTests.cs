using System.Text;
using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Secrets;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IntacctSync.Tests.Web;

/// <summary>What a document may hold, and who put it.</summary>
public sealed class GuardedDocumentTests : ApiTest
{
    protected override void AddMore(IServiceCollection services) => services.AddSingleton(EchoedCustomers.Clients());

    private static readonly ConnectionId Id = ConnectionId.Parse("acme");

    [Theory]
    [InlineData("invoiceLocationField")]
    [InlineData("paymentModes")]
    [InlineData("productCategories")]
    [InlineData("syncFailureEmails")]
    [InlineData("intacct.userPassword")]
    [InlineData("zuper.apiKey")]
    [InlineData("invoice.termName")]
    public async Task What_is_too_long_is_refused_by_its_name_and_stores_nothing(string field)
    {
        (await PutAsync()).Is(201);
        var before = await CallAsync("GET", "/api/connections/acme");
        JsonNode tooLong = field switch
        {
            "paymentModes" => new JsonObject { ["Cash"] = new string('x', 401) },
            "productCategories" => new JsonObject(
                Enumerable.Range(0, 201).Select(i => KeyValuePair.Create<string, JsonNode?>($"{i}", "x"))
            ),
            "syncFailureEmails" => new JsonArray([
                .. Enumerable.Range(0, 201).Select(i => (JsonNode)$"ap{i}@example.com"),
            ]),
            _ => new string('x', 40_000),
        };
        var answer = await PutAsync(d =>
        {
            d["intacct"]!["senderPassword"] = "canary-the-new-one";
            var path = field.Split('.');
            if (path.Length == 1)
                d[field] = tooLong;
            else if (d[path[0]] is { } group)
                group[path[1]] = tooLong;
            else
                d[path[0]] = new JsonObject { [path[1]] = tooLong };
        });
        Assert.Contains("at most", answer.Is(400).Error(field), StringComparison.Ordinal);
        Assert.Equal(before.Text, (await CallAsync("GET", "/api/connections/acme")).Text);
        Assert.Equal(
            Some.SenderPassword,
            await Get<ConnectionSecrets>().GetAsync(Id, SecretField.SenderPassword, CancellationToken.None)
        );
    }

    [Fact]
    public async Task A_document_that_is_too_large_as_a_whole_is_refused()
    {
        var answer = await PutAsync(d =>
            d["paymentModes"] = new JsonObject(
                Enumerable
                    .Range(0, 200)
                    .Select(i => KeyValuePair.Create<string, JsonNode?>($"{i}", new string('x', 400)))
            )
        );
        Assert.Contains("at most 32768", answer.Is(400).Error(""), StringComparison.Ordinal);
        (await CallAsync("GET", "/api/connections/acme")).Is(404);
    }

    [Theory]
    [InlineData("{\"\\ud800\": 1}")]
    [InlineData("{\"mode\": \"\\udfff\"}")]
    [InlineData("{\"paymentModes\": {\"\\ud800\": \"x\", \"\\ud801\": \"y\"}}")]
    public async Task Half_a_character_is_refused(string body)
    {
        var answer = await CallAsync(
            "PUT",
            "/api/connections/acme",
            null,
            r => r.Content = new StringContent(body, Encoding.UTF8, "application/json")
        );
        Assert.Contains("half a character", answer.Is(400).Error(""), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("whsec_")]
    [InlineData("whsec_fifteen-letters")]
    [InlineData("fifteen-letters")]
    [InlineData("sixteen-letters\nand more")]
    public async Task A_webhook_secret_that_can_not_work_or_be_guessed_is_refused(string secret) =>
        Assert.NotEmpty(
            (await PutAsync(d => d["zuper"]!["webhookSecret"] = secret)).Is(400).Error("zuper.webhookSecret")
        );

    [Fact]
    public async Task Blanks_and_line_ends_around_a_secret_are_no_part_of_it()
    {
        (await PutAsync(d => d["zuper"]!["webhookSecret"] = " canary-sixteen-and-more\r\n")).Is(201);
        Assert.Equal(
            "canary-sixteen-and-more",
            await Get<ConnectionSecrets>().GetAsync(Id, ZuperSecrets.WebhookSecret, CancellationToken.None)
        );
    }

    [Theory]
    [InlineData("records")]
    [InlineData("connections")]
    public async Task A_connection_may_be_named_like_a_part_of_the_address(string id)
    {
        (await PutAsync(id: id)).Is(201);
        await RememberAsync("one", e => e with { TargetId = "C-1" }, connection: id);
        Assert.Equal(
            "one",
            (await CallAsync("GET", $"/api/connections/{id}/records/organizations/one")).Is(200)["sourceId"]
        );
    }

    [Fact]
    public async Task A_purge_removes_secrets_that_a_broken_off_put_left_without_a_connection()
    {
        var left = new SecretName(Id, "change.1");
        await Secrets.SetAsync(left, "canary", CancellationToken.None);
        (await CallAsync("DELETE", "/api/connections/acme?purge=true")).Is(404);
        Assert.Null(await Secrets.GetAsync(left, CancellationToken.None));
    }

    [Theory]
    [InlineData("/api/connections")]
    [InlineData("/api/health/live")]
    [InlineData("/api/nothing")]
    public async Task No_answer_is_kept_or_taken_for_other_content(string path)
    {
        var answer = await CallAsync("GET", path);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task Who_changed_what_is_in_the_log_and_in_the_timeline_without_any_value()
    {
        (await PutAsync()).Is(201);
        (
            await PutAsync(d =>
            {
                d["invoiceLocationField"] = "the-value-itself";
                d["intacct"]!["userPassword"] = "canary-next";
            })
        ).Is(200);
        await RememberAsync("one", e => e.Need(Clock.GetUtcNow(), FailedRecord()));
        (await CallAsync("POST", "/api/connections/acme/records/organizations/one/retry")).Is(202);
        (await CallAsync("DELETE", "/api/connections/acme")).Is(204);
        (await CallAsync("POST", "/api/connections/acme/activate")).Is(204);

        var told = await Get<ConnectionTimeline>().ReadAsync(Id, Clock.GetUtcNow(), CancellationToken.None);
        var put = told.Last(t => t.What == "putConnection").Detail;
        Assert.Contains("127.0.0.1", put, StringComparison.Ordinal);
        Assert.Contains("invoiceLocationField", put, StringComparison.Ordinal);
        Assert.Contains("intacct.userPassword", put, StringComparison.Ordinal);
        Assert.DoesNotContain("the-value-itself", put, StringComparison.Ordinal);
        foreach (var what in new[] { "putConnection", "retryRecord", "deleteConnection", "activateConnection" })
        {
            Assert.Contains(told, t => t.What == what);
            Assert.Contains(
                LogLines,
                l => l.StartsWith($"{what} of connection 'acme' by 127.0.0.1", StringComparison.Ordinal)
            );
        }

        (await CallAsync("DELETE", "/api/connections/acme?purge=true")).Is(204);
        Assert.Contains(LogLines, l => l.Contains("everything is forgotten", StringComparison.Ordinal));
        Assert.Empty(await Get<ConnectionTimeline>().ReadAsync(Id, Clock.GetUtcNow(), CancellationToken.None));
    }

    [Fact]
    public async Task A_link_a_retry_of_all_and_a_run_are_told_too_with_the_time_and_reading_is_not()
    {
        (await PutAsync(d => d["zuper"]!["apiUrl"] = "https://harbor.zuperpro.com")).Is(201);
        await RememberAsync("one", e => e.Need(Clock.GetUtcNow(), FailedRecord()));
        Clock.Advance(TimeSpan.FromMinutes(7));
        const string acme = "/api/connections/acme";
        (
            await CallAsync(
                "POST",
                $"{acme}/records/organizations/one/link",
                new JsonObject { ["targetId"] = "Ann Canary" }
            )
        ).Is(202);
        (await CallAsync("POST", $"{acme}/retry")).Is(202);
        (await CallAsync("POST", $"{acme}/flows/organizations/run")).Is(202);
        (await CallAsync("POST", $"{acme}/records/organizations/two/retry")).Is(404);
        (await CallAsync("GET", $"{acme}/status")).Is(200);

        var told = await Get<ConnectionTimeline>().ReadAsync(Id, Clock.GetUtcNow(), CancellationToken.None);
        var asked = told.Where(t => t.What is "linkRecord" or "retryRecords" or "startRun").ToList();
        Assert.Equal(
            ["linkRecord", "retryRecords", "startRun"],
            asked.Select(t => t.What).Order(StringComparer.Ordinal)
        );
        Assert.All(asked, t => Assert.Equal(Clock.GetUtcNow(), t.At));
        Assert.All(asked, t => Assert.Contains("127.0.0.1", t.Detail, StringComparison.Ordinal));
        var link = Assert.Single(LogLines, l => l.StartsWith("linkRecord of", StringComparison.Ordinal));
        Assert.EndsWith("organizations one", link, StringComparison.Ordinal);
        Assert.DoesNotContain(
            LogLines.Where(l => !l.StartsWith("To Intacct", StringComparison.Ordinal)),
            l => l.Contains("Ann Canary", StringComparison.Ordinal)
        );
        Assert.Contains(asked, t => t.Detail.Contains("organizations one; to Ann Canary", StringComparison.Ordinal));
        Assert.DoesNotContain(LogLines, l => l.Contains("getStatus", StringComparison.Ordinal));
        Assert.DoesNotContain(LogLines, l => l.StartsWith("retryRecord of", StringComparison.Ordinal));
        Assert.DoesNotContain(
            LogLines.Where(l => l.Contains("of connection 'acme' by", StringComparison.Ordinal)),
            l => l.Any(char.IsControl)
        );
    }

    [Fact]
    public async Task Who_calls_is_told_as_an_address_whatever_the_caller_says_of_itself()
    {
        (await PutAsync()).Is(201);
        (
            await CallAsync(
                "DELETE",
                "/api/connections/acme",
                null,
                r => r.Headers.TryAddWithoutValidation("User-Agent", "canary/1.0")
            )
        ).Is(204);
        Assert.Contains(LogLines, l => l.Contains("by 127.0.0.1, in the sandbox:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_path_that_commands_a_terminal_reaches_no_log_raw()
    {
        Table.Down = true;
        (await CallAsync("GET", "/api/connections/acme%1b%5b2J%0aforged/status")).Is(404);
        (await CallAsync("POST", "/api/connections/acme/records/organizations/a%1b%5b2J%0aforged/retry")).Is(503);
        Assert.DoesNotContain(
            LogLines.Where(l => l.Contains("could not be served", StringComparison.Ordinal)),
            l => l.Split("could not be served")[0].Any(char.IsControl)
        );
        Assert.Contains(LogLines, l => l.Contains("could not be served", StringComparison.Ordinal));
    }
}
