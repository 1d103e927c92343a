using System.Text.Json.Nodes;

namespace IntacctSync.Tests.Simulators.Zuper;

public sealed class ZuperWebhookRegistryTests : IAsyncLifetime
{
    private const string Root = "/service/notifications/webhook";
    private ServedZuper _zuper = null!;

    public async Task InitializeAsync() => _zuper = await ServedZuper.StartAsync();

    public async Task DisposeAsync() => await _zuper.DisposeAsync();

    [Fact]
    public async Task A_webhook_is_registered_at_the_root_of_the_host_and_listed_with_its_headers_as_text()
    {
        var created = await RegisterAsync("organization.update", """{"x-hook-secret":"s3"}""");
        Assert.Equal("Webhook created successfully", created.Message);
        var row = (await _zuper.GetAsync(Root)).Rows.Single()!;
        Assert.Equal(created.Json["data"]!["webhook_uid"]!.GetValue<string>(), row["webhook_uid"]!.GetValue<string>());
        Assert.Equal("""{"x-hook-secret":"s3"}""", row["headers"]!.GetValue<string>());
        Assert.True(row["is_active"]!.GetValue<bool>());
        Assert.Equal(24, row["secret_key"]!.GetValue<string>().Length);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"web_hook":{}}""")]
    public async Task An_empty_registration_is_refused_in_words_of_its_own(string body)
    {
        var answer = await _zuper.PostAsync(Root, body);
        Assert.Equal(400, answer.Status);
        Assert.Equal("""{"message":"Webhook details are mandatory"}""", answer.Body);
    }

    [Fact]
    public async Task The_place_that_the_reference_names_answers_503_in_html()
    {
        var answer = await _zuper.PostAsync("/api/webhook", "{}");
        Assert.Equal((503, "text/html"), (answer.Status, answer.MediaType));
    }

    [Fact]
    public async Task The_list_is_narrowed_by_module_and_event()
    {
        await RegisterAsync("organization.update", "{}");
        await RegisterAsync("organization.new", "{}");
        Assert.Equal(2, (await _zuper.GetAsync(Root + "?filter.webhook_module=ORGANIZATION")).Rows.Count);
        Assert.Single((await _zuper.GetAsync(Root + "?filter.webhook_event=organization.new")).Rows);
        Assert.Empty((await _zuper.GetAsync(Root + "?filter.webhook_module=INVOICE")).Rows);
    }

    [Fact]
    public async Task A_webhook_is_changed_deactivated_and_deleted_by_its_uid()
    {
        var uid = (await RegisterAsync("organization.new", "{}")).Json["data"]!["webhook_uid"]!.GetValue<string>();
        await _zuper.PostAsync($"{Root}/{uid}", """{"web_hook":{"webhook_name":"renamed"}}""");
        await _zuper.PostAsync($"{Root}/{uid}/activation", """{"type":"DEACTIVATE"}""");
        var row = (await _zuper.GetAsync($"{Root}/{uid}")).Json["data"]!;
        Assert.Equal(
            ("renamed", "organization.new", false),
            (
                row["webhook_name"]!.GetValue<string>(),
                row["webhook_event"]!.GetValue<string>(),
                row["is_active"]!.GetValue<bool>()
            )
        );
        Assert.Equal(400, (await _zuper.PostAsync($"{Root}/{uid}/activation", """{"type":"off"}""")).Status);
        await _zuper.SendAsync("DELETE", $"{Root}/{uid}");
        Assert.Equal(404, (await _zuper.GetAsync($"{Root}/{uid}")).Status);
    }

    private Task<ServedAnswer> RegisterAsync(string name, string headers) =>
        _zuper.PostAsync(
            Root,
            new JsonObject
            {
                ["web_hook"] = new JsonObject
                {
                    ["webhook_name"] = "sync " + name,
                    ["webhook_module"] = "ORGANIZATION",
                    ["webhook_event"] = name,
                    ["request_method"] = "POST",
                    ["content_type"] = "application/json",
                    ["webhook_url"] = "http://127.0.0.1:9/hooks",
                    ["headers"] = JsonNode.Parse(headers),
                },
            }.ToJsonString()
        );
}
