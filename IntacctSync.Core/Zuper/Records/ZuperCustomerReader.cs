using System.Text.Json;

namespace IntacctSync.Core.Zuper.Records;

/// <summary>Makes a customer of a list row or of the details.</summary>
internal static class ZuperCustomerReader
{
    /// <summary>Null when the element has no uid.</summary>
    public static ZuperCustomer? Read(JsonElement json)
    {
        if (ZuperParts.Uid(json, "customer_uid") is not { } uid)
            return null;
        var mergedInto =
            ZuperParts.Reference(json, "merged_into", "customer_uid") is { } other && other != uid ? other : null;
        var (phones, tax) = (ZuperJson.Object(json, "customer_contact_no"), ZuperJson.Object(json, "tax"));
        return new ZuperCustomer
        {
            Uid = uid,
            FirstName = ZuperJson.Text(json, "customer_first_name"),
            LastName = ZuperJson.Text(json, "customer_last_name"),
            CompanyName = ZuperJson.Text(json, "customer_company_name"),
            Email = ZuperJson.Text(json, "customer_email"),
            AdditionalEmails = [.. ZuperJson.List(json, "additional_emails").Select(ZuperParts.Email).OfType<string>()],
            MobilePhone = ZuperJson.Text(phones, "mobile"),
            WorkPhone = ZuperJson.Text(phones, "work"),
            HomePhone = ZuperJson.Text(phones, "home"),
            OrganizationUid = ZuperParts.Reference(json, "customer_organization", "organization_uid"),
            Address = ZuperParts.Address(ZuperJson.Object(json, "customer_address")),
            BillingAddress = ZuperParts.Address(ZuperJson.Object(json, "customer_billing_address")),
            CustomFields = ZuperParts.CustomFields(json, "custom_fields"),
            CustomFieldsKnown = ZuperParts.Has(json, "custom_fields"),
            Tax = ZuperParts.Tax(tax),
            TaxExemptNumber = ZuperJson.Text(tax, "tax_exempt_number"),
            IsActive = ZuperJson.Flag(json, "is_active") ?? true,
            // A customer that was merged into another one is there to be read, and is nobody any more.
            IsDeleted = ZuperJson.Flag(json, "is_deleted") == true || mergedInto is not null,
            MergedInto = mergedInto,
            CreatedAt = ZuperJson.Time(json, "created_at"),
            UpdatedAt = ZuperJson.Time(json, "updated_at"),
        };
    }
}
