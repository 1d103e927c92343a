using System.Text.Json.Nodes;
using IntacctSync.Simulators.Zuper.Api;

namespace IntacctSync.Simulators.Zuper.Records;

/// <summary>
/// What Zuper asks of a customer and makes of it (developers.zuper.co/reference/get-all-customers-copy-1, -copy).
/// </summary>
internal static class CustomerRules
{
    public static void Check(ZuperCompany company, JsonObject input, bool create)
    {
        if (
            (create || input.ContainsKey("customer_first_name"))
            && string.IsNullOrWhiteSpace(input.Text("customer_first_name"))
        )
            throw new ZuperRefusal(
                StatusCodes.Status400BadRequest,
                "Missing Customer first name",
                "Customer first name is missing"
            );
        if (
            input["customer_organization"] is { } organization
            && !company.Of(ZuperModules.Organization).TryGet(organization.Text(), out _)
        )
            throw new ZuperRefusal(
                StatusCodes.Status400BadRequest,
                "Invalid Organization UID",
                "Invalid Organization UID"
            );
    }

    public static void Complete(ZuperCompany company, JsonObject record)
    {
        record["custom_fields"] ??= new JsonArray();
        record["additional_emails"] ??= new JsonArray();
        record["customer_all_addresses"] ??= new JsonArray();
        record["customer_tags"] ??= new JsonArray();
        record["attachments"] ??= new JsonArray();
        record["no_of_jobs"] ??= 0;
        record["has_card_on_file"] ??= false;
        record["has_sla"] ??= false;
        record["source"] ??= "API";
        if (!record.ContainsKey("merged_into"))
            record["merged_into"] = null;
    }

    /// <summary>Organization and category are uids in writes and records in reads.</summary>
    public static void View(ZuperCompany company, JsonObject view)
    {
        view["customer_category"] = view.Text("customer_category") is { } category
            ? new JsonObject { ["category_uid"] = category, ["category_name"] = "General" }
            : null;
        if (!view.ContainsKey("account_manager"))
            view["account_manager"] = null;
        if (!view.ContainsKey("customer_organization"))
            view["customer_organization"] = null;
        if (company.Of(ZuperModules.Organization).TryGet(view.Text("customer_organization"), out var organization))
            view["customer_organization"] = new JsonObject
            {
                ["organization_uid"] = organization.Text("organization_uid"),
                ["organization_name"] = organization.Text("organization_name"),
                ["organization_email"] = organization.Text("organization_email"),
            };
    }
}
