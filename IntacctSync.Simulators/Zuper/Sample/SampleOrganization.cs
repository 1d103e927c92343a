using System.Text.Json.Nodes;

namespace IntacctSync.Simulators.Zuper.Sample;

/// <summary>An organization of the sample.</summary>
public sealed record SampleOrganization(
    string Name,
    string Street,
    string City,
    string State,
    string Zip,
    string Country
)
{
    public string? Email { get; init; }

    public string? Phone { get; init; }

    /// <summary>Latitude and longitude; null where the address was never found on a map.</summary>
    public (decimal Latitude, decimal Longitude)? Place { get; init; }

    /// <summary>What stands in the custom field <c>Sage Customer ID</c>; null where there is none.</summary>
    public string? SageId { get; init; }

    public bool TaxExempt { get; init; }

    public bool IsActive { get; init; } = true;

    public bool IsDeleted { get; init; }

    public SampleExpectation Expected { get; init; } = SampleExpectation.Synced();

    /// <summary>What is special about it; null where nothing is.</summary>
    public string? Why { get; init; }

    /// <summary>As a create by the API takes it.</summary>
    internal JsonObject ToJson() =>
        new()
        {
            ["organization_name"] = Name,
            ["organization_email"] = Email,
            ["organization_description"] = "",
            ["organization_address"] = Address(),
            ["organization_billing_address"] = Address(),
            ["tax"] = new JsonObject { ["tax_exempt"] = TaxExempt, ["tax_group"] = null },
            ["custom_fields"] = SageId is null
                ? new JsonArray()
                : new JsonArray(
                    new JsonObject
                    {
                        ["label"] = "Sage Customer ID",
                        ["value"] = SageId,
                        ["type"] = "SINGLE_LINE",
                    }
                ),
        };

    private JsonObject Address() =>
        new()
        {
            ["street"] = Street,
            ["city"] = City,
            ["state"] = State,
            ["country"] = Country,
            ["zip_code"] = Zip,
            ["landmark"] = "",
            ["geo_cordinates"] = Place is var (latitude, longitude)
                ? new JsonArray(latitude, longitude)
                : new JsonArray(0, 0),
            ["first_name"] = "",
            ["last_name"] = "",
            ["email"] = "",
            ["phone_number"] = Phone ?? "",
            ["label"] = "",
        };
}
