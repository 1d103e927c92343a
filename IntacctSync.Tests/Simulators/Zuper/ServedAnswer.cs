using System.Text.Json.Nodes;

namespace IntacctSync.Tests.Simulators.Zuper;

internal sealed record ServedAnswer(
    int Status,
    string MediaType,
    string Body,
    IReadOnlyDictionary<string, string> Headers
)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    public JsonArray Rows => (JsonArray)Json["data"]!;

    public IEnumerable<string> Names => Rows.Select(r => r!["organization_name"]!.GetValue<string>());

    public string? Message => Json["message"]?.GetValue<string>();
}
