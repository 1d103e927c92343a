using System.Text.Json;

namespace IntacctSync.Core.Zuper;

/// <summary>Makes an organization of a list row or of the details.</summary>
internal static class ZuperOrganizationReader
{
    /// <summary>Null when the element has no uid, as live list rows sometimes have not.</summary>
    public static ZuperOrganization? Read(JsonElement json) =>
        ZuperJson.Text(json, "organization_uid")?.Trim() is { Length: > 0 } uid and not ("undefined" or "null")
            ? new ZuperOrganization
            {
                Uid = uid,
                Name = ZuperJson.Text(json, "organization_name"),
                Email = ZuperJson.Text(json, "organization_email"),
                AdditionalEmails = [.. ZuperJson.List(json, "additional_emails").Select(EmailOf).OfType<string>()],
                Description = ZuperJson.Text(json, "organization_description"),
                Address = ReadAddress(ZuperJson.Object(json, "organization_address")),
                BillingAddress = ReadAddress(ZuperJson.Object(json, "organization_billing_address")),
                CustomFields = ReadCustomFields(json, "custom_fields"),
                CustomFieldsKnown = ZuperJson.Member(json, "custom_fields") is { ValueKind: JsonValueKind.Array },
                Tax = ReadTax(ZuperJson.Object(json, "tax")),
                IsActive = ZuperJson.Flag(json, "is_active") ?? true,
                IsDeleted = ZuperJson.Flag(json, "is_deleted") ?? false,
                CreatedAt = ZuperJson.Time(json, "created_at"),
                UpdatedAt = ZuperJson.Time(json, "updated_at"),
                TimeZone = ZuperJson.Text(json, "organization_timezone"),
            }
            : null;

    internal static IReadOnlyList<ZuperCustomField> ReadCustomFields(JsonElement json, string name) =>
        [.. ZuperJson.List(json, name).Select(ReadCustomField).OfType<ZuperCustomField>()];

    internal static ZuperAddress? ReadAddress(JsonElement? json) =>
        json is null
            ? null
            : new ZuperAddress
            {
                Street = ZuperJson.Text(json, "street"),
                Landmark = ZuperJson.Text(json, "landmark"),
                City = ZuperJson.Text(json, "city"),
                State = ZuperJson.Text(json, "state"),
                Country = ZuperJson.Text(json, "country"),
                ZipCode = ZuperJson.Text(json, "zip_code"),
                FirstName = ZuperJson.Text(json, "first_name"),
                LastName = ZuperJson.Text(json, "last_name"),
                Email = ZuperJson.Text(json, "email"),
                PhoneNumber = ZuperJson.Text(json, "phone_number"),
                Label = ZuperJson.Text(json, "label"),
            };

    private static ZuperCustomField? ReadCustomField(JsonElement json) =>
        ZuperJson.Text(json, "label") is { } label ? new ZuperCustomField(label, ValueOf(json), ZuperJson.Text(json, "type")) : null;

    /// <summary>Fields of several items hold a list.</summary>
    private static string ValueOf(JsonElement json) =>
        ZuperJson.Text(json, "value") ?? string.Join(", ", ZuperJson.List(json, "value").Select(item => ZuperJson.Text(item)).OfType<string>());

    private static string? EmailOf(JsonElement json) => ZuperJson.Text(json) ?? ZuperJson.Text(json, "email");

    private static ZuperTax? ReadTax(JsonElement? json) =>
        json is null ? null : new ZuperTax(ZuperJson.Flag(json, "tax_exempt"), ReadTaxGroup(json));

    private static string? ReadTaxGroup(JsonElement? json) =>
        ZuperJson.Text(json, "tax_group") ?? ZuperJson.Text(ZuperJson.Object(json, "tax_group"), "tax_group_uid");
}
