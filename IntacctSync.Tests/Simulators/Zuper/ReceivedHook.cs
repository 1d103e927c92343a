using System.Text.Json.Nodes;

namespace IntacctSync.Tests.Simulators.Zuper;

internal sealed record ReceivedHook(string Body, string Secret, string ContentType)
{
    public JsonObject Json => (JsonObject)JsonNode.Parse(Body)!;

    public string Event => Text("event")!;

    public string? Text(string field) => Json[field]?.GetValue<string>();
}
