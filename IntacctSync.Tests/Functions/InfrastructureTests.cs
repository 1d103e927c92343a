using System.Text.Json;
using System.Text.RegularExpressions;
using IntacctSync.Tests.Conventions;

namespace IntacctSync.Tests.Functions;

/// <summary>The compiled infrastructure is as the program expects it, and safe as it comes.</summary>
public sealed partial class InfrastructureTests
{
    [Fact]
    public void The_compiler_has_nothing_to_complain_of() =>
        Assert.Equal(("", ""), CompiledTemplate.Run("lint", "infra/main.bicep"));

    [Fact]
    public void Every_module_is_used() =>
        Assert.Equal(
            Sources
                .All.Where(f =>
                    f.Path.StartsWith("infra/modules/", StringComparison.Ordinal)
                    && f.Name.EndsWith(".bicep", StringComparison.Ordinal)
                )
                .Select(f => f.Name[..^".bicep".Length])
                .Order(StringComparer.Ordinal),
            CompiledTemplate.All.Skip(1).Select(t => t.Module).Order(StringComparer.Ordinal)
        );

    [Fact]
    public void The_parameters_are_taken_from_the_environment()
    {
        var (written, complaints) = CompiledTemplate.Run("build-params", "infra/main.bicepparam", "--stdout");
        Assert.Equal("", complaints);
        var given = JsonDocument.Parse(
            JsonDocument.Parse(written).RootElement.GetProperty("parametersJson").GetString()!
        );
        Assert.Equal("test", At(given.RootElement, "parameters:environmentName:value"));
        Assert.Equal("False", At(given.RootElement, "parameters:privateNetworking:value"));
    }

    /// <summary>Secrets come into being in the vault, and stay there.</summary>
    [Fact]
    public void No_secret_is_a_parameter_or_an_output_and_no_key_is_listed() =>
        Assert.All(
            CompiledTemplate.All,
            t =>
            {
                Assert.DoesNotMatch(@"(?i)\blist(keys|secrets|accountsas|servicesas)\(", t.Body.GetRawText());
                Assert.DoesNotMatch(@"(?i)secure(string|object)", t.Body.GetRawText().Split("\"resources\"")[0]);
                Assert.All(
                    t.Names("outputs").Concat(t.Names("parameters")),
                    name => Assert.DoesNotMatch("(?i)(secret|password|apikey|adminkey|accesskey)", name)
                );
            }
        );

    [Theory]
    [InlineData("storage", "Microsoft.Storage/storageAccounts", "allowSharedKeyAccess", "False")]
    [InlineData("storage", "Microsoft.Storage/storageAccounts", "allowBlobPublicAccess", "False")]
    [InlineData("serviceBus", "Microsoft.ServiceBus/namespaces", "disableLocalAuth", "True")]
    [InlineData("serviceBus", "Microsoft.ServiceBus/namespaces/queues", "requiresSession", "True")]
    [InlineData("serviceBus", "Microsoft.ServiceBus/namespaces/queues", "requiresDuplicateDetection", "True")]
    [InlineData("serviceBus", "Microsoft.ServiceBus/namespaces/queues", "duplicateDetectionHistoryTimeWindow", "PT10M")]
    [InlineData("serviceBus", "Microsoft.ServiceBus/namespaces/queues", "lockDuration", "PT5M")]
    [InlineData("serviceBus", "Microsoft.ServiceBus/namespaces/queues", "maxDeliveryCount", "10")]
    [InlineData("serviceBus", "Microsoft.ServiceBus/namespaces/queues", "deadLetteringOnMessageExpiration", "True")]
    [InlineData("serviceBus", "Microsoft.ServiceBus/namespaces/queues", "defaultMessageTimeToLive", "P14D")]
    [InlineData("keyVault", "Microsoft.KeyVault/vaults", "enablePurgeProtection", "True")]
    [InlineData("keyVault", "Microsoft.KeyVault/vaults", "enableRbacAuthorization", "True")]
    [InlineData("monitoring", "Microsoft.Insights/components", "DisableLocalAuth", "True")]
    [InlineData("functionApp", "Microsoft.Web/sites", "httpsOnly", "True")]
    [InlineData("functionApp", "Microsoft.Web/sites", "functionAppConfig:runtime:version", "10.0")]
    [InlineData("functionApp", "Microsoft.Web/sites/basicPublishingCredentialsPolicies", "allow", "False")]
    public void The_infrastructure_is_as_the_program_expects(string module, string type, string path, string value)
    {
        var found = CompiledTemplate.Of(module).OfType(type).ToList();
        Assert.NotEmpty(found);
        Assert.All(found, r => Assert.Equal(value, At(r.GetProperty("properties"), path)));
    }

