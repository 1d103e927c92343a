using System.Text.Json.Nodes;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Client;

/// <summary>Writing custom fields.</summary>
public sealed partial class ZuperClient
{
    /// <summary>
    /// Sets these custom fields of a record and leaves its others as they are (developers.zuper.co, Update Custom
    /// Fields). Doing it again changes nothing. Zuper raises the module's update event for it.
    /// </summary>
    public async Task PatchCustomFieldsAsync(
        ZuperAccount account,
        ZuperModule module,
        string uid,
        IReadOnlyList<ZuperCustomField> fields,
        RequestPriority priority,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(fields);
        if (fields.Count == 0)
            return;
        var call = new ZuperCall(HttpMethod.Patch, "custom_fields", account.Address("custom_fields"))
        {
            Account = account,
            Priority = priority,
            Writes = true,
            Body = new JsonObject
            {
                ["module_name"] = NameOf(module),
                ["module_uid"] = ZuperUid.Required(uid),
                ["custom_fields"] = new JsonArray([.. fields.Select(Element)]),
            },
        };
        await SendAsync(call, cancellationToken);
    }

    private static JsonNode Element(ZuperCustomField field)
    {
        var element = new JsonObject { ["label"] = field.Label, ["value"] = field.Value ?? "" };
        if (field.Type is { } type)
            element["type"] = type;
        return element;
    }

    private static string NameOf(ZuperModule module) =>
        module switch
        {
            ZuperModule.Organization => "ORGANIZATION",
            ZuperModule.Customer => "CUSTOMER",
            ZuperModule.Invoice => "INVOICE",
            ZuperModule.Product => "PRODUCT",
            _ => throw new ArgumentOutOfRangeException(
                nameof(module),
                module,
                "This module has no custom fields here."
            ),
        };
}
