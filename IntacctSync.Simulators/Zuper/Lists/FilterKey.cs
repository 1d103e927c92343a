using IntacctSync.Simulators.Zuper.Records;

namespace IntacctSync.Simulators.Zuper.Lists;

/// <summary>A field that the rule engine can filter on (<c>GET /organization/meta/filter</c>).</summary>
/// <param name="Path">The field, and what rules name it by.</param>
/// <param name="DisplayName">What a person reads.</param>
/// <param name="FieldType">TEXT, DATE, LOOKUP or DROPDOWN.</param>
internal sealed record FilterKey(string Path, string DisplayName, string FieldType = "TEXT")
{
    public string Type => Path.Contains('.', StringComparison.Ordinal) ? "nested_field" : "default_field";

    /// <summary>Whether a rule's <c>field_type</c> is the one that this key declares; dates are asked for in two ways.</summary>
    public bool Accepts(string? fieldType) => fieldType == FieldType || (FieldType == "DATE" && fieldType == "DATETIME");

    public static IReadOnlyList<FilterKey> Of(ZuperModule module) => module.Name == ZuperModules.Organization.Name ? Organization : Customer;

    private static IReadOnlyList<FilterKey> Organization { get; } =
    [
        new("organization_name", "Organization Name"),
        new("organization_email", "Email"),
        .. Address("organization_address", ""),
        .. Address("organization_billing_address", "Billing "),
        new("organization_uid", "Organization", "LOOKUP"),
        new("is_active", "Active", "DROPDOWN"),
        new("is_deleted", "Deleted", "DROPDOWN"),
        new("created_at", "Created At", "DATE"),
        new("updated_at", "Updated At", "DATE"),
    ];

    private static IReadOnlyList<FilterKey> Customer { get; } =
    [
        new("customer_first_name", "First Name"),
        new("customer_last_name", "Last Name"),
        new("customer_email", "Email"),
        new("customer_uid", "Customer", "LOOKUP"),
        new("customer_organization", "Organization", "LOOKUP"),
        new("is_active", "Active", "DROPDOWN"),
        new("is_deleted", "Deleted", "DROPDOWN"),
        new("created_at", "Created At", "DATE"),
        new("updated_at", "Updated At", "DATE"),
    ];

    private static IEnumerable<FilterKey> Address(string field, string prefix) =>
    [
        new($"{field}.street", prefix + "Street"), new($"{field}.city", prefix + "City"), new($"{field}.state", prefix + "State"),
        new($"{field}.country", prefix + "Country"), new($"{field}.zip_code", prefix + "Zip Code"),
    ];
}
