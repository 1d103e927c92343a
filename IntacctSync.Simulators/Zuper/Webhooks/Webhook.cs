using System.Text.Json;
using System.Text.Json.Nodes;

namespace IntacctSync.Simulators.Zuper.Webhooks;

/// <summary>A registered webhook: one event, one address.</summary>
internal sealed record Webhook(string Uid, string SecretKey, string CreatedAt)
{
    public string Name { get; init; } = "";

    public string Module { get; init; } = "";

    public string Event { get; init; } = "";

    public required Uri Url { get; init; }

    public string Method { get; init; } = "POST";

    public string ContentType { get; init; } = "application/json";

    /// <summary>
    /// The headers to send along, as JSON text; null for none. What was registered as text instead of an object is text
    /// within text, and is not sent: seen so on the real service.
    /// </summary>
    public string? Headers { get; init; }

    public bool IsActive { get; init; } = true;

    /// <summary>The headers that are really sent.</summary>
    public IEnumerable<KeyValuePair<string, string>> SentHeaders =>
        Headers is not null && JsonNode.Parse(Headers) is JsonObject headers
            ? headers
                .Where(h => h.Value?.GetValueKind() == JsonValueKind.String)
                .Select(h => KeyValuePair.Create(h.Key, h.Value!.GetValue<string>()))
            : [];

    /// <summary>As a list of webhooks shows it.</summary>
    public JsonObject ToJson() =>
        new()
        {
            ["webhook_uid"] = Uid,
            ["webhook_name"] = Name,
            ["webhook_module"] = Module,
            ["webhook_event"] = Event,
            ["webhook_url"] = Url.OriginalString,
            ["request_method"] = Method,
            ["content_type"] = ContentType,
            ["headers"] = Headers,
            ["secret_key"] = SecretKey,
            ["is_active"] = IsActive,
            ["created_at"] = CreatedAt,
        };
}
