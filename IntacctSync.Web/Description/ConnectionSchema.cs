using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using IntacctSync.Core.Connections;
using IntacctSync.Web.Answers;
using IntacctSync.Web.Operations;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;

namespace IntacctSync.Web.Description;

/// <summary>
/// The schemas of a connection, as it is sent and as it is shown: those of its settings, with a place for each secret.
/// </summary>
internal static class ConnectionSchema
{
    /// <summary>The document of a PUT.</summary>
    public const string Sent = "ConnectionDocument";

    /// <summary>The answer: the document, and what the program adds to it.</summary>
    public const string Shown = nameof(ConnectionShown);

    private static readonly JsonNode SecretShown = JsonNode.Parse(
        """
        {
          "type": "object", "required": ["set"], "properties": {"set": {"type": "boolean"}},
          "description": "Whether a secret is stored. The secret itself is never shown."
        }
        """
    )!;

    private static readonly JsonNode SecretSent = JsonNode.Parse(
        """
        {
          "description": "The secret. Left out, or sent as it is shown, it keeps its value; {\"set\": false} clears it.",
          "oneOf": [
            {"type": "string"},
            {"type": "object", "required": ["set"], "properties": {"set": {"type": "boolean"}}}
          ]
        }
        """
    )!;

    private static readonly JsonNode Stop = JsonNode.Parse(
        """
        {
          "type": "object", "description": "Why nothing is synced until a person acts; left out while all is well.",
          "properties": {
            "system": {"type": "string"}, "code": {"type": "string"}, "message": {"type": "string"},
            "fix": {"type": "string"}, "since": {"type": "string", "format": "date-time"},
            "nextProbeAt": {"type": ["string", "null"], "format": "date-time"}
          }
        }
        """
    )!;

    public static void AddTo(OpenApiDocument document, AppProfiles apps)
    {
        document.AddComponent(Sent, Parse(OneOf(apps.All.Select(app => WithSecrets(app, SecretSent))), document));
        document.AddComponent(Shown, Parse(OneOf(apps.All.Select(ShownOf)), document));
    }

    private static JsonNode ShownOf(IAppProfile app)
    {
        var shown = WithSecrets(app, SecretShown);
        var members = shown["properties"]!.AsObject();
        foreach (var name in ConnectionView.Added)
            members[name] = AddedMember(name);
        return shown;
    }

    /// <summary>Each app has members of its own in the document.</summary>
    private static JsonNode OneOf(IEnumerable<JsonNode> ofApps)
    {
        JsonNode[] all = [.. ofApps];
        return all is [var only] ? only : new JsonObject { ["oneOf"] = new JsonArray(all) };
    }

    private static JsonNode AddedMember(string name) =>
        name switch
        {
            "active" => JsonNode.Parse("""{"type": "boolean"}""")!,
            "createdAt" or "deactivatedAt" => JsonNode.Parse("""{"type": "string", "format": "date-time"}""")!,
            "stop" => Stop.DeepClone(),
            _ => JsonNode.Parse("""{"type": "string"}""")!,
        };

    private static JsonNode WithSecrets(IAppProfile app, JsonNode secret)
    {
        var schema = Json.Options.GetJsonSchemaAsNode(
            app.SettingsType,
            new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true }
        );
        foreach (var field in app.Secrets.All)
        {
            var members = schema["properties"]!;
            var path = field.Split('.');
            foreach (var group in path[..^1])
                members = members[group]!["properties"]!;
            members[path[^1]] = secret.DeepClone();
        }

        return schema;
    }

    private static OpenApiSchema Parse(JsonNode schema, OpenApiDocument document) =>
        OpenApiModelFactory.Parse<OpenApiSchema>(
            schema.ToJsonString(),
            OpenApiSpecVersion.OpenApi3_1,
            document,
            out _,
            OpenApiConstants.Json
        ) ?? throw new InvalidOperationException("The schema of a connection can't be read as OpenAPI.");
}