    [Fact]
    public void Ftp_and_the_deployment_site_take_no_password() =>
        Assert.Equal(
            2,
            CompiledTemplate.Of("functionApp").OfType("Microsoft.Web/sites/basicPublishingCredentialsPolicies").Count()
        );

    [Theory]
    [InlineData("keyVault", 1)]
    [InlineData("serviceBus", 1)]
    [InlineData("storage", 2)]
    public void Who_read_or_removed_something_is_logged(string module, int settings)
    {
        var found = CompiledTemplate.Of(module).OfType("Microsoft.Insights/diagnosticSettings").ToList();
        Assert.Equal(settings, found.Count);
        Assert.All(
            found,
            s => Assert.Equal("[parameters('workspaceId')]", At(s.GetProperty("properties"), "workspaceId"))
        );
    }

    /// <summary>Whoever deploys has no right on what is in them.</summary>
    [Fact]
    public void Nobody_but_the_app_is_given_a_role() =>
        Assert.All(
            CompiledTemplate.All.SelectMany(t => t.OfType("Microsoft.Authorization/roleAssignments")),
            r => Assert.Equal("[parameters('identityPrincipalId')]", At(r.GetProperty("properties"), "principalId"))
        );

    [Theory]
    [InlineData("network", "[parameters('privateNetworking')]")]
    public void What_costs_more_is_made_only_where_it_is_asked_for(string module, string condition) =>
        Assert.Equal(
            condition,
            At(
                CompiledTemplate.Main.OfType("Microsoft.Resources/deployments").Single(d => At(d, "name") == module),
                "condition"
            )
        );

    [Theory]
    [InlineData("storage", "Microsoft.Storage/storageAccounts")]
    [InlineData("serviceBus", "Microsoft.ServiceBus/namespaces")]
    [InlineData("keyVault", "Microsoft.KeyVault/vaults")]
    public void A_private_network_closes_the_public_way_in(string module, string type) =>
        Assert.Equal(
            "[if(parameters('publicAccess'), 'Enabled', 'Disabled')]",
            At(CompiledTemplate.Of(module).OfType(type).Single().GetProperty("properties"), "publicNetworkAccess")
        );

    [Fact]
    public void A_region_without_zones_gets_a_storage_without() =>
        Assert.Contains(
            "empty(variables('zones'))",
            At(CompiledTemplate.Of("storage").OfType("Microsoft.Storage/storageAccounts").Single(), "sku:name"),
            StringComparison.Ordinal
        );

    [Fact]
    public void Every_alert_has_an_entry_in_the_runbook()
    {
        var alerts = CompiledTemplate
            .Of("alerts")
            .Body.GetProperty("variables")
            .GetProperty("rules")
            .EnumerateArray()
            .Select(r => r.GetProperty("name").GetString()!)
            .ToList();
        var entries = Entries().Matches(Sources.Get("docs/runbook.md").Text).Select(m => m.Groups["name"].Value);
        Assert.Equal(8, alerts.Count);
        Assert.Equal(alerts.Order(StringComparer.Ordinal), entries.Order(StringComparer.Ordinal));
    }

    private static string At(JsonElement element, string path) =>
        path.Split(':').Aggregate(element, (e, name) => e.GetProperty(name)).ToString();

    [GeneratedRegex(
        @"^## (?<name>[a-z-]+)$",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Entries();
}
