using System.Net;
using IntacctSync.Core.Zuper.Client;

namespace IntacctSync.Tests.Zuper.Client;

public sealed class ZuperRegionTests
{
    [Theory]
    [InlineData("https://us-west-1c.zuperpro.com", "https://us-west-1c.zuperpro.com/")]
    [InlineData("https://us-west-1c.zuperpro.com/", "https://us-west-1c.zuperpro.com/")]
    [InlineData("https://us-west-1c.zuperpro.com/api", "https://us-west-1c.zuperpro.com/")]
    [InlineData("https://us-west-1c.zuperpro.com/api/", "https://us-west-1c.zuperpro.com/")]
    public async Task A_company_s_region_is_looked_up_without_a_key(string answered, string expected)
    {
        using var stand = new ZuperStand(_ => Config(answered));
        Assert.Equal(expected, (await stand.Client.LookUpRegionAsync("harbor", CancellationToken.None)).AbsoluteUri);
        var asked = Assert.Single(stand.Asked);
        Assert.Equal(
            ("POST", "https://accounts.zuperpro.com/api/config", null),
            (asked.Method, asked.Uri.AbsoluteUri, asked.Key)
        );
        Assert.Equal("""{"company_name":"harbor"}""", asked.Body);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("http://us-west-1c.zuperpro.com")]
    [InlineData("https://user:pass@us-west-1c.zuperpro.com")]
    public async Task A_region_at_a_host_that_is_not_allowed_is_refused(string answered)
    {
        using var stand = new ZuperStand(_ => Config(answered));
        Assert.Equal(ZuperFailure.ForbiddenHost, (await Refused(stand)).Failure);
    }

    [Theory]
    [InlineData("""{"type":"success","config":{}}""")]
    [InlineData("""{"type":"success","config":{"dc_api_url":7}}""")]
    [InlineData("""{"type":"success","config":[]}""")]
    [InlineData("""{"type":"success"}""")]
    public async Task An_answer_without_an_address_says_what_to_do(string body)
    {
        using var stand = new ZuperStand(_ => ZuperStand.Answer(body, HttpStatusCode.OK, "application/json"));
        var failure = await Refused(stand);
        Assert.Equal(ZuperFailure.Unreadable, failure.Failure);
        Assert.Contains("zuper.apiUrl", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    public async Task An_unknown_company_is_named(int status)
    {
        using var stand = new ZuperStand(_ =>
            ZuperStand.Answer("""{"type":"error","message":"no"}""", (HttpStatusCode)status, "application/json")
        );
        var failure = await Refused(stand);
        Assert.Equal(ZuperFailure.NotFound, failure.Failure);
        Assert.Contains("'harbor'", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://x.zuperpro.com/api/api/", "https://x.zuperpro.com/")]
    [InlineData("https://x.zuperpro.com/base/api?x=1#y", "https://x.zuperpro.com/base")]
    public void An_account_s_address_is_kept_without_api(string given, string kept) =>
        Assert.Equal(kept, new ZuperAccount(new Uri(given), "k").ApiRoot.AbsoluteUri);

    private static Task<ZuperException> Refused(ZuperStand stand) =>
        Assert.ThrowsAsync<ZuperException>(() => stand.Client.LookUpRegionAsync("harbor", CancellationToken.None));

    private static HttpResponseMessage Config(string url) =>
        ZuperStand.Answer(
            $$$"""{"type":"success","config":{"dc_name":"us-west-1c","dc_provider":"AWS","dc_api_url":"{{{url}}}"}}""",
            HttpStatusCode.OK,
            "application/json"
        );
}
