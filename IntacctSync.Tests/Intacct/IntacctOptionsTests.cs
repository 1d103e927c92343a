using IntacctSync.Core.Intacct;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace IntacctSync.Tests.Intacct;

public sealed class IntacctOptionsTests
{
    [Fact]
    public void The_defaults_are_right() =>
        Assert.True(new IntacctOptionsValidator().Validate(null, new IntacctOptions()).Succeeded);

    [Theory]
    [InlineData("Intacct:Endpoint", "http://api.intacct.com/", "not https")]
    [InlineData("Intacct:Endpoint", "https://evil.example/", "allowed are *.intacct.com")]
    [InlineData("Intacct:Endpoint", "not an address", "allowed is an https address")]
    [InlineData("Intacct:AllowedHosts", "*", "'*' is not a host")]
    [InlineData("Intacct:AllowedHosts", ";", "empty")]
    [InlineData("Intacct:Timeout", "00:00:00", "at most 01:00:00")]
    [InlineData("Intacct:Timeout", "1.00:00:00", "at most 01:00:00")]
    public void A_wrong_setting_is_one_line_with_the_key_what_was_found_and_what_is_allowed(
        string key,
        string value,
        string says
    )
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { [key] = value };
        var services = new ServiceCollection().AddSingleton<IConfiguration>(
            new ConfigurationBuilder().AddInMemoryCollection(settings).Build()
        );
        using var provider = services.AddIntacctClient().BuildServiceProvider();
        var failure = Assert.Throws<OptionsValidationException>(() =>
            provider.GetRequiredService<IOptions<IntacctOptions>>().Value
        );
        var line = Assert.Single(failure.Failures);
        Assert.StartsWith(key, line, StringComparison.Ordinal);
        Assert.Contains(says, line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
    }
}
