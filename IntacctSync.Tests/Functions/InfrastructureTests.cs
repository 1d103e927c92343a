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
            ["ftp", "scm"],
            CompiledTemplate
                .Of("functionApp")
                .OfType("Microsoft.Web/sites/basicPublishingCredentialsPolicies")
                .Select(p => At(p, "name").Split('\'')[^2])
                .Order(StringComparer.Ordinal)
        );

    [Theory]
    [InlineData("keyVault", 1, "categoryGroup", "audit")]
    [InlineData("serviceBus", 1, "categoryGroup", "allLogs")]
    [InlineData("storage", 2, "category", "StorageDelete")]
    public void Who_read_or_removed_something_is_logged(string module, int settings, string kind, string value)
    {
        var found = CompiledTemplate.Of(module).OfType("Microsoft.Insights/diagnosticSettings").ToList();
        Assert.Equal(settings, found.Count);
        Assert.All(
            found,
            s =>
                Assert.Equal(
                    ("[parameters('workspaceId')]", value, "True"),
                    (
                        At(s, "properties:workspaceId"),
                        At(s, $"properties:logs:0:{kind}"),
                        At(s, "properties:logs:0:enabled")
                    )
                )
        );
    }

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
        Assert.Equal(
            (
                "[pickZones('Microsoft.Compute', 'virtualMachines', parameters('location'), 1)]",
                "[if(empty(variables('zones')), 'Standard_LRS', 'Standard_ZRS')]"
            ),
            (
                At(CompiledTemplate.Of("storage").Body, "variables:zones"),
                At(CompiledTemplate.Of("storage").OfType("Microsoft.Storage/storageAccounts").Single(), "sku:name")
            )
        );

    [Fact]
    public void Every_alert_has_an_entry_in_the_runbook()
    {
        var alerts = Rules.Select(r => At(r, "name")).ToList();
        var entries = Entries().Matches(Sources.Get("docs/runbook.md").Text).Select(m => m.Groups["name"].Value);
        Assert.Equal(8, alerts.Count);
        Assert.Equal(alerts.Order(StringComparer.Ordinal), entries.Order(StringComparer.Ordinal));
    }

    /// <summary>A metric's name and an outcome that the program never writes would raise no alert, ever.</summary>
    [Theory]
    [InlineData("refused-webhooks", "intacctsync.webhooks", "\"unauthorized\"", "10")]
    [InlineData("refused-keys", "intacctsync.keys.refused", "sum(valueSum)", "10")]
    [InlineData("dead-records", "intacctsync.records.state", "\"dead\"", "0")]
    [InlineData("needs-action", "intacctsync.records.state", "\"needsAction\"", "0")]
    [InlineData("connection-stopped", "intacctsync.connection.stopped", "valueMax", "0")]
    [InlineData("failure-rate", "intacctsync.records", "!= \"done\"", "20")]
    public void An_alert_asks_for(string alert, string metric, string part, string above)
    {
        var rule = Rules.Single(r => At(r, "name") == alert);
        var query = At(rule, "query");
        Assert.Contains(
            $"name == '{metric}'",
            query.Replace("''", "'", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
        Assert.Contains(part, query, StringComparison.Ordinal);
        Assert.Equal(above, At(rule, "above"));
    }

    private static IEnumerable<JsonElement> Rules =>
        CompiledTemplate.Of("alerts").Body.GetProperty("variables").GetProperty("rules").EnumerateArray();

    private static string At(JsonElement element, string path) => CompiledTemplate.At(element, path);

    [GeneratedRegex(
        @"^## (?<name>[a-z-]+)$",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Entries();
}
