using System.Text.Json.Nodes;
using IntacctSync.Core.Apps;
using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntacctSync.Tests.Support;

public static partial class Some
{
    public const string WebhookSecret = "canary-webhook-secret-2208";

    /// <summary>Holds times against this clock, and tells nobody.</summary>
    public static NotedTimes Noted(TimeProvider time) => new(time, NullLogger<NotedTimes>.Instance);

    public static Connection Connection(ConnectionSettings? settings = null) =>
        new()
        {
            Id = ConnectionId,
            Settings = settings ?? Settings(),
            CreatedAt = Now,
        };

    /// <summary>What is compared of that connection.</summary>
    internal static ComparedScope Scope(DateOnly? since = null) =>
        new(Connection(), new ConnectionAccess(IntacctCredentials(), ZuperAccount()), since);

    /// <summary>A document as a person puts it, with its secrets.</summary>
    public static JsonObject ConnectionDocument(Action<JsonObject>? change = null)
    {
        var document = new JsonObject
        {
            ["app"] = "zuper",
            ["intacct"] = new JsonObject
            {
                ["senderId"] = "harbor_ws",
                ["senderPassword"] = SenderPassword,
                ["companyId"] = "Harbor-Dental",
                ["userId"] = "api_user",
                ["userPassword"] = UserPassword,
            },
            ["zuper"] = new JsonObject
            {
                ["companyName"] = "harbor",
                ["apiKey"] = ZuperKey,
                ["webhookSecret"] = WebhookSecret,
            },
        };
        change?.Invoke(document);
        return document;
    }
}
