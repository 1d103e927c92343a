namespace IntacctSync.Core.Zuper;

/// <summary>An organization as Zuper gives it (developers.zuper.co, Get Organization Details); only the uid is sure to be there.</summary>
public sealed record ZuperOrganization
{
    public required string Uid { get; init; }

    public string? Name { get; init; }

    public string? Email { get; init; }

    public IReadOnlyList<string> AdditionalEmails { get; init; } = [];

    /// <summary>May be HTML.</summary>
    public string? Description { get; init; }

    public ZuperAddress? Address { get; init; }

    public ZuperAddress? BillingAddress { get; init; }

    public IReadOnlyList<ZuperCustomField> CustomFields { get; init; } = [];

    /// <summary>False when the answer had no list of custom fields at all, as list rows may: a label that is not found then says nothing.</summary>
    public bool CustomFieldsKnown { get; init; }

    public ZuperTax? Tax { get; init; }

    public bool IsActive { get; init; } = true;

    public bool IsDeleted { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>As Zuper names it, for example <c>America/Chicago</c>.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The value of the field with that label, trimmed and in any case; null when there is none or it is blank.</summary>
    /// <remarks>Of several fields with the label (a label can occur in more than one group) the first that is not blank.</remarks>
    public string? CustomField(string label) =>
        CustomFields
            .Where(field => string.Equals(field.Label.Trim(), label.Trim(), StringComparison.OrdinalIgnoreCase))
            .Select(field => field.Value.Trim())
            .FirstOrDefault(value => value.Length > 0);
}
