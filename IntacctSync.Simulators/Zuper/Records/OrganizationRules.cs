using System.Text.Json.Nodes;
using IntacctSync.Simulators.Zuper.Api;

namespace IntacctSync.Simulators.Zuper.Records;

/// <summary>
/// What Zuper asks of an organization and makes of it (developers.zuper.co/reference/create-organization,
/// get-organization-details).
/// </summary>
internal static class OrganizationRules
{
    public static void Check(ZuperCompany company, JsonObject input, bool create)
    {
        if (
            (create || input.ContainsKey("organization_name"))
            && string.IsNullOrWhiteSpace(input.Text("organization_name"))
        )
            throw new ZuperRefusal(
                StatusCodes.Status400BadRequest,
                "Missing Organization name",
                "Organization name is missing"
            );
        foreach (var address in new[] { "organization_address", "organization_billing_address" })
            if (input[address] is not (null or JsonObject))
                throw new ZuperRefusal(
                    StatusCodes.Status400BadRequest,
                    "Invalid Address",
                    $"{address} must be an object"
                );
        if (input["customers"] is JsonArray customers)
            foreach (var customer in customers)
                if (!company.Of(ZuperModules.Customer).TryGet(customer.Text(), out _))
                    throw new ZuperRefusal(
                        StatusCodes.Status400BadRequest,
                        "Invalid Customer UID",
                        "Invalid Customer UID"
                    );
    }

    public static void Complete(ZuperCompany company, JsonObject record)
    {
        foreach (var (field, value) in Defaults())
            if (!record.ContainsKey(field))
                record[field] = value?.DeepClone();
        record["custom_fields"] ??= new JsonArray();
        Address(record, "organization_address");
        Address(record, "organization_billing_address");
    }

    public static void View(ZuperCompany company, JsonObject view) =>
        view["no_of_customers"] = company.CustomersOf(view.Text("organization_uid"));

    /// <summary>
    /// An address that was never looked up on a map stands at [0,0], in both of the ways that Zuper writes a place.
    /// </summary>
    private static void Address(JsonObject record, string field)
    {
        if (record[field] is not JsonObject address)
            record[field] = address = [];
        foreach (
            var name in new[]
            {
                "street",
                "city",
                "state",
                "country",
                "landmark",
                "zip_code",
                "first_name",
                "last_name",
            }
        )
            if (!address.ContainsKey(name))
                address[name] = "";
        if (address["geo_cordinates"] is not JsonArray { Count: 2 } place)
            address["geo_cordinates"] = place = [0, 0];
        address["point_coordinates"] = new JsonObject
        {
            ["type"] = "Point",
            ["coordinates"] = new JsonArray(place[1]?.DeepClone(), place[0]?.DeepClone()),
        };
    }

    private static JsonObject Defaults() =>
        new()
        {
            ["organization_logo"] = null,
            ["organization_description"] = null,
            ["organization_email"] = null,
            ["organization_timezone"] = null,
            ["additional_emails"] = new JsonArray(),
            ["tax"] = new JsonObject { ["tax_exempt"] = false, ["tax_group"] = null },
            ["is_portal_enabled"] = false,
            ["teams"] = new JsonArray(),
            ["attachments"] = new JsonArray(),
        };
}
