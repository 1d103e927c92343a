using IntacctSync.Core.Remote;

namespace IntacctSync.Tests.Remote;

public sealed class HostAllowListTests
{
    [Theory]
    [InlineData("*.intacct.com", "https://api.intacct.com/ia/xml/xmlgw.phtml", true)]
    [InlineData("*.intacct.com", "https://API.Intacct.COM/", true)]
    [InlineData("*.intacct.com", "https://a.b.intacct.com/", true)]
    [InlineData("*.intacct.com", "https://intacct.com/", false)]
    [InlineData("*.intacct.com", "https://evilintacct.com/", false)]
    [InlineData("*.intacct.com", "https://api.intacct.com.evil.example/", false)]
    [InlineData("*.intacct.com", "https://api.intacct.com@evil.example/", false)]
    [InlineData("*.intacct.com", "https://user:pw@api.intacct.com/", false)]
    [InlineData("*.intacct.com", "http://api.intacct.com/", false)]
    [InlineData("*.intacct.com", "ftp://api.intacct.com/", false)]
    [InlineData("*.intacct.com", "http://127.0.0.1:9001/", false)]
    [InlineData("*.intacct.com;127.0.0.1", "http://127.0.0.1:9001/", true)]
    [InlineData("127.0.0.1:9001", "http://127.0.0.1:9001/", true)]
    [InlineData("127.0.0.1:9001", "http://127.0.0.1:9002/", false)]
    [InlineData("localhost", "http://localhost:5000/", true)]
    [InlineData("[::1]", "http://[::1]:5000/", true)]
    [InlineData("10.0.0.1", "http://10.0.0.1/", false)]
    [InlineData("10.0.0.1", "https://10.0.0.1/", true)]
    [InlineData("example.com", "https://example.com/", true)]
    [InlineData("example.com", "https://www.example.com/", false)]
    [InlineData("*.zuperpro.com; *.upflow.io", "https://api.upflow.io/v1", true)]
    public void Only_listed_hosts_may_be_called_by_https_and_listed_loopback_hosts_by_http(
        string list,
        string address,
        bool permitted
    ) => Assert.Equal(permitted, HostAllowList.Parse(list).Permits(new Uri(address)));

    [Theory]
    [InlineData("")]
    [InlineData(" ; ")]
    [InlineData("*")]
    [InlineData("*.com")]
    [InlineData("*.127.0.0.1")]
    [InlineData("api.*.com")]
    [InlineData("https://api.intacct.com")]
    [InlineData("user@api.intacct.com")]
    public void A_list_that_would_allow_more_than_it_says_is_refused(string list) =>
        Assert.Throws<FormatException>(() => HostAllowList.Parse(list));

    [Fact]
    public void An_objection_names_the_address_the_rule_and_what_is_allowed_but_no_query()
    {
        var objection = HostAllowList.Parse("*.intacct.com").Objection(new Uri("https://evil.example/x?key=secret"));
        Assert.Equal(
            "'https://evil.example/x' names a host that is not allowed: allowed are *.intacct.com.",
            objection
        );
    }
}
