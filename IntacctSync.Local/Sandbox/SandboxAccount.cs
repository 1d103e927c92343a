using System.Text.Json;
using System.Text.Json.Nodes;

namespace IntacctSync.Local.Sandbox;

/// <summary>The accounts that the simulators know. They are published with them and open nothing else.</summary>
internal static class SandboxAccount
{
    public const string Connection = "demo";

    public const string ZuperKey = "sandbox-zuper-key";

    public const string WebhookSecret = "sandbox-webhook-secret";

    /// <summary>The connection's document, as it would be put to the API.</summary>
    public static JsonElement Document() => JsonSerializer.SerializeToElement(new JsonObject
    {
        ["app"] = "zuper",
        ["intacct"] = new JsonObject
        {
            ["senderId"] = "sandbox-sender",
            ["senderPassword"] = "sandbox-sender-password",
            ["companyId"] = "sandbox",
            ["userId"] = "sandbox-user",
            ["userPassword"] = "sandbox-user-password",
        },
        ["zuper"] = new JsonObject { ["companyName"] = "sandbox", ["apiKey"] = ZuperKey, ["webhookSecret"] = WebhookSecret },
    });
}
