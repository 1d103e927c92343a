using Azure.Core;
using IntacctSync.Core;
using Microsoft.Extensions.Configuration;

namespace IntacctSync.Tests.Functions;

public sealed class AzureSettingsTests
{
    private static readonly Dictionary<string, string?> Right = new(StringComparer.Ordinal)
    {
        ["Storage:ConnectionString"] = "UseDevelopmentStorage=true",
        ["Secrets:VaultUri"] = "https://sync.vault.azure.net/",
        ["ServiceBus:fullyQualifiedNamespace"] = "sync.servicebus.windows.net",
    };

    [Fact]
    public void What_a_deployment_sets_is_right()
    {
        var settings = Read(out var errors);
        Assert.Empty(errors);
        Assert.Equal("sync.servicebus.windows.net", settings.QueueNamespace);
        Assert.Null(settings.QueueConnection);
        Assert.Equal(new Uri("https://sync.vault.azure.net/"), settings.Vault);
        Assert.NotNull(settings.Tables);
        Assert.Null(settings.AdminApiKey);
    }

    [Theory]
    [InlineData("Storage:ConnectionString", null, "Storage:ConnectionString is missing")]
    [InlineData("Secrets:VaultUri", null, "Secrets:VaultUri is missing")]
    [InlineData("Secrets:VaultUri", "vault", "Secrets:VaultUri is 'vault'")]
    [InlineData("ServiceBus:fullyQualifiedNamespace", null, "ServiceBus:fullyQualifiedNamespace is missing")]
    [InlineData("ServiceBus:fullyQualifiedNamespace", "sync", "ServiceBus:fullyQualifiedNamespace is 'sync'")]
    [InlineData(
        "ServiceBus:fullyQualifiedNamespace",
        "sb://sync.servicebus.windows.net",
        "ServiceBus:fullyQualifiedNamespace is 'sb://sync.servicebus.windows.net'"
    )]
    [InlineData(
        "ServiceBus",
        "Endpoint=sb://sync.servicebus.windows.net/;SharedAccessKey=canary",
        "ServiceBus:fullyQualifiedNamespace is set beside ServiceBus"
    )]
    [InlineData("Storage:Provider", "Sqlite", "Storage:Provider is 'Sqlite'; allowed is Tables.")]
    [InlineData("Secrets:Provider", "File", "Secrets:Provider is 'File'; allowed is KeyVault.")]
    [InlineData("Storage:Path", ".data/x.db", "Storage:Path is no key of this program")]
    [InlineData("Polling:Zuper", "often", "Polling:Zuper is 'often'")]
    [InlineData("POLLING_ZUPER", "often", "POLLING_ZUPER is 'often'")]
    [InlineData("POLLING_ZUPPER", "0 0 * * * *", "POLLING_ZUPPER is no key of this program")]
    [InlineData(
        "Admin:ApiKey",
        "@Microsoft.KeyVault(SecretUri=https://sync.vault.azure.net/secrets/admin-api-key)",
        "Admin:ApiKey is a reference to a secret that the platform could not read"
    )]
    [InlineData("Admin:ApiKey", " ", "Admin:ApiKey has 0 characters; allowed are 16 or more")]
    [InlineData("Admin:ApiKey", "canary-of-15-ch", "Admin:ApiKey has 15 characters; allowed are 16 or more")]
    [InlineData(
        "APPLICATIONINSIGHTS_CONNECTION_STRING",
        "canary",
        "APPLICATIONINSIGHTS_CONNECTION_STRING is no connection string"
    )]
    [InlineData("ServiceBus:namespace", "x", "ServiceBus:namespace is no key of this program")]
    public void What_is_wrong_is_one_line_that_names_the_key_and_shows_no_secret(
        string key,
        string? value,
        string beginning
    )
    {
        Read(out var errors, (key, value));
        var line = Assert.Single(errors);
        Assert.StartsWith(beginning, line, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0 0 * * * *", 0)]
    [InlineData("0 5 * * * *", 1)]
    public void A_timer_that_is_named_twice_must_say_the_same_twice(string flat, int wrong)
    {
        Read(out var errors, ("Polling:Zuper", "0 0 * * * *"), ("POLLING_ZUPER", flat));
        Assert.Equal(wrong, errors.Count);
        Assert.All(
            errors,
            e => Assert.Contains("POLLING_ZUPER is '0 5 * * * *' and Polling:Zuper", e, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_connection_string_serves_instead_of_a_namespace()
    {
        var settings = Read(
            out var errors,
            ("ServiceBus:fullyQualifiedNamespace", null),
            ("ServiceBus", "Endpoint=sb://127.0.0.1;SharedAccessKey=canary")
        );
        Assert.Empty(errors);
        Assert.StartsWith("Endpoint=sb://", settings.QueueConnection, StringComparison.Ordinal);
    }

    private static AzureSettings Read(out List<string> errors, params IEnumerable<(string Key, string? Value)> changes)
    {
        var values = new Dictionary<string, string?>(Right, StringComparer.Ordinal);
        foreach (var (key, value) in changes)
            values[key] = value;
        errors = [];
        return AzureSettings.Read(
            new ConfigurationBuilder().AddInMemoryCollection(values).Build(),
            () => new Nobody(),
            errors
        );
    }

    private sealed class Nobody : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            default;

        public override ValueTask<AccessToken> GetTokenAsync(
            TokenRequestContext requestContext,
            CancellationToken cancellationToken
        ) => default;
    }
}
