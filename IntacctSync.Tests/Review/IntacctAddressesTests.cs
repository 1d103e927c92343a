using IntacctSync.Core.Review;

namespace IntacctSync.Tests.Review;

public sealed class IntacctAddressesTests
{
    [Theory]
    [InlineData("https://www.intacct.com/ia/acct/ur.phtml?.r=abc", true)]
    [InlineData("https://www-p02.intacct.com/ia/acct/ur.phtml?.r=abc", true)]
    [InlineData("http://www.intacct.com/ia/acct/ur.phtml?.r=abc", false)]
    [InlineData("https://www.intacct.com.example/ia", false)]
    [InlineData("https://notintacct.com/ia", false)]
    [InlineData("https://www.intacct.com@evil.example/ia", false)]
    [InlineData("https://me@www.intacct.com/ia", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_a_page_of_Intacct_itself_is_gone_to(string? address, bool taken) =>
        Assert.Equal(taken, IntacctAddresses.Own(address) is not null);
}
