using System.Text.Json;
using IntacctSync.Core.Apps;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Webhooks;

/// <summary>
/// Reads the body of a webhook of Zuper. No schema is published: bodies seen live are flat, without a module, with most
/// scalars as text. Pure.
/// </summary>
public static class ZuperWebhookBody
{
    private const string ImportPrefix = "import.";
    private const string BulkAction = "bulk_action";

    public static WebhookHint Read(ReadOnlySpan<byte> body)
    {
        if (!ZuperJson.TryParse(body, out var json))
            return new WebhookHint.Unreadable($"The body of {body.Length} bytes is not JSON.");
        if (json.ValueKind != JsonValueKind.Object)
            return new WebhookHint.Unreadable("The body is JSON and not an object.");
        return
            ZuperJson.Text(json, "event")?.Trim().ToLowerInvariant() is { Length: > 0 } name && !name.Contains('\uFFFD')
            ? Read(json, name)
            : new WebhookHint.Unreadable("The body names no event that can be read.");
    }

    private static WebhookHint Read(JsonElement json, string name)
    {
        if (name.StartsWith(ImportPrefix, StringComparison.Ordinal))
            return Sweep(name[ImportPrefix.Length..].Split('.')[0], name);
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var (module, what) = dot < 0 ? ("", name) : (name[..dot], name[(dot + 1)..]);
        if (what == BulkAction || name == ImportPrefix.TrimEnd('.'))
            return Sweep(module, name);
        return FlowOf(module) is { } flow && !IsOfSettings(what)
            ? Record(json, module.TrimEnd('s'), flow, what, name)
            : new WebhookHint.NotOurs(name);
    }

    /// <summary>Payment modes and terms are raised as invoice events and are no invoices.</summary>
    private static bool IsOfSettings(string what) =>
        what.StartsWith("payment_mode_", StringComparison.Ordinal)
        || what.StartsWith("payment_term_", StringComparison.Ordinal);

    private static WebhookHint Sweep(string module, string name) =>
        (module, FlowOf(module)) switch
        {
            ("", _) => new WebhookHint.SweepNeeded(null, name),
            (_, { } flow) => new WebhookHint.SweepNeeded(flow, name),
            _ => new WebhookHint.NotOurs(name),
        };

    private static WebhookHint Record(JsonElement json, string module, FlowName flow, string what, string name) =>
        Holder(json, module) is { } holder
            ? new WebhookHint.RecordChanged(
                flow,
                UidIn(holder, module)!,
                what == "delete",
                name,
                ZuperJson.Time(holder, "updated_at") ?? ZuperJson.Time(json, "updated_at"),
                ZuperJson.Time(json, "triggered_at"),
                CustomFieldsOnly(json)
            )
            : new WebhookHint.SweepNeeded(flow, name);

    private static bool CustomFieldsOnly(JsonElement json) =>
        ZuperJson.Member(json, "updated_fields") is { ValueKind: JsonValueKind.Array } fields
        && fields.GetArrayLength() > 0
        && fields
            .EnumerateArray()
            .All(static field => field.ValueKind == JsonValueKind.String && WholeJson.TextOf(field) == "custom_fields");

    /// <summary>
    /// What holds the record's uid: the body itself, or else the object that is named after the module, or else the
    /// only one of the body's objects that does. Two that differ are no answer.
    /// </summary>
    private static JsonElement? Holder(JsonElement json, string module)
    {
        if (UidIn(json, module) is not null)
            return json;
        if (ZuperJson.Object(json, module) is { } named && UidIn(named, module) is not null)
            return named;
        var holders = json.EnumerateObject()
            .Select(static member => member.Value)
            .Where(value => value.ValueKind == JsonValueKind.Object && UidIn(value, module) is not null)
            .DistinctBy(value => UidIn(value, module), StringComparer.OrdinalIgnoreCase)
            .Take(2)
            .ToList();
        return holders.Count == 1 ? holders[0] : null;
    }

    private static string? UidIn(JsonElement json, string module) =>
        ZuperJson.Text(json, $"{module}_uid")?.Trim() is { } uid && ZuperUid.IsUid(uid) ? uid.ToLowerInvariant() : null;

    /// <summary>Zuper writes modules in the singular and in the plural.</summary>
    private static FlowName? FlowOf(string module) =>
        module switch
        {
            "organization" or "organizations" => ZuperFlows.Organizations,
            "customer" or "customers" => ZuperFlows.Customers,
            "invoice" or "invoices" => ZuperFlows.Invoices,
            "product" or "products" => ZuperFlows.Products,
            _ => null,
        };
}
