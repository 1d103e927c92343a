using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Upflow;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Web;

/// <summary>Two companies of Intacct do not fill one organisation of Upflow.</summary>
public sealed class SharedAccountTests : ApiTest
{
    [Fact]
    public async Task Another_company_is_not_connected_to_the_organisation_of_one()
    {
        (await PutUpflowAsync("acme", "Acme")).Is(201);
        var refused = (await PutUpflowAsync("beta", "Beta")).Is(400);
        var text = refused.Error("upflow.apiKey");
        Assert.Contains("'acme'", text, StringComparison.Ordinal);
        Assert.Contains("'Acme'", text, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", refused.Text, StringComparison.Ordinal);
        (await CallAsync("GET", "/api/connections/beta")).Is(404);
    }

    [Fact]
    public async Task One_that_rests_counts_as_well()
    {
        (await PutUpflowAsync("acme", "Acme")).Is(201);
        (await CallAsync("DELETE", "/api/connections/acme")).Is(204);
        (await PutUpflowAsync("beta", "Beta")).Is(400);
    }

    [Fact]
    public async Task The_same_company_and_another_organisation_are_taken()
    {
        (await PutUpflowAsync("acme", "Acme")).Is(201);
        (await PutUpflowAsync("acme-west", "ACME")).Is(201);
        (await PutUpflowAsync("beta", "Beta", "canary-beta-key")).Is(201);
        (await PutUpflowAsync("beta", "Beta", "canary-acme-key")).Is(400);
    }

    /// <summary>As one that was stored by a version that did not look.</summary>
    [Fact]
    public async Task One_that_shares_its_organisation_already_can_still_be_changed()
    {
        (await PutUpflowAsync("acme", "Acme")).Is(201);
        (await PutUpflowAsync("beta", "Beta", "canary-beta-key")).Is(201);
        await Get<ConnectionSecrets>()
            .ApplyAsync(
                ConnectionId.Parse("beta"),
                new Dictionary<string, SecretChange>(StringComparer.Ordinal)
                {
                    [UpflowSecrets.ApiKey] = SecretChange.To("canary-acme-key"),
                },
                CancellationToken.None
            );
        (await PutUpflowAsync("beta", "Beta", key: null)).Is(200);
        (await PutUpflowAsync("beta", "Gamma", key: null)).Is(400);
    }

    [Fact]
    public async Task Who_names_another_company_is_not_sent_to_the_same_organisation()
    {
        (await PutUpflowAsync("acme", "Acme")).Is(201);
        await RememberAsync("1", e => e with { TargetId = "12" }, UpflowFlows.Invoices);
        var refused = (await PutUpflowAsync("acme", "Beta")).Is(400);
        Assert.Contains(
            "an account of its own in Upflow",
            refused.Error("intacct.companyId"),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("purge", refused.Text, StringComparison.Ordinal);
    }

    private Task<Answer> PutUpflowAsync(string id, string company, string? key = "canary-acme-key")
    {
        var upflow = new JsonObject { ["apiSecret"] = "canary-upflow-secret" };
        if (key is not null)
            upflow["apiKey"] = key;
        return CallAsync(
            "PUT",
            $"/api/connections/{id}",
            new JsonObject
            {
                ["app"] = "upflow",
                ["intacct"] = new JsonObject
                {
                    ["senderId"] = "sender",
                    ["senderPassword"] = "canary-sender",
                    ["companyId"] = company,
                    ["userId"] = "user",
                    ["userPassword"] = "canary-user",
                },
                ["upflow"] = upflow,
            }
        );
    }
}
