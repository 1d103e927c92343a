using System.Text;
using System.Text.Json;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;

namespace IntacctSync.Core.Detection.Webhooks;

/// <summary>
/// Names the event that a webhook tells of, so that its repeats are known for what they are: the header
/// <c>webhook-id</c>, else a hash of the body without what counts the deliveries, else a new id.
/// </summary>
/// <remarks>
/// Without <c>triggered_at</c> the bodies of two events can be equal, so such a body is never taken for a repeat: to
/// read a record again is cheap, to lose a change is not.
/// </remarks>
public static class WebhookEventId
{
    /// <summary>Longer ids are hashed, since the queue takes 128 characters to recognize duplicates by.</summary>
    private const int MaxHeaderLength = 64;

    /// <param name="webhookId">The header <c>webhook-id</c>; null or blank when there is none.</param>
    /// <param name="body">As it came.</param>
    /// <param name="ids">Where an id comes from when nothing else names the event.</param>
    public static string Of(string? webhookId, ReadOnlySpan<byte> body, IIdSource ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        if (webhookId?.Trim() is { Length: > 0 } id)
            return
                id.Length <= MaxHeaderLength
                && id.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
                ? id
                : EventIds.WebhookId(id);
        return CanonicalOf(body) is { } canonical ? EventIds.WebhookBody(canonical) : ids.NewId();
    }

    private static string? CanonicalOf(ReadOnlySpan<byte> body)
    {
        try
        {
            var json = JsonElement.Parse(body.StartsWith("\uFEFF"u8) ? body[3..] : body);
            if (
                json.ValueKind != JsonValueKind.Object
                || !json.TryGetProperty("triggered_at", out var at)
                || IsBlank(at)
            )
                return null;
            var canonical = new StringBuilder();
            AppendMembers(
                canonical,
                json.EnumerateObject().Where(static member => member.Name is not ("retry_count" or "max_retries"))
            );
            return canonical.ToString();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or with names or texts that are half a surrogate pair: nothing that two deliveries could be
            // compared by.
            return null;
        }
    }

    private static bool IsBlank(JsonElement at) =>
        at.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined
        || (at.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(at.GetString()));

    private static void Append(StringBuilder canonical, JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                AppendMembers(canonical, json.EnumerateObject());
                break;
            case JsonValueKind.Array:
                canonical.Append('[');
                foreach (var element in json.EnumerateArray())
                    Append(canonical, element);
                canonical.Append(']');
                break;
            case JsonValueKind.String:
                AppendText(canonical, json.GetString()!);
                break;
            default:
                canonical.Append(json.GetRawText()).Append(',');
                break;
        }
    }

    /// <summary>
    /// In the order of their names, since nothing promises that two deliveries are written in the same one.
    /// </summary>
    private static void AppendMembers(StringBuilder canonical, IEnumerable<JsonProperty> members)
    {
        canonical.Append('{');
        foreach (var member in members.OrderBy(static member => member.Name, StringComparer.Ordinal))
        {
            AppendText(canonical, member.Name);
            Append(canonical, member.Value);
        }

        canonical.Append('}');
    }

    /// <summary>With its length before it, so that no text can look like the structure around it.</summary>
    private static void AppendText(StringBuilder canonical, string text) =>
        canonical.Append('"').Append(text.Length).Append(':').Append(text);
}
