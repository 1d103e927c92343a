using System.Text.Json;

namespace IntacctSync.Tests.Functions;

/// <summary>Who may do what in Azure, and over which network, as the compiled infrastructure has it.</summary>
public sealed class InfrastructureAccessTests
{
    /// <summary>
    /// The roles by their ids (learn.microsoft.com, Azure built-in roles): each on the one resource that it is for.
    /// </summary>
    [Theory]
    [InlineData(
        "storage",
        "[resourceId('Microsoft.Storage/storageAccounts', parameters('name'))]",
        "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
        "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"
    )]
    [InlineData(
        "serviceBus",
        "[resourceId('Microsoft.ServiceBus/namespaces/queues', parameters('name'), 'envelopes')]",
        "69a216fc-b8fb-44d8-bc22-1f3c2cd27a39",
        "4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0"
    )]
    [InlineData(
        "keyVault",
        "[resourceId('Microsoft.KeyVault/vaults', parameters('name'))]",
        "b86a8fe4-44ce-4948-aee5-eccb2c155cd7"
    )]
    [InlineData(
        "monitoring",
        "[resourceId('Microsoft.Insights/components', format('appi-intacctsync-{0}', parameters('token')))]",
        "3913510d-42f4-4e42-8a64-420c390055eb"
    )]
    public void The_app_has_these_roles_on_this_resource_and_no_others(
        string module,
        string scope,
        params string[] roles
    )
    {
        var template = CompiledTemplate.Of(module);
        var grant = template.OfType("Microsoft.Authorization/roleAssignments").Single();
        Assert.Equal(scope, CompiledTemplate.At(grant, "scope"));
        Assert.Equal("[parameters('identityPrincipalId')]", CompiledTemplate.At(grant, "properties:principalId"));

        // The role is named by a variable, of which a loop takes each value.
        var variable = template
            .Names("variables")
            .Single(name =>
                CompiledTemplate
                    .At(grant, "properties:roleDefinitionId")
                    .Contains($"variables('{name}')", StringComparison.Ordinal)
            );
        var value = template.Body.GetProperty("variables").GetProperty(variable);
        Assert.Equal(
            roles,
            value.ValueKind == JsonValueKind.Array
                ? value.EnumerateArray().Select(v => v.GetString())
                : [value.GetString()]
        );
    }

    [Fact]
    public void No_other_module_gives_a_role() =>
        Assert.Equal(
            ["keyVault", "monitoring", "serviceBus", "storage"],
            CompiledTemplate
                .All.Where(t => t.OfType("Microsoft.Authorization/roleAssignments").Any())
                .Select(t => t.Module)
                .Order(StringComparer.Ordinal)
        );

    /// <summary>Each name is the app's identity: it is who has the roles.</summary>
    [Theory]
    [InlineData("properties:keyVaultReferenceIdentity", "[parameters('identityId')]")]
    [InlineData(
        "properties:functionAppConfig:deployment:storage:authentication:userAssignedIdentityResourceId",
        "[parameters('identityId')]"
    )]
    [InlineData("identity:type", "UserAssigned")]
    [InlineData("properties:siteConfig:minTlsVersion", "1.2")]
    [InlineData("properties:siteConfig:ftpsState", "Disabled")]
    [InlineData(
        "properties:virtualNetworkSubnetId",
        "[if(empty(parameters('subnetId')), null(), parameters('subnetId'))]"
    )]
    [InlineData("tags", "[union(parameters('tags'), createObject('azd-service-name', 'api'))]")]
    public void The_app_is(string path, string value) =>
        Assert.Equal(
            value,
            CompiledTemplate.At(CompiledTemplate.Of("functionApp").OfType("Microsoft.Web/sites").Single(), path)
        );

