using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;

namespace IntacctSync.Tests.Web;

/// <summary>Every text of an address and of a small body has a limit, and a 400 that names it.</summary>
public sealed class AddressLimitTests : ApiTest
{
    protected override void AddMore(IServiceCollection services) => services.AddSingleton(EchoedCustomers.Clients());

    private static readonly string Long = new('x', 401);

    [Theory]
    [InlineData("GET", "/records?q={0}", "q")]
    [InlineData("GET", "/records?flow={0}", "flow")]
    [InlineData("GET", "/records?state={0}", "state")]
    [InlineData("GET", "/records?pageSize={0}", "pageSize")]
    [InlineData("GET", "/records?whatever={0}", "whatever")]
    [InlineData("GET", "/records/{0}/one", "flow")]
    [InlineData("GET", "/records/organizations/{0}", "sourceId")]
    [InlineData("GET", "/records/organizations/%2F{0}", "sourceId")]
    [InlineData("POST", "/records/organizations/{0}/retry", "sourceId")]
    [InlineData("POST", "/records/organizations/{0}/link", "sourceId")]
    [InlineData("POST", "/records/organizations/{0}/ignore", "sourceId")]
    [InlineData("POST", "/flows/{0}/run", "flow")]
    [InlineData("GET", "/runs/{0}", "runId")]
    [InlineData("POST", "/runs/{0}/cancel", "runId")]
    [InlineData("DELETE", "?purge={0}", "purge")]
    public async Task A_text_of_the_address_that_is_too_long_is_refused_by_its_name(
        string method,
        string path,
        string field
    )
    {
        (await PutAsync()).Is(201);
        var answer = await CallAsync(
            method,
            "/api/connections/acme" + path.Replace("{0}", Long, StringComparison.Ordinal),
            method == "POST" ? new JsonObject { ["targetId"] = "C-1" } : null
        );
        Assert.Contains("at most 400", answer.Is(400).Error(field), StringComparison.Ordinal);
        Assert.Equal("true", (await CallAsync("GET", "/api/connections/acme"))["active"]);
        Assert.Empty(Queue.Sent);
    }

    [Theory]
    [InlineData("GET", "/status")]
    [InlineData("DELETE", "")]
    [InlineData("POST", "/activate")]
    public async Task So_is_a_connections_id(string method, string path) =>
        Assert.Contains(
            "at most 400",
            (await CallAsync(method, $"/api/connections/{Long}{path}")).Is(400).Error("id"),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task What_a_page_gave_may_be_longer_and_has_its_own_limit()
    {
        (await PutAsync()).Is(201);
        const string records = "/api/connections/acme/records?after=";
        Assert.Contains(
            "at most 4000",
            (await CallAsync("GET", records + new string('x', 4001))).Is(400).Error("after"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "next",
            (await CallAsync("GET", records + new string('x', 4000))).Is(400).Error("after"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("/records/organizations/one/link", "targetId")]
    [InlineData("/records/organizations/one/ignore", "reason")]
    [InlineData("/retry", "code")]
    [InlineData("/retry", "flow")]
    [InlineData("/flows/organizations/run", "since")]
    public async Task A_text_of_a_body_that_is_too_long_is_refused_by_its_name(string path, string field)
    {
        (await PutAsync()).Is(201);
        await RememberAsync("one", e => e.Need(Clock.GetUtcNow(), FailedRecord()));
        Assert.Contains(
            "at most 400",
            (await CallAsync("POST", "/api/connections/acme" + path, new JsonObject { [field] = Long }))
                .Is(400)
                .Error(field),
            StringComparison.Ordinal
        );
        Assert.Empty(Queue.Sent);
    }

    [Fact]
    public async Task As_long_as_is_allowed_is_served()
    {
        (await PutAsync(d => d["zuper"]!["apiUrl"] = "https://harbor.zuperpro.com")).Is(201);
        var longest = new string('x', 400);
        await RememberAsync(longest, e => e.Need(Clock.GetUtcNow(), FailedRecord()));
        var record = $"/api/connections/acme/records/organizations/{longest}";
        Assert.Equal(longest, (await CallAsync("GET", record)).Is(200)["sourceId"]);
        (await CallAsync("POST", $"{record}/ignore", new JsonObject { ["reason"] = longest })).Is(204);
        (await CallAsync("POST", $"{record}/link", new JsonObject { ["targetId"] = longest })).Is(202);
        (await CallAsync("GET", $"/api/connections/acme/records?q={longest}")).Is(200);
    }
}
