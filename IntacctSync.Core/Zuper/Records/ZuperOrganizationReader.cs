using System.Text.Json;

namespace IntacctSync.Core.Zuper.Records;

/// <summary>Makes an organization of a list row or of the details.</summary>
internal static class ZuperOrganizationReader
{
    /// <summary>Null when the element has no uid.</summary>
    public static ZuperOrganization? Read(JsonElement json) =>
        ZuperParts.Uid(json, "organization_uid") is { } uid
            ? new ZuperOrganization
            {
                Uid = uid,
                Name = ZuperJson.Text(json, "organization_name"),
                Email = ZuperJson.Text(json, "organization_email"),
                AdditionalEmails =
                [
                    .. ZuperJson.List(json, "additional_emails").Select(ZuperParts.Email).OfType<string>(),
                ],
                Description = ZuperJson.Text(json, "organization_description"),
                Address = ZuperParts.Address(ZuperJson.Object(json, "organization_address")),
                BillingAddress = ZuperParts.Address(ZuperJson.Object(json, "organization_billing_address")),
                CustomFields = ZuperParts.CustomFields(json, "custom_fields"),
                CustomFieldsKnown = ZuperParts.Has(json, "custom_fields"),
                Tax = ZuperParts.Tax(ZuperJson.Object(json, "tax")),
                IsActive = ZuperJson.Flag(json, "is_active") ?? true,
                IsDeleted = ZuperJson.Flag(json, "is_deleted") ?? false,
                CreatedAt = ZuperJson.Time(json, "created_at"),
                UpdatedAt = ZuperJson.Time(json, "updated_at"),
                TimeZone = ZuperJson.Text(json, "organization_timezone"),
            }
            : null;
}
