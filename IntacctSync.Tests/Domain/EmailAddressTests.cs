using IntacctSync.Core.Domain;

namespace IntacctSync.Tests.Domain;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("ap@harbor.example", "ap@harbor.example")]
    [InlineData(" ap@harbor.example ", "ap@harbor.example")]
    [InlineData("none; ap@harbor.example, cfo@harbor.example", "ap@harbor.example")]
    [InlineData("ap@harbor.example cfo@harbor.example", "ap@harbor.example")]
    [InlineData("none", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Of_several_addresses_in_one_field_the_first_valid_one_is_used(string? text, string? expected) =>
        Assert.Equal(expected, EmailAddress.FirstIn(text));
}
