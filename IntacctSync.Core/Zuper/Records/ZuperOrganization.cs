namespace IntacctSync.Core.Zuper.Records;

/// <summary>An organization as Zuper gives it (developers.zuper.co, Get Organization Details).</summary>
public sealed record ZuperOrganization : ZuperRecord
{
    public string? Name { get; init; }

    public string? Email { get; init; }

    public IReadOnlyList<string> AdditionalEmails { get; init; } = [];

    /// <summary>May be HTML.</summary>
    public string? Description { get; init; }

    public ZuperAddress? Address { get; init; }

    public ZuperAddress? BillingAddress { get; init; }

    public ZuperTax? Tax { get; init; }

    public bool IsActive { get; init; } = true;

    /// <summary>As Zuper names it, for example <c>America/Chicago</c>.</summary>
    public string? TimeZone { get; init; }
}