    [Theory]
    [InlineData("AZURE_CLIENT_ID", "[parameters('identityClientId')]")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "[parameters('insightsConnection')]")]
    [InlineData(
        "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
        "[format('ClientId={0};Authorization=AAD', parameters('identityClientId'))]"
    )]
    [InlineData("AzureWebJobsStorage__accountName", "[parameters('storageName')]")]
    [InlineData("AzureWebJobsStorage__credential", "managedidentity")]
    [InlineData("AzureWebJobsStorage__clientId", "[parameters('identityClientId')]")]
    [InlineData("ServiceBus__fullyQualifiedNamespace", "[parameters('serviceBusHost')]")]
    [InlineData("ServiceBus__credential", "managedidentity")]
    [InlineData("ServiceBus__clientId", "[parameters('identityClientId')]")]
    [InlineData("Storage__Endpoint", "[parameters('tableEndpoint')]")]
    [InlineData("Secrets__VaultUri", "[parameters('vaultUri')]")]
    [InlineData(
        "Admin__ApiKey",
        "[format('@Microsoft.KeyVault(SecretUri={0}secrets/admin-api-key)', parameters('vaultUri'))]"
    )]
    [InlineData("POLLING_ZUPER", "[parameters('pollingZuper')]")]
    [InlineData("POLLING_PRODUCTS", "[parameters('pollingProducts')]")]
    [InlineData("POLLING_PAYMENTS", "[parameters('pollingPayments')]")]
    [InlineData("POLLING_UPFLOW", "[parameters('pollingUpflow')]")]
    public void Each_setting_has_its_own_value(string setting, string value) =>
        Assert.Equal(
            value,
            CompiledTemplate.At(CompiledTemplate.Of("functionApp").Body, $"variables:settings:{setting}")
        );

    [Fact]
    public void Everything_that_is_reached_privately_has_an_endpoint_and_a_name_in_the_apps_network()
    {
        var network = CompiledTemplate.Of("network");
        Assert.Equal(
            [
                "blob of storageId at [format('privatelink.blob.{0}', variables('suffix'))]",
                "table of storageId at [format('privatelink.table.{0}', variables('suffix'))]",
                "vault of vaultId at privatelink.vaultcore.azure.net",
                "namespace of serviceBusId at privatelink.servicebus.windows.net",
            ],
            network
                .Body.GetProperty("variables")
                .GetProperty("targets")
                .EnumerateArray()
                .Select(t =>
                    $"{CompiledTemplate.At(t, "group")} of {CompiledTemplate.At(t, "resourceId").Split('\'')[1]} "
                    + $"at {CompiledTemplate.At(t, "zone")}"
                )
        );
        foreach (
            var each in new[]
            {
                "Microsoft.Network/privateEndpoints",
                "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
                "Microsoft.Network/privateDnsZones",
                "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
            }
        )
            Assert.Equal(
                "[length(variables('targets'))]",
                CompiledTemplate.At(network.OfType(each).Single(), "copy:count")
            );
        var app = network
            .OfType("Microsoft.Network/virtualNetworks/subnets")
            .Single(s => CompiledTemplate.At(s, "name").Contains("'app'", StringComparison.Ordinal));
        Assert.Contains(
            "Microsoft.App/environments",
            CompiledTemplate.At(app, "properties:delegations"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("storage", "publicAccess:value", "[not(parameters('privateNetworking'))]")]
    [InlineData("keyVault", "publicAccess:value", "[not(parameters('privateNetworking'))]")]
    [InlineData("serviceBus", "publicAccess:value", "[not(parameters('privateNetworking'))]")]
    [InlineData(
        "serviceBus",
        "tier",
        "[if(parameters('privateNetworking'), createObject('value', 'Premium'), createObject('value', 'Standard'))]"
    )]
    [InlineData("storage", "lockResources:value", "[parameters('lockResources')]")]
    [InlineData("keyVault", "lockResources:value", "[parameters('lockResources')]")]
    [InlineData("functionApp", "signInClientId:value", "[parameters('signInClientId')]")]
    public void What_a_person_chooses_reaches_each_module(string module, string parameter, string value) =>
        Assert.Equal(value, CompiledTemplate.At(CompiledTemplate.Given(module), parameter));

    [Theory]
    [InlineData("storage")]
    [InlineData("keyVault")]
    public void What_holds_the_only_copy_can_be_locked(string module)
    {
        var found = CompiledTemplate.Of(module).OfType("Microsoft.Authorization/locks").Single();
        Assert.Equal(
            ("[parameters('lockResources')]", "CanNotDelete"),
            (CompiledTemplate.At(found, "condition"), CompiledTemplate.At(found, "properties:level"))
        );
    }

    /// <summary>Webhooks and operations prove themselves; the pages are what people sign in for.</summary>
    [Theory]
    [InlineData("condition", "[not(empty(parameters('signInClientId')))]")]
    [InlineData("name", "[format('{0}/{1}', parameters('name'), 'authsettingsV2')]")]
    [InlineData("properties:platform:enabled", "True")]
    [InlineData("properties:globalValidation:requireAuthentication", "True")]
    [InlineData("properties:globalValidation:unauthenticatedClientAction", "RedirectToLoginPage")]
    [InlineData("properties:globalValidation:excludedPaths:0", "/api/*")]
    [InlineData(
        "properties:identityProviders:azureActiveDirectory:registration:clientId",
        "[parameters('signInClientId')]"
    )]
    [InlineData(
        "properties:identityProviders:azureActiveDirectory:validation:allowedAudiences:0",
        "[parameters('signInClientId')]"
    )]
    public void People_may_be_signed_in_before_the_pages(string path, string value)
    {
        var signIn = CompiledTemplate
            .Of("functionApp")
            .OfType("Microsoft.Web/sites/config")
            .Single(c => CompiledTemplate.At(c, "name").Contains("authsettings", StringComparison.Ordinal));
        Assert.Equal(value, CompiledTemplate.At(signIn, path));
        Assert.Single(
            signIn
                .GetProperty("properties")
                .GetProperty("globalValidation")
                .GetProperty("excludedPaths")
                .EnumerateArray()
        );
    }
}
