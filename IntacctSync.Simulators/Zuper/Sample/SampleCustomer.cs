using System.Text.Json.Nodes;

namespace IntacctSync.Simulators.Zuper.Sample;

/// <summary>A customer of the sample.</summary>
public sealed record SampleCustomer(string FirstName, string LastName)
{
    /// <summary>
    /// Name of the organization that it belongs to, the first of that name; null where it belongs to none.
    /// </summary>
    public string? Organization { get; init; }

    public string? Email { get; init; }

    public string? Mobile { get; init; }

    /// <summary>City and state of its address; null where it has none.</summary>
    public (string City, string State)? Place { get; init; }

    /// <summary>What stands in the custom field <c>Sage Contact ID</c>; null where there is none.</summary>
    public string? SageId { get; init; }

    public bool IsActive { get; init; } = true;

    public bool IsDeleted { get; init; }

    public SampleExpectation Expected { get; init; } = SampleExpectation.Synced();

    /// <summary>What is special about it; null where nothing is.</summary>
    public string? Why { get; init; }

    public string Name => LastName.Length == 0 ? FirstName : $"{FirstName} {LastName}";

    /// <summary>As a create by the API takes it.</summary>
    internal JsonObject ToJson() =>
        new()
        {
            ["customer_first_name"] = FirstName,
            ["customer_last_name"] = LastName,
            ["customer_company_name"] = Organization ?? "",
            ["customer_email"] = Email,
            ["customer_contact_no"] = new JsonObject
            {
                ["mobile"] = Mobile ?? "",
                ["work"] = "",
                ["home"] = "",
            },
            ["customer_organization"] = Organization is null ? null : ZuperSample.UidOf(Organization),
            ["customer_address"] = Address(),
            ["customer_billing_address"] = Address(),
            ["tax"] = new JsonObject
            {
                ["tax_exempt"] = false,
                ["tax_exempt_number"] = "",
                ["tax_provider"] = "",
            },
            ["custom_fields"] = SageId is null
                ? new JsonArray()
                : new JsonArray(
                    new JsonObject
                    {
                        ["label"] = "Sage Contact ID",
                        ["value"] = SageId,
                        ["type"] = "SINGLE_LINE",
                    }
                ),
        };

    private JsonObject Address() =>
        new()
        {
            ["street"] = Place is null ? "" : "1 Main St",
            ["city"] = Place?.City ?? "",
            ["state"] = Place?.State ?? "",
            ["country"] = Place is null ? "" : "USA",
            ["zip_code"] = "",
            ["landmark"] = "",
            ["geo_cordinates"] = new JsonArray(0, 0),
        };
}
