using IntacctSync.Core.Zuper.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace IntacctSync.Tests.Zuper.Client;

public sealed class ZuperOptionsTests
{
    [Fact]
    public void Nothing_configured_is_right()
    {
        var options = Options();
        Assert.Equal(
            ("https://accounts.zuperpro.com", "*.zuperpro.com;*.upflow.io", TimeSpan.FromSeconds(60)),
            (options.AccountsEndpoint, options.AllowedHosts, options.Timeout)
        );
    }

    [Fact]
    public void A_simulator_on_loopback_is_allowed_when_it_is_named()
    {
        var options = Options(
            ("Zuper:AccountsEndpoint", "http://127.0.0.1:9002"),
            ("Apps:AllowedHosts", "127.0.0.1"),
            ("Zuper:Timeout", "00:00:05")
        );
        Assert.Equal(TimeSpan.FromSeconds(5), options.Timeout);
        Assert.Null(options.Hosts.Objection(new Uri("http://127.0.0.1:9002")));
    }

    [Fact]
    public void A_list_of_hosts_for_another_app_alone_is_right() =>
        Assert.Equal("*.upflow.io", Options(("Apps:AllowedHosts", "*.upflow.io")).AllowedHosts);

    [Theory]
    [InlineData("Zuper:AccountsEndpoint", "accounts")]
    [InlineData("Zuper:AccountsEndpoint", "ftp://accounts.zuperpro.com")]
    [InlineData("Zuper:AccountsEndpoint", "http://accounts.zuperpro.com")]
    [InlineData("Zuper:AccountsEndpoint", "https://accounts.example")]
    [InlineData("Apps:AllowedHosts", "")]
    [InlineData("Apps:AllowedHosts", "https://x.zuperpro.com/")]
    [InlineData("Apps:AllowedHosts", "*")]
    [InlineData("Zuper:Timeout", "soon")]
    [InlineData("Zuper:Timeout", "00:00:00")]
    [InlineData("Zuper:Timeout", "-00:00:01")]
    [InlineData("Zuper:Timeout", "01:00:00")]
    public void A_wrong_setting_is_named_with_what_was_found(string key, string value)
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Options((key, value)));
        Assert.Contains(
            failure.Failures,
            text =>
                text.StartsWith(key, StringComparison.Ordinal)
                && text.Contains(value.TrimEnd('/'), StringComparison.Ordinal)
        );
    }

    private static ZuperOptions Options(params (string Key, string Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(
            new ConfigurationBuilder()
                .AddInMemoryCollection(
                    settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))
                )
                .Build()
        );
        services.AddZuperClient();
        return services.BuildServiceProvider().GetRequiredService<IOptions<ZuperOptions>>().Value;
    }
}
