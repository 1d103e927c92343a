using System.Text.Json.Nodes;
using IntacctSync.Simulators.Upflow.Records;

namespace IntacctSync.Simulators.Upflow.Api;

/// <summary>What a person sets up: users, bank accounts, dunning plans, custom fields.</summary>
internal sealed class SetupRoutes(UpflowOrganization organization, ListRoutes lists)
{
    private const string FieldsPath = "/v1/custom_fields";

    public IEnumerable<UpflowRoute> All() =>
        [
            new("GET", "/v1/users", r => lists.Read("users", r, organization.Users, Json)),
            new("GET", "/v1/bank_accounts", r => lists.Read("bank_accounts", r, organization.BankAccounts, Json)),
            new("GET", "/v1/dunning_plans", r => lists.Read("dunning_plans", r, organization.DunningPlans, Json)),
            new("GET", FieldsPath, r => lists.Read("custom_fields", r, organization.CustomFields, Json)),
            new("POST", FieldsPath, Post),
            new("DELETE", FieldsPath + "/{id}", Delete),
        ];

    public static JsonObject Json(SetupRecord record)
    {
        var json = new JsonObject { ["id"] = record.Id, ["name"] = record.Name };
        if (record.Email is not null)
            json["email"] = record.Email;
        return json;
    }

    public static JsonObject Json(CustomField field) =>
        new()
        {
            ["id"] = field.Id,
            ["name"] = field.Name,
            ["entity"] = field.Entity,
            ["type"] = field.Type,
        };

    /// <summary>The body of a definition is not public. [assumed]</summary>
    private UpflowAnswer Post(UpflowRequest request)
    {
        var reader = new FieldReader(request.Object, keeps: false);
        reader.Allow(organization.Options.UnknownFieldsRefused, "name", "entity", "type");
        var name = reader.Required("name");
        var entity = reader.OneOf("entity", Enumerations.Entities) ?? throw new UpflowRefusal("\"entity\" is required");
        var type = reader.OneOf("type", Enumerations.FieldTypes) ?? "TEXT";
        if (organization.CustomFields.Any(f => f.Name == name && f.Entity == entity))
            throw new UpflowRefusal($"\"name\": {entity} has a custom field {name} already");
        var field = new CustomField(organization.Ids.Next(), name, entity, type);
        organization.CustomFields.Add(field);
        return UpflowAnswer.Json(Json(field), organization.Options.CreatedStatus);
    }

    private UpflowAnswer Delete(UpflowRequest request) =>
        organization.CustomFields.RemoveAll(f => f.Id == request.Names[0]) > 0
            ? UpflowAnswer.Nothing
            : throw UpflowRefusal.NotFound("Custom field");
}
