using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IntacctSync.Simulators.Zuper.Webhooks;

/// <summary>
/// The body of a delivery. No schema is published; as seen live it is flat, its scalars are text, booleans are written
/// as Python writes them, and one field is a Python literal instead of JSON.
/// </summary>
internal static class WebhookPayload
{
    private static readonly JsonSerializerOptions AsIs = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="happened">What to tell.</param>
    /// <param name="companyUid">The account.</param>
    /// <param name="triggeredAt">When it happened.</param>
    /// <param name="maxRetries">As the body names it: one more than there are retries.</param>
    public static JsonObject Of(WebhookEvent happened, string companyUid, string triggeredAt, int maxRetries)
    {
        var body = new JsonObject { ["event"] = happened.Name };
        foreach (var (field, value) in happened.Body)
            body[field] = Flat(value);
        body["company_uid"] = companyUid;
        body["max_retries"] = maxRetries.ToString(CultureInfo.InvariantCulture);
        body["retry_count"] = "0";
        body["triggered_at"] = triggeredAt;
        body["triggered_by"] = happened.Actor.Uid;
        body["workflow_builder"] = "{'workflow_uid': None, 'is_workflow': False}";
        return body;
    }

    /// <summary>The body's text for one attempt.</summary>
    public static string Text(JsonObject body, int retry, bool malformed)
    {
        var copy = (JsonObject)body.DeepClone();
        copy["retry_count"] = retry.ToString(CultureInfo.InvariantCulture);
        var text = copy.ToJsonString(AsIs);
        return malformed ? string.Concat(text.AsSpan(0, text.Length - 1), ", \"attachments\": None}") : text;
    }

    private static JsonNode? Flat(JsonNode? value) =>
        value?.GetValueKind() switch
        {
            JsonValueKind.True => "True",
            JsonValueKind.False => "False",
            JsonValueKind.Number => value.ToJsonString(),
            _ => value?.DeepClone(),
        };
}
