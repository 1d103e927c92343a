using System.Text.Json.Nodes;
using IntacctSync.Simulators.Upflow.Api;

namespace IntacctSync.Simulators.Upflow.Records;

/// <summary>Finding what a body refers to.</summary>
internal static class References
{
    /// <summary>The customer that a body's <c>customer</c> or <c>parent</c> names by id or externalId.</summary>
    /// <exception cref="UpflowRefusal">It names none, or one that is not there.</exception>
    public static UpflowCustomer Customer(UpflowOrganization organization, JsonObject reference, string field)
    {
        var reader = new FieldReader(reference, keeps: false, field + ".");
        reader.Allow(organization.Options.UnknownFieldsRefused, "id", "externalId");
        var (id, external) = (reader.Text("id"), reader.Text("externalId"));
        if (id is null && external is null)
            throw new UpflowRefusal($"\"{field}\" must contain at least one of [id, externalId]");
        var found = id is not null ? organization.Customers.ById(id) : organization.Customers.ByExternalId(external);
        if (found is null || (external is not null && found.ExternalId != external))
            throw new UpflowRefusal($"\"{field}\": customer {id ?? external} does not exist");
        return found;
    }

    /// <summary>An id that must be one of some records, or null.</summary>
    public static string? OneOf(IReadOnlyList<SetupRecord> records, string? id, string field, bool strict) =>
        id is null || !strict || records.Any(r => r.Id == id)
            ? id
            : throw new UpflowRefusal($"\"{field}\": {id} does not exist");

    /// <summary>The custom fields that a body gives, put over those that the record has.</summary>
    public static Dictionary<string, string?>? Fields(
        UpflowOrganization organization,
        FieldReader reader,
        string entity,
        Dictionary<string, string?>? current,
        bool keeps
    )
    {
        var values =
            keeps && current is not null ? new Dictionary<string, string?>(current, StringComparer.Ordinal) : null;
        foreach (var row in reader.Objects("customFields"))
        {
            var field = new FieldReader(row, keeps: false, "customFields.");
            field.Allow(organization.Options.UnknownFieldsRefused, "id", "value");
            var id = field.Required("id");
            var known = organization.CustomFields.FirstOrDefault(f => f.Id == id);
            if (known?.Entity != entity)
                throw new UpflowRefusal($"\"customFields\": {id} is no custom field of {entity}");
            values ??= new Dictionary<string, string?>(StringComparer.Ordinal);
            values[id] = FieldValue.Of(known, field.Node("value"));
        }
        return values;
    }
}
