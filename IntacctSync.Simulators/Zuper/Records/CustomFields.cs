using System.Text.Json;
using System.Text.Json.Nodes;
using IntacctSync.Simulators.Zuper.Api;

namespace IntacctSync.Simulators.Zuper.Records;

/// <summary>
/// The list of custom fields in a record: elements of label, value and type, the values being text
/// (developers.zuper.co/reference/update-custom-fields).
/// </summary>
internal sealed class CustomFields(ZuperModule module, ZuperIds ids)
{
    private static readonly IReadOnlyList<string> Types =
    [
        "SINGLE_LINE",
        "MULTI_LINE",
        "SINGLE_ITEM",
        "RADIO",
        "MULTI_ITEM",
        "NUMBER",
        "DATE",
        "TIME",
        "DATETIME",
        "LOOKUP",
        "FILE",
    ];

    /// <summary>The whole list, as a create or an update of the record gives it.</summary>
    /// <exception cref="ZuperRefusal">An element is no object, or lacks its label, value or type.</exception>
    public JsonArray Replace(JsonNode? given, bool strict)
    {
        if (given is not JsonArray list)
            throw Refused($"{module.FieldsField} must be an array");
        var fields = new JsonArray();
        foreach (var element in list)
        {
            var field = Checked(element);
            if (strict && field.Text("type") is null)
                throw Refused($"type is required for {field.Text("label")}");
            fields.Add(Element(field));
        }
        return fields;
    }

    /// <summary>
    /// Lays some elements over the list: those with the same label (and group) take the value, others are appended,
    /// none goes.
    /// </summary>
    public void Merge(JsonArray existing, JsonArray given)
    {
        foreach (var field in given.Select(Checked).ToList())
        {
            var same = existing
                .OfType<JsonObject>()
                .FirstOrDefault(e =>
                    e.Text("label") == field.Text("label")
                    && (field.Text("group_uid") is null || e.Text("group_uid") == field.Text("group_uid"))
                );
            if (same is null)
                existing.Add(Element(field));
            else
                same["value"] = field.Text("value");
        }
    }

    private static JsonObject Checked(JsonNode? element)
    {
        if (element is not JsonObject field)
            throw Refused("each custom field must be an object");
        if (string.IsNullOrWhiteSpace(field.Text("label")))
            throw Refused("label is required");
        if (!field.ContainsKey("value"))
            throw Refused($"value is required for {field.Text("label")}");
        if (field.Text("value") is null)
            throw Refused($"value must be a string for {field.Text("label")}");
        if (field.Text("type") is { } type && !Types.Contains(type, StringComparer.Ordinal))
            throw Refused($"type must be one of {string.Join(", ", Types)}");
        return field;
    }

    private JsonObject Element(JsonObject given)
    {
        var element = new JsonObject
        {
            ["label"] = given.Text("label"),
            ["value"] = given.Text("value"),
            ["type"] = given.Text("type") ?? "SINGLE_LINE",
            ["module_name"] = module.Name,
            ["hide_to_fe"] = given.Is("hide_to_fe"),
            ["hide_field"] = given.Is("hide_field"),
            ["read_only"] = given.Is("read_only"),
        };
        foreach (var name in new[] { "ref_uid", "group_name", "group_uid" })
            if (given[name] is { } value && value.GetValueKind() == JsonValueKind.String)
                element[name] = value.DeepClone();
        element["_id"] = ids.MongoId();
        return element;
    }

    private static ZuperRefusal Refused(string error) =>
        new(
            ZuperAnswer.Json(
                new JsonObject
                {
                    ["type"] = "ERROR",
                    ["title"] = "Validation Error",
                    ["message"] = "Validation Error",
                    ["errors"] = new JsonArray(error),
                },
                StatusCodes.Status400BadRequest
            )
        );
}
