using System.Text.Json.Nodes;
using IntacctSync.Core.Zuper;

namespace IntacctSync.Tests.Support;

public static partial class Some
{
    public const string ZuperKey = "canary-zuper-key-5511";

    public static ZuperAccount ZuperAccount(string root = "https://us-west-1c.zuperpro.com", string key = ZuperKey) => new(new Uri(root), key);

    /// <summary>A uid that looks like Zuper's; the number tells them apart.</summary>
    public static string Uid(int number) => $"1e0d7c40-0000-4000-8000-{number:D12}";

    /// <summary>An organization as Zuper's API gives it.</summary>
    public static JsonObject OrganizationJson(string? uid = null, string name = "Harbor Dental Group", string? sageId = null) => new()
    {
        ["organization_uid"] = uid ?? Uid(1),
        ["organization_name"] = name,
        ["organization_email"] = "ap@harbordental.example",
        ["organization_address"] = new JsonObject { ["street"] = "12 Pier Rd", ["city"] = "Austin", ["state"] = "TX", ["country"] = "USA", ["zip_code"] = "78701" },
        ["custom_fields"] = sageId is null
            ? new JsonArray()
            : new JsonArray(new JsonObject { ["label"] = "Sage Customer ID", ["value"] = sageId, ["type"] = "SINGLE_LINE" }),
        ["is_active"] = true,
        ["is_deleted"] = false,
        ["created_at"] = "2026-02-03T15:04:05.000Z",
        ["updated_at"] = "2026-02-04T15:04:05.000Z",
    };

    public static JsonObject ZuperSuccess(JsonNode? data, string type = "success") => new() { ["type"] = type, ["data"] = data };

    public static JsonObject ZuperError(string title, string message, string type = "error") =>
        new() { ["type"] = type, ["title"] = title, ["message"] = message };
}
