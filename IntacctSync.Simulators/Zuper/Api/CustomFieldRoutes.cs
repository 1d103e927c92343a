using System.Text.Json.Nodes;
using IntacctSync.Simulators.Zuper.Records;

namespace IntacctSync.Simulators.Zuper.Api;

/// <summary>
/// <c>PATCH /custom_fields</c>: lays custom fields over those of a record, raises its update
/// (developers.zuper.co/reference/update-custom-fields).
/// </summary>
internal sealed class CustomFieldRoutes(ZuperCompany company)
{
    private static readonly IReadOnlyList<string> Modules =
    [
        "JOB",
        "CUSTOMER",
        "EMPLOYEE",
        "ESTIMATE",
        "INVOICE",
        "PRODUCT",
        "PURCHASE_ORDER",
        "SERVICE_CONTRACT",
        "ASSET",
        "PROPERTY",
        "ORGANIZATION",
        "TEAM",
        "REQUEST",
        "PROJECT",
    ];

    public IEnumerable<ZuperRoute> All() => [new("PATCH", "/api/custom_fields", Patch)];

    private ZuperAnswer Patch(ZuperRequest request)
    {
        var body = request.Object;
        var name = body.Text("module_name");
        if (name is null || !Modules.Contains(name, StringComparer.Ordinal))
            throw Refused("errors", $"module_name must be one of {string.Join(", ", Modules)}");
        if (body.Text("module_uid") is not { Length: > 0 } uid)
            throw Refused("errors", "module_uid is required");
        if (body["custom_fields"] is not JsonArray { Count: > 0 } given)
            throw Refused("errors", "custom_fields must be an array with at least one element");
        // A module that exists in Zuper and not here holds no records, so its uids are unknown ones.
        if (ZuperModules.Named(name) is not { } module || !company.Of(module).TryGet(uid, out var record))
            throw new ZuperRefusal(
                StatusCodes.Status404NotFound,
                "Not Found",
                $"No {name} found for given UID",
                type: "ERROR"
            );
        var groups = Groups(record, module);
        foreach (
            var group in given
                .OfType<JsonObject>()
                .Select(f => f.Text("group_uid"))
                .Where(g => g is not null && !groups.Contains(g))
        )
            throw Refused("group_uids_not_found", group!);
        company.MergeFields(module, record, given, ZuperActor.KeyOwner);
        return ZuperAnswer.Json(
            new JsonObject { ["type"] = "SUCCESS", ["message"] = "Custom fields updated successfully" }
        );
    }

    /// <summary>The groups that a record's fields are in; those of the account's settings are not held here.</summary>
    private static List<string?> Groups(JsonObject record, ZuperModule module) =>
        [.. (record[module.FieldsField] as JsonArray ?? []).OfType<JsonObject>().Select(f => f.Text("group_uid"))];

    private static ZuperRefusal Refused(string where, string what)
    {
        var list = new JsonArray(what);
        var body = new JsonObject
        {
            ["type"] = "ERROR",
            ["title"] = "Validation Error",
            ["message"] = "Validation Error",
        };
        if (where == "errors")
            body["errors"] = list;
        else
            body["data"] = new JsonObject { [where] = list };
        return new ZuperRefusal(ZuperAnswer.Json(body, StatusCodes.Status400BadRequest));
    }
}
